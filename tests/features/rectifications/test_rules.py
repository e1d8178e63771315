"""Decisions about a case, on values alone."""

from datetime import date

import msgspec
import pytest

from backend.features.rectifications.commands import (
    Approve,
    Assign,
    Attach,
    Cancel,
    Decline,
    DeclineOver,
    Detach,
    Extend,
    HandOver,
    RefuseExtension,
    Remark,
    Reopen,
    Report,
    RequestExtension,
    Return,
)
from backend.features.rectifications.facts import Approved, KeptAside, Reported
from backend.features.rectifications.rules import extending, fixing, judging, ownership
from backend.features.rectifications.rules.decision import require_sight
from backend.foundation.kernel.problem import Conflict, Problem
from backend.foundation.organisation.calendar import Calendar
from tests.features.rectifications.builders import (
    CHEN_JIE,
    ENGINEER,
    LI_NA,
    OPERATIONS,
    SECRETARY,
    STRANGER,
    TELLER,
    WANG_FANG,
    ZHAO_MIN,
    at,
    capture,
    case,
    last_event,
    photo,
    reported,
    seen,
    sha,
    with_values,
)

NO_YEARS = Calendar.of(())


def refusal(code: str):
    """Expects a Problem with this code."""
    return pytest.raises(Problem, match=f"^{code}$")


def remark() -> Remark:
    return Remark(about="measure", comment="The boxes stand where the sign should be")


def give_back(one) -> Return:
    return Return(content_digest=seen(one), points=(remark(),))


# Ownership


def test_a_manager_gives_the_case_to_its_owner_with_a_due_day_that_explains_itself():
    due = NO_YEARS.due_on(date(2026, 5, 12))
    given = ownership.assign(
        case(state="open", owner=None), Assign(owner=TELLER.id), CHEN_JIE, at(), due
    )
    assert (given.case.state, given.case.owner) == ("assigned", TELLER.id)
    assert given.case.due_at == "2026-05-12T10:00:00.000Z"
    assert given.case.due_steps == due.steps


def test_the_outlet_cannot_assign_a_case():
    with refusal("forbidden"):
        ownership.assign(case(), Assign(owner=TELLER.id), WANG_FANG, at(), None)


def test_assigning_the_same_owner_again_is_merged_and_adds_nothing():
    again = ownership.assign(case(), Assign(owner=WANG_FANG.id), CHEN_JIE, at(), None)
    assert (again.status, again.case.events) == ("merged", ())


def test_a_reported_case_is_not_assigned_anew():
    with refusal("bad_transition"):
        ownership.assign(reported(), Assign(owner=TELLER.id), CHEN_JIE, at(), None)


def test_anyone_of_the_outlet_may_take_a_case_that_nobody_has():
    taken = ownership.accept(case(state="open", owner=None), TELLER, at())
    assert (taken.case.state, taken.case.owner) == ("accepted", TELLER.id)


def test_the_inspector_cannot_take_the_case_of_an_outlet():
    with refusal("forbidden"):
        ownership.accept(case(state="open", owner=None), LI_NA, at())


def test_a_colleague_is_told_that_the_case_is_with_somebody_else():
    with refusal("not_owner"):
        ownership.accept(case(state="assigned", owner=WANG_FANG.id), TELLER, at())


def test_accepting_twice_changes_nothing():
    again = ownership.accept(case(), WANG_FANG, at())
    assert (again.status, again.facts) == ("merged", ())


def test_a_declined_case_goes_back_open_with_its_reason():
    back = ownership.decline(case(), Decline(reason="On leave"), WANG_FANG, at())
    assert (back.case.state, back.case.owner) == ("open", None)
    assert back.case.events[-1].note == "On leave"


def test_declining_after_the_report_is_a_conflict_that_keeps_the_reason():
    kept = ownership.decline(reported(), Decline(reason="On leave"), WANG_FANG, at())
    assert (kept.status, kept.case.state) == ("conflict", "reported")
    assert kept.case.events[-1].note == "On leave"


def offer(**values) -> HandOver:
    return HandOver(**({"to_unit": OPERATIONS, "reason": "The door is theirs"} | values))


def handed(one, asked):
    """Wang Fang offers the case; Guo Qiang works there."""
    people = (asked.to_person,) if asked.to_person else (ENGINEER.id,)
    return ownership.hand_over(one, asked, WANG_FANG, at(), people)


def test_a_case_handed_over_stays_with_the_sender_until_the_receiver_accepts():
    """PRODUCT G6."""
    offered = handed(case(), offer()).case
    assert (offered.owner, offered.dept, offered.state) == (WANG_FANG.id, None, "accepted")
    taken = ownership.take_over(offered, ENGINEER, at(), frozenset({OPERATIONS})).case
    assert (taken.owner, taken.dept, taken.handover) == (ENGINEER.id, OPERATIONS, None)


def test_a_refused_hand_over_leaves_the_case_with_the_sender_and_says_why():
    offered = handed(case(), offer()).case
    asked = DeclineOver(reason="Not our door")
    back = ownership.decline_over(offered, asked, ENGINEER, at(), frozenset({OPERATIONS})).case
    assert (back.owner, back.handover) == (WANG_FANG.id, None)
    assert back.events[-1].note == "Not our door"


def test_only_the_department_that_was_asked_may_take_the_case():
    offered = handed(case(), offer()).case
    with refusal("forbidden"):
        ownership.take_over(offered, TELLER, at(), frozenset({"another unit"}))


def test_somebody_who_joined_the_department_later_may_take_the_case():
    offered = handed(case(), offer()).case
    require_sight(offered, STRANGER, frozenset({OPERATIONS}))
    taken = ownership.take_over(offered, STRANGER, at(), frozenset({OPERATIONS})).case
    assert taken.owner == STRANGER.id


def test_an_offer_opens_the_case_to_nobody_else():
    with refusal("not_found"):
        require_sight(handed(case(), offer()).case, STRANGER)


def test_a_hand_over_to_a_person_is_for_that_person_alone():
    asked = offer(to_person=ENGINEER.id)
    offered = handed(case(), asked).case
    with refusal("forbidden"):
        ownership.take_over(offered, TELLER, at(), frozenset({OPERATIONS}))


def test_a_case_is_offered_to_one_department_at_a_time():
    offered = handed(case(), offer()).case
    with refusal("handover_waiting"):
        handed(offered, offer())


def test_without_an_offer_nobody_takes_over():
    with refusal("no_handover"):
        ownership.take_over(case(), ENGINEER, at(), frozenset({OPERATIONS}))


def test_a_reported_case_is_not_handed_over():
    with refusal("bad_transition"):
        handed(reported(), offer())


def test_for_a_stranger_the_case_does_not_exist():
    with refusal("not_found"):
        require_sight(case(), STRANGER)
    require_sight(case(), TELLER)


# Putting right


def test_a_fix_is_reported_with_its_after_photo():
    done = fixing.report(case(after=(photo("after"),)), Report(note="Moved"), WANG_FANG, at(), {})
    assert (done.case.state, done.case.fixed_by, done.case.late) == (
        "reported",
        WANG_FANG.id,
        False,
    )
    assert isinstance(done.facts[0], Reported)


def test_a_fix_without_an_after_photo_is_not_reported():
    with refusal("after_photo_missing"):
        fixing.report(case(), Report(), WANG_FANG, at(), {})


def test_a_refused_after_photo_shows_nothing():
    one = case(after=(photo("after"),))
    with refusal("after_photo_missing"):
        fixing.report(one, Report(), WANG_FANG, at(), {photo("after").id: "refused"})


def test_the_before_picture_sent_again_as_after_is_refused():
    one = case(after=(photo("after", picture="before"),))
    with refusal("after_equals_before"):
        fixing.report(one, Report(), WANG_FANG, at(), {})


def test_a_fix_made_in_time_is_not_late_because_the_signal_was():
    """Reported in the basement on Friday morning, received on Monday."""
    one = case(after=(photo("after"),))
    when = at("2026-05-08T09:59:59.000Z", received="2026-05-11T01:00:00.000Z")
    assert fixing.report(one, Report(), WANG_FANG, when, {}).case.late is False


def test_a_fix_after_the_due_moment_is_late_and_stays_late_after_closure():
    """PRODUCT S12."""
    one = case(after=(photo("after"),))
    done = fixing.report(one, Report(), WANG_FANG, at("2026-05-08T10:00:00.001Z"), {}).case
    assert done.late is True
    closed = judging.approve(done, Approve(content_digest=seen(done)), CHEN_JIE, at(), 0).case
    assert (closed.state, closed.late) == ("closed", True)


def test_overdue_is_derived_and_ends_with_the_report():
    waiting = case()
    assert not waiting.is_overdue("2026-05-08T10:00:00.000Z")
    assert waiting.is_overdue("2026-05-08T10:00:00.001Z")
    assert not reported().is_overdue("2027-01-01T00:00:00.000Z")


def test_two_reports_of_one_fix_are_one_report_with_both_notes():
    again = fixing.report(reported_once(), Report(note="Also swept"), WANG_FANG, at(), {})
    assert (again.status, again.case.state) == ("merged", "reported")
    assert [event.note for event in again.case.events] == ["", "Also swept"]


def test_the_same_report_twice_adds_nothing():
    once = reported_once()
    assert fixing.report(once, Report(), WANG_FANG, at(), {}).case == once


def reported_once():
    one = case(after=(photo("after"),))
    return fixing.report(one, Report(), WANG_FANG, at(), {}).case


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_report_after_the_decision_is_a_conflict_that_keeps_note_and_photos(state):
    """SYNC 3.8: the manager moved first, the outlet was offline."""
    one = case(state=state, after=(photo("after"),))
    kept = fixing.report(one, Report(note="Done on Tuesday"), WANG_FANG, at(), {})
    assert (kept.status, kept.case.state) == ("conflict", state)
    assert kept.case.events[-1].note == "Done on Tuesday"
    assert kept.case.events[-1].photos == (photo("after").id,)
    assert isinstance(kept.facts[0], KeptAside)


def test_what_the_earlier_owner_sends_late_is_kept_but_moves_nothing():
    first = ownership.assign(case(), Assign(owner=TELLER.id), CHEN_JIE, at(), None).case
    moved = ownership.assign(first, Assign(owner=WANG_FANG.id), CHEN_JIE, at(), None).case
    kept = fixing.report(moved, Report(note="I did it"), TELLER, at(), {})
    assert (kept.status, kept.case.state, kept.case.owner) == (
        "conflict",
        "assigned",
        WANG_FANG.id,
    )
    assert kept.refused is not None
    assert kept.refused.code == "not_owner"


def test_an_after_photo_is_added_once_however_often_it_is_sent():
    once = fixing.attach(case(), Attach(photo=capture("after")), WANG_FANG, at()).case
    again = fixing.attach(once, Attach(photo=capture("after")), WANG_FANG, at())
    assert (again.status, len(again.case.after)) == ("merged", 1)


def test_an_after_photo_that_comes_after_the_closing_is_kept_beside_the_case():
    kept = fixing.attach(case(state="closed"), Attach(photo=capture("late")), WANG_FANG, at())
    assert (kept.status, kept.case.after) == ("conflict", ())
    assert kept.case.events[-1].photos == (capture("late").id,)


def test_the_twenty_first_photo_is_too_many():
    full = case(after=tuple(photo(f"after {n}") for n in range(20)))
    with refusal("too_large"):
        fixing.attach(full, Attach(photo=capture("one more")), WANG_FANG, at())


def test_an_after_photo_may_be_taken_again_before_the_report():
    one = case(after=(photo("after"),))
    assert fixing.detach(one, Detach(photo=photo("after").id), WANG_FANG).case.after == ()


def test_somebody_else_cannot_remove_the_photo():
    one = case(after=(photo("after"),))
    with refusal("photo_not_yours"):
        fixing.detach(one, Detach(photo=photo("after").id), TELLER)


def test_a_photo_that_was_reported_stays_after_a_return():
    once = reported_once()
    back = judging.send_back(once, give_back(once), CHEN_JIE, at()).case
    with refusal("photo_not_yours"):
        fixing.detach(back, Detach(photo=photo("after").id), WANG_FANG)


def test_an_unknown_photo_cannot_be_removed():
    with refusal("not_found"):
        fixing.detach(case(), Detach(photo=photo("nowhere").id), WANG_FANG)


# Time


def test_asking_for_time_does_not_move_the_due_day():
    asked = RequestExtension(until="2026-05-20", reason="The glazier comes on the 18th")
    waiting = fixing.request_extension(case(), asked, WANG_FANG, at()).case
    assert (waiting.due_at, waiting.extension and waiting.extension.answer) == (
        case().due_at,
        "asked",
    )


def test_asking_for_a_day_that_is_due_already_is_refused():
    with refusal("due_day_past"):
        fixing.request_extension(
            case(), RequestExtension(until="2026-05-08", reason="x"), WANG_FANG, at()
        )


def test_asking_for_time_after_the_closing_is_kept_as_an_event():
    asked = RequestExtension(until="2026-05-20", reason="The glazier")
    kept = fixing.request_extension(case(state="closed"), asked, WANG_FANG, at())
    assert (kept.status, kept.case.extension) == ("conflict", None)


def test_a_manager_extends_and_the_request_counts_as_granted():
    asked = RequestExtension(until="2026-05-20", reason="The glazier")
    waiting = fixing.request_extension(case(), asked, WANG_FANG, at()).case
    due = NO_YEARS.due_on(date(2026, 5, 20))
    later = extending.extend(
        waiting, Extend(due_on="2026-05-20"), SECRETARY, at(), due, date(2026, 5, 6)
    )
    assert later.case.due_at == "2026-05-20T10:00:00.000Z"
    assert later.case.extension is not None
    assert later.case.extension.answer == "granted"


@pytest.mark.parametrize("day", [date(2026, 5, 6), date(2026, 5, 8)])
def test_a_new_due_day_lies_after_today_and_after_the_present_one(day):
    with refusal("due_day_past"):
        extending.extend(
            case(),
            Extend(due_on=day.isoformat()),
            CHEN_JIE,
            at(),
            NO_YEARS.due_on(day),
            date(2026, 5, 6),
        )


def test_the_outlet_cannot_extend_its_own_case():
    due = NO_YEARS.due_on(date(2026, 5, 20))
    with refusal("forbidden"):
        extending.extend(
            case(), Extend(due_on="2026-05-20"), WANG_FANG, at(), due, date(2026, 5, 6)
        )


def test_an_extension_nobody_asked_for_cannot_be_refused():
    with refusal("no_extension_asked"):
        extending.refuse_extension(case(), RefuseExtension(reason="No"), CHEN_JIE, at())


def test_a_refused_extension_keeps_the_due_day_and_tells_why():
    asked = RequestExtension(until="2026-05-20", reason="The glazier")
    waiting = fixing.request_extension(case(), asked, WANG_FANG, at()).case
    kept = extending.refuse_extension(
        waiting, RefuseExtension(reason="Use cones"), CHEN_JIE, at()
    ).case
    assert (kept.due_at, kept.extension and kept.extension.answer) == (
        case().due_at,
        "refused",
    )
    assert kept.events[-1].note == "Use cones"


# Deciding


def test_a_manager_closes_what_they_saw():
    one = reported()
    closed = judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0)
    assert closed.case.state == "closed"
    fact = closed.facts[0]
    assert isinstance(fact, Approved)
    assert fact.content_digest == seen(one)


def test_the_second_signature_on_the_same_content_is_merged():
    one = reported()
    asked = Approve(content_digest=seen(one))
    closed = judging.approve(one, asked, CHEN_JIE, at(), 0).case
    again = judging.approve(closed, asked, ZHAO_MIN, at(), 0)
    assert (again.status, again.case) == ("merged", closed)


def test_whoever_works_at_the_outlet_does_not_decide_on_its_fix():
    """Head of the outlet by one post, manager by another: the head answers for the fix."""
    grants = (*CHEN_JIE.grants, *TELLER.grants)
    both = msgspec.structs.replace(CHEN_JIE, grants=grants)
    done = reported()
    with refusal("own_outlet_fix"):
        judging.approve(done, Approve(content_digest=seen(done)), both, at(), 0)
    with refusal("own_outlet_fix"):
        judging.send_back(done, Return(seen(done), (remark(),)), both, at())


def test_whoever_has_to_put_it_right_does_not_withdraw_it():
    """A case that its owner withdraws is closed with nobody else having looked."""
    for mine in (case(owner=CHEN_JIE.id), reported(fixed_by=CHEN_JIE.id)):
        with refusal("own_fix"):
            judging.cancel(mine, Cancel(reason="Not needed"), CHEN_JIE, at())
        judging.cancel(mine, Cancel(reason="Not needed"), ZHAO_MIN, at())


def test_the_fixer_cannot_close_their_own_fix_even_as_a_manager():
    one = reported(fixed_by=CHEN_JIE.id, owner=WANG_FANG.id)
    with refusal("own_fix"):
        judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0)


def test_whoever_took_the_after_photo_cannot_close_the_case():
    one = reported(after=(photo("after", CHEN_JIE),))
    with refusal("own_fix"):
        judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0)


def test_whoever_reported_an_earlier_fix_cannot_close_a_later_one():
    mine = fixing.report(
        case(owner=CHEN_JIE.id, after=(photo("after"),)), Report(), CHEN_JIE, at(), {}
    ).case
    later = with_values(mine, owner=WANG_FANG.id, fixed_by=WANG_FANG.id)
    with refusal("own_fix"):
        judging.approve(later, Approve(content_digest=seen(later)), CHEN_JIE, at(), 0)


def test_the_outlet_and_the_inspector_cannot_close_a_case():
    one = reported()
    for actor in (WANG_FANG, LI_NA, SECRETARY):
        with refusal("forbidden"):
            judging.approve(one, Approve(content_digest=seen(one)), actor, at(), 0)


@pytest.mark.parametrize("change", ["note", "photo", "text"])
def test_a_decision_on_content_that_moved_is_a_conflict(change):
    one = reported()
    asked = Approve(content_digest=seen(one))
    moved = {
        "note": lambda: (
            fixing.report(
                reported_twice_ready(one), Report(note="One more thing"), WANG_FANG, at(), {}
            ).case
        ),
        "photo": lambda: fixing.attach(one, Attach(photo=capture("another")), WANG_FANG, at()).case,
        "text": lambda: with_values(one, text="Something else"),
    }[change]()
    with pytest.raises(Conflict, match=r"^content_moved$"):
        judging.approve(moved, asked, CHEN_JIE, at(), 0)


def reported_twice_ready(one):
    """The case as if its report had come in as a command."""
    return fixing.report(with_values(one, state="accepted"), Report(), WANG_FANG, at(), {}).case


def test_a_new_due_day_does_not_move_the_content():
    one = reported()
    assert seen(with_values(one, due_at="2027-01-01T00:00:00.000Z")) == seen(one)


def test_a_case_is_not_closed_while_its_photos_are_on_their_way():
    one = reported()
    with pytest.raises(Problem, match=r"^evidence_awaited$") as caught:
        judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 1)
    assert caught.value.facts == {"awaited": 1}


@pytest.mark.parametrize(("cause", "measure"), [("", "Checked daily"), ("No duty list", "")])
def test_a_serious_finding_is_not_closed_without_cause_and_measure(cause, measure):
    """PRODUCT G2."""
    one = reported(severity="serious", cause=cause, measure=measure)
    with refusal("cause_and_measure_missing"):
        judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0)


def test_a_serious_finding_with_cause_and_measure_is_closed():
    one = reported(severity="serious", cause="No duty list", measure="Checked daily")
    closed = judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0)
    assert closed.case.state == "closed"


def test_a_return_carries_a_remark_for_each_point():
    one = reported()
    back = judging.send_back(one, give_back(one), CHEN_JIE, at()).case
    assert back.state == "returned"
    assert back.returns[0].points[0].comment == remark().comment


def test_remarks_of_two_managers_on_the_same_content_are_both_kept():
    one = reported()
    asked = give_back(one)
    back = judging.send_back(one, asked, CHEN_JIE, at()).case
    both = judging.send_back(back, asked, ZHAO_MIN, at())
    assert (both.status, len(both.case.returns)) == ("merged", 2)


def test_a_return_after_the_closing_is_a_conflict_that_keeps_the_remarks():
    one = reported()
    asked = give_back(one)
    closed = judging.approve(one, Approve(content_digest=seen(one)), CHEN_JIE, at(), 0).case
    kept = judging.send_back(closed, asked, ZHAO_MIN, at())
    assert (kept.status, kept.case.state) == ("conflict", "closed")
    assert kept.case.events[-1].points[0].comment == remark().comment


def test_a_return_on_other_content_is_a_conflict():
    one = reported()
    moved = fixing.attach(one, Attach(photo=capture("another")), WANG_FANG, at()).case
    with pytest.raises(Conflict, match=r"^content_moved$"):
        judging.send_back(moved, give_back(one), CHEN_JIE, at())


def test_a_return_needs_a_remark():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"content_digest": sha("x"), "points": []}, Return)


def test_an_approval_of_a_returned_case_is_a_conflict():
    one = reported()
    back = judging.send_back(one, give_back(one), CHEN_JIE, at()).case
    kept = judging.approve(back, Approve(content_digest=seen(one)), ZHAO_MIN, at(), 0)
    assert (kept.status, kept.case.state) == ("conflict", "returned")


def test_a_returned_case_is_reported_again():
    once = reported_once()
    back = judging.send_back(once, give_back(once), CHEN_JIE, at()).case
    done = fixing.report(back, Report(note="Now with the sign"), WANG_FANG, at(), {})
    assert (done.status, done.case.state) == ("applied", "reported")


def test_a_closed_case_is_opened_again_with_a_new_due_day():
    due = NO_YEARS.due_on(date(2026, 6, 1))
    one = case(state="closed", late=True)
    again = judging.reopen(one, Reopen(reason="The boxes are back"), CHEN_JIE, at(), due).case
    assert (again.state, again.owner, again.due_at) == (
        "open",
        None,
        "2026-06-01T10:00:00.000Z",
    )


def test_an_open_case_is_not_reopened():
    due = NO_YEARS.due_on(date(2026, 6, 1))
    with refusal("bad_transition"):
        judging.reopen(case(), Reopen(reason="x"), CHEN_JIE, at(), due)


def test_a_manager_cancels_and_a_second_cancel_keeps_its_reason():
    gone = judging.cancel(case(), Cancel(reason="Wrong outlet"), CHEN_JIE, at()).case
    assert gone.state == "cancelled"
    again = judging.cancel(gone, Cancel(reason="Raised twice"), ZHAO_MIN, at())
    assert (again.status, again.case.events[-1].note) == ("merged", "Raised twice")


def test_a_closed_case_is_not_cancelled_but_the_reason_is_kept():
    kept = judging.cancel(case(state="closed"), Cancel(reason="Wrong"), CHEN_JIE, at())
    assert (kept.status, kept.case.state, last_event(kept)) == ("conflict", "closed", "kept")


def test_the_outlet_cannot_cancel_its_case():
    with refusal("forbidden"):
        judging.cancel(case(), Cancel(reason="No"), WANG_FANG, at())


def test_a_case_is_argued_over_for_a_year_and_not_longer():
    full = case(events=tuple(at_event(n) for n in range(500)))
    with refusal("too_large"):
        ownership.decline(full, Decline(reason="x"), WANG_FANG, at())


def at_event(number: int):
    return ownership.decline(
        case(), Decline(reason=str(number)), WANG_FANG, at(event=str(number))
    ).case.events[0]
