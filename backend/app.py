"""The application: one house, its API, and on SQLite its worker, in one process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from backend.api import account, health, problems, spa
from backend.api.given import DEPENDENCIES
from backend.api.openapi import OPENAPI
from backend.api.readiness import Readiness
from backend.api.routes import ROUTES
from backend.features import discover
from backend.foundation.checklists.manifest import MANIFEST as CHECKLISTS
from backend.foundation.database.schema import Schema, known
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.exports.manifest import MANIFEST as EXPORTS
from backend.foundation.identity.manifest import MANIFEST as IDENTITY
from backend.foundation.journal import tables as journal_tables
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import Clock
from backend.foundation.notices.manifest import MANIFEST as NOTICES
from backend.foundation.organisation.manifest import MANIFEST as ORGANISATION
from backend.foundation.privacy.manifest import MANIFEST as PRIVACY
from backend.foundation.saved_views.manifest import MANIFEST as SAVED_VIEWS
from backend.house import House, build
from backend.settings import Settings
from backend.watching.round import watched
from backend.worker.loop import Worker
from backend.worker.periodic import looked_after
from backend.worker.sending import sending
from backend.worker.tasks import TASKS

# Features are found by themselves; the foundation's few are named, because their order is the
# order of the floors.
FOUNDATION = (ORGANISATION, IDENTITY, NOTICES, EVIDENCE, EXPORTS, SAVED_VIEWS, CHECKLISTS, PRIVACY)


def catalogue() -> Catalogue:
    """Everything that people can ask of this house."""
    return Catalogue((*FOUNDATION, *discover()))


def schema() -> Schema:
    """The tables of this house and their guards."""
    features = discover()
    own = tuple(table for manifest in (*FOUNDATION, *features) for table in manifest.tables)
    return Schema(
        tables=(*journal_tables.TABLES, *own),
        append_only=(journal_tables.Fact,),
        published=tuple(table for manifest in features for table in manifest.tables),
        change_index=journal_tables.SyncRow,
    )


def create_app(settings: Settings, *, clock: Clock | None = None, worker: bool = True) -> Litestar:
    """The ASGI application. With `worker` it also does the house's jobs in this process."""
    house = build(settings, catalogue(), clock)
    readiness = Readiness(house, known())
    views = [view for manifest in house.catalogue.manifests for view in manifest.views]
    return Litestar(
        route_handlers=[*ROUTES, *views, health.healthz, health.readyz, spa.app_file],
        middleware=[account.AUTHENTICATION],
        dependencies={**DEPENDENCIES, "spa": Provide(_spa, sync_to_thread=False)},
        exception_handlers=problems.HANDLERS,
        lifespan=[_life(house, worker)],
        openapi_config=OPENAPI,
        request_max_body_size=limits.REQUEST_BYTES_MAX,
        state=State({"house": house, "readiness": readiness, "spa": spa.Spa()}),
        logging_config=None,  # whoever runs it has said how lines look; it would say it anew
        debug=False,
    )


def _spa(state: State) -> spa.Spa:
    return state.spa


def _life(house: House, with_worker: bool) -> Any:
    @contextlib.asynccontextmanager
    async def life(app: Litestar) -> AsyncIterator[None]:
        await house.open()
        worker = Worker(house, TASKS) if with_worker else None
        working = asyncio.create_task(worker.run()) if worker else None
        sweeping = asyncio.create_task(house.receiving.keep_swept())
        app.state.worker = worker
        try:
            async with contextlib.AsyncExitStack() as beside:
                await beside.enter_async_context(
                    watched(house.database, house.clock, house.settings.metrics)
                )
                if with_worker:
                    await beside.enter_async_context(looked_after(house))
                    await beside.enter_async_context(sending(house))
                yield
        finally:
            if worker and working:
                worker.stop()
                await working
            sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeping
            await house.close()

    return life
