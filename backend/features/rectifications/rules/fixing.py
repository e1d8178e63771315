"""Putting right: photos of the fix, the report, asking for more time."""

from collections.abc import Mapping

import msgspec

from backend.features.rectifications import problems
from backend.features.rectifications.commands import (
    Attach,
    Detach,
    Report,
    RequestExtension,
)
from backend.features.rectifications.facts import (
    ExtensionRequested,
    PhotoAttached,
    PhotoDetached,
    Reported,
)
from backend.features.rectifications.model import Extension, PhotoRef, Rectification
from backend.features.rectifications.rules.decision import (
    Decision,
    aside,
    is_fixer,
    place,
    require_fixer,
    step,
    was_owner,
)
from backend.features.rectifications.states import LIVING, MACHINE
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PHOTOS_PER_ITEM_MAX
from backend.foundation.kernel.problem import not_found, too_large

ATTACHABLE = LIVING | {"reported"}


def attach(case: Rectification, asked: Attach, actor: Actor, when: When) -> Decision:
    """One more photo of the fix. A photo that comes too late is kept beside the case."""
    photo = asked.photo
    if any(ref.id == photo.id for ref in case.after):
        return Decision(case, status="merged")
    lost = not is_fixer(case, actor) and was_owner(case, actor)
    if not lost:
        require_fixer(case, actor)
    if lost or case.state not in ATTACHABLE:
        refused = problems.not_owner if lost else problems.already_moved
        return aside(case, "attach", actor, when, photos=(photo.id,), refused=refused)
    if len(case.after) >= PHOTOS_PER_ITEM_MAX:
        raise too_large(what="photos", limit=PHOTOS_PER_ITEM_MAX)
    ref = PhotoRef(id=photo.id, sha256=photo.sha256, by=actor.id)
    fact = PhotoAttached(**place(case), photo=photo.id, sha256=photo.sha256)
    return Decision(msgspec.structs.replace(case, after=(*case.after, ref)), (fact,))


def detach(case: Rectification, asked: Detach, actor: Actor) -> Decision:
    """Before the report a photo may be taken again; what was once reported stays."""
    found = next((ref for ref in case.after if ref.id == asked.photo), None)
    if found is None:
        raise not_found()
    if found.by != actor.id or case.state not in LIVING or _was_reported(case, found.id):
        raise problems.photo_not_yours()
    rest = tuple(ref for ref in case.after if ref.id != found.id)
    fact = PhotoDetached(**place(case), photo=found.id)
    return Decision(msgspec.structs.replace(case, after=rest), (fact,))


def report(
    case: Rectification, asked: Report, actor: Actor, when: When, states: Mapping[str, str]
) -> Decision:
    """Done, says the owner, and shows it. Late stays late, whatever is decided afterwards.

    `states` tells how far each after photo is; a refused one shows nothing.
    """
    photos = tuple(ref.id for ref in case.after)
    note = asked.note
    if not is_fixer(case, actor) and was_owner(case, actor):
        refused = problems.not_owner
        return aside(case, "report", actor, when, note=note, photos=photos, refused=refused)
    require_fixer(case, actor)
    if case.state == "reported":
        return _second_report(case, note, photos, actor, when)
    if MACHINE.move("report", case.state) is None:
        return aside(case, "report", actor, when, note=note, photos=photos)
    _require_pair(case, states)
    late = case.due_at is not None and when.judged_at > case.due_at
    done = step(
        case,
        "reported",
        actor,
        when,
        note=note,
        photos=photos,
        state="reported",
        fixed_by=actor.id,
        reported_at=when.judged_at,
        measure=asked.measure or case.measure,
        late=late,
        handover=None,
    )
    fact = Reported(
        **place(case),
        fixed_by=actor.id,
        raised_by=case.raised_by,
        late=late,
        photos=photos,
        note=asked.note,
    )
    return Decision(done, (fact,))


def request_extension(
    case: Rectification, asked: RequestExtension, actor: Actor, when: When
) -> Decision:
    """The owner asks; the due day does not move until a manager answers."""
    told = f"{asked.until}: {asked.reason}"
    if not is_fixer(case, actor) and was_owner(case, actor):
        refused = problems.not_owner
        return aside(case, "request_extension", actor, when, note=told, refused=refused)
    require_fixer(case, actor)
    if case.state not in LIVING:
        return aside(case, "request_extension", actor, when, note=told)
    if case.due_at is not None and asked.until <= case.due_at[:10]:
        raise problems.due_day_past(until=asked.until)
    wish = Extension(until=asked.until, reason=asked.reason, by=actor.id, at=when.received_at)
    waiting = step(case, "extension_requested", actor, when, note=asked.reason, extension=wish)
    fact = ExtensionRequested(**place(case), by=actor.id, until=asked.until, reason=asked.reason)
    return Decision(waiting, (fact,))


def _second_report(
    case: Rectification, note: str, photos: tuple[str, ...], actor: Actor, when: When
) -> Decision:
    """Two people of the outlet reported the same fix: one report, both notes."""
    last = next(event for event in reversed(case.events) if event.type == "reported")
    if not note and set(photos) <= set(last.photos):
        return Decision(case, status="merged")
    both = step(case, "reported", actor, when, note=note, photos=photos)
    return Decision(both, status="merged")


def _require_pair(case: Rectification, states: Mapping[str, str]) -> None:
    shown = [ref for ref in case.after if states.get(ref.id) != "refused"]
    if not shown:
        raise problems.after_photo_missing()
    before = {ref.sha256 for ref in case.before}
    if any(ref.sha256 in before for ref in shown):
        raise problems.after_equals_before()


def _was_reported(case: Rectification, photo: str) -> bool:
    return any(photo in event.photos for event in case.events if event.type == "reported")
