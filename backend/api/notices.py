"""Where notices go, as the console shows it: targets, what they were sent, people's e-mail."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import PathParameter, QueryParameter

from backend.api.given import GivenHouse
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import NAME
from backend.foundation.kernel.problem import not_found
from backend.foundation.notices import reading, rules
from backend.foundation.notices.kinds import kinds_of
from backend.foundation.notices.reading import MailList, OfferedKind, TargetDetail, TargetList

Asking = Request[Any, Signed, Any]
TargetId = Annotated[str, PathParameter(pattern=NAME)]
Person = Annotated[str | None, QueryParameter(pattern=NAME)]


class OwnMail(msgspec.Struct, frozen=True):
    """Whether one's own e-mail arrives; `mail` None: there is no address yet."""

    configured: bool
    mail: reading.MailRow | None


@get("/v1/console/targets", operation_id="Targets")
async def target_list(request: Asking, house: GivenHouse) -> TargetList:
    """Lists webhooks and robots with how they stand, and what they can be told."""
    rules.require_keeper(request.auth.actor)
    kinds = kinds_of(house.catalogue)
    async with house.database.reading() as tx:
        rows = await reading.targets(tx)
    offered = [OfferedKind(kind.name, kind.words) for kind in kinds.values() if kind.placed]
    hosts, links = list(house.settings.webhook_hosts), house.settings.public_url is not None
    return TargetList(rows=rows, kinds=offered, hosts=hosts, links=links)


@get("/v1/console/targets/{target_id:str}", operation_id="Target")
async def target_detail(request: Asking, house: GivenHouse, target_id: TargetId) -> TargetDetail:
    """One target with its latest messages."""
    rules.require_keeper(request.auth.actor)
    async with house.database.reading() as tx:
        found = [row for row in await reading.targets(tx) if row.id == target_id]
        if not found:
            raise not_found()
        sent = await reading.deliveries(tx, target_id, kinds_of(house.catalogue))
    return TargetDetail(found[0], sent)


@get("/v1/console/mail", operation_id="MailOfPeople")
async def mail_list(request: Asking, house: GivenHouse, person: Person = None) -> MailList:
    """Lists people with an e-mail address and whether it works, those in trouble first."""
    rules.require_keeper(request.auth.actor)
    async with house.database.reading() as tx:
        rows = await reading.mail(tx, person)
    return MailList(configured=house.settings.smtp_url is not None, rows=rows)


@get("/v1/inbox/mail", operation_id="OwnMail")
async def own_mail(request: Asking, house: GivenHouse) -> OwnMail:
    """Whether one's own e-mail arrives."""
    async with house.database.reading() as tx:
        rows = await reading.mail(tx, request.auth.actor.id)
    return OwnMail(house.settings.smtp_url is not None, rows[0] if rows else None)


ROUTES = (target_list, target_detail, mail_list, own_mail)
