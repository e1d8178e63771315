"""Decisions about a round, on values alone."""

from typing import Any

import msgspec
import pytest

from backend.features.inspections.commands import (
    Amend,
    Assign,
    Cancel,
    Manifest,
    Reassign,
    RecordFinding,
    Submit,
)
from backend.features.inspections.facts import Submitted
from backend.features.inspections.model import Round
from backend.features.inspections.rules import finding, planning, submitting
from backend.features.inspections.rules.decision import (
    Membership,
    begun,
    contributed,
    require_living,
    standing,
)
from backend.foundation.checklists.demands import Missing
from backend.foundation.checklists.scoring import Score
from backend.foundation.checklists.sheet import manifest_hash
from backend.foundation.kernel.ids import derived_id
from backend.foundation.kernel.problem import Problem
from tests.features.inspections.builders import (
    ANA,
    CHEN_JIE,
    HILLTOP,
    LI_NA,
    OUTREACH,
    RIVERSIDE,
    ROOT,
    STRANGER,
    TEMPLATE,
    WANG_FANG,
    at,
    candidate,
    finding_in_sheet,
    found,
    paper,
    round_,
    sheet,
)

NOBODY = Membership()
FULL = Score(points=60, max=60)


def refusal(code: str):
    """Expects a Problem with this code."""
    return pytest.raises(Problem, match=rf"^{code}$")


def plan(**values) -> Assign:
    usual: dict[str, Any] = {
        "template": TEMPLATE,
        "outlet": RIVERSIDE,
        "assignee": LI_NA.id,
        "opens_at": "2026-05-04T00:00:00.000Z",
        "due_at": "2026-05-08T10:00:00.000Z",
        "rhythm": "monthly",
    }
    return Assign(**(usual | values))


def give(asked: Assign, who=None, actor=CHEN_JIE) -> Round:
    new = derived_id(ROOT, "new round")
    return planning.assign(new, asked, paper(), who or candidate(LI_NA), actor, at()).round


# Planning


def test_a_manager_gives_a_round_to_an_inspector():
    made = give(plan())
    assert (made.state, made.assignee, made.line, made.unscheduled) == (
        "assigned",
        LI_NA.id,
        "service",
        False,
    )


def test_an_inspector_cannot_assign_rounds():
    with refusal("forbidden"):
        give(plan(), actor=LI_NA)


def test_a_manager_of_another_outlet_and_line_cannot_assign_here():
    with refusal("forbidden"):
        give(plan(), actor=STRANGER)


@pytest.mark.parametrize("due", ["2026-05-04T00:00:00.000Z", "2026-05-03T10:00:00.000Z"])
def test_a_round_is_due_after_it_opens(due):
    with refusal("window_empty"):
        give(plan(due_at=due))


def test_a_day_that_does_not_exist_is_named():
    with refusal("args_invalid"):
        give(plan(due_at="2026-02-30T10:00:00.000Z"))


def test_nobody_rates_the_outlet_they_work_in():
    """PRODUCT 2.7: the inspector also holds a post at Riverside."""
    with refusal("own_outlet"):
        give(plan(), who=candidate(LI_NA, RIVERSIDE))
    assert give(plan(), who=candidate(LI_NA, HILLTOP)).assignee == LI_NA.id


@pytest.mark.parametrize("rhythm", ["daily", "self_check"])
def test_an_outlet_may_look_at_itself_in_a_self_check(rhythm):
    asked = plan(rhythm=rhythm, assignee=WANG_FANG.id)
    assert give(asked, who=candidate(WANG_FANG, RIVERSIDE)).assignee == WANG_FANG.id


def test_somebody_without_a_post_for_it_gets_no_round():
    with refusal("assignee_out_of_scope"):
        give(plan(assignee=OUTREACH.id), who=candidate(OUTREACH))


def start(**values) -> Round:
    new = derived_id(ROOT, "started")
    return planning.start(new, RIVERSIDE, paper(**values), candidate(LI_NA), LI_NA, at()).round


def test_an_inspector_starts_an_unplanned_round_that_is_open_at_once():
    made = start()
    assert (made.state, made.assignee, made.unscheduled, made.rhythm) == (
        "open",
        LI_NA.id,
        True,
        "unscheduled",
    )


def test_a_round_started_on_a_checklist_retired_meanwhile_is_taken_and_marked():
    assert start(retired=True).late_template is True
    assert start().late_template is False


def test_outreach_staff_start_no_round():
    with refusal("forbidden"):
        planning.start(ROOT, RIVERSIDE, paper(), candidate(OUTREACH), OUTREACH, at())


def test_an_outlet_head_starts_no_round_on_the_own_outlet_but_a_self_check():
    who = candidate(WANG_FANG, RIVERSIDE)
    with refusal("own_outlet"):
        planning.start(ROOT, RIVERSIDE, paper(), who, WANG_FANG, at())
    own = planning.start(ROOT, RIVERSIDE, paper(rhythm="self_check"), who, WANG_FANG, at())
    assert own.round.rhythm == "self_check"


def test_a_reassigned_round_is_opened_anew_by_the_next_person():
    asked = Reassign(assignee=ANA.id, reason="Li Na is ill")
    given = planning.reassign(round_(), asked, candidate(ANA), CHEN_JIE).round
    assert (given.assignee, given.state) == (ANA.id, "assigned")


def test_reassigning_to_the_same_person_changes_nothing():
    asked = Reassign(assignee=LI_NA.id, reason="x")
    same = planning.reassign(round_(), asked, candidate(LI_NA), CHEN_JIE)
    assert (same.status, same.facts) == ("merged", ())


@pytest.mark.parametrize("state", ["submitted", "cancelled"])
def test_a_finished_round_goes_to_nobody_else(state):
    asked = Reassign(assignee=ANA.id, reason="x")
    with refusal("bad_transition"):
        planning.reassign(round_(state=state), asked, candidate(ANA), CHEN_JIE)


def test_a_round_is_called_off_once():
    off = planning.cancel(round_(), Cancel(reason="Closed for works"), CHEN_JIE).round
    assert (off.state, off.reason) == ("cancelled", "Closed for works")
    assert planning.cancel(off, Cancel(reason="x"), CHEN_JIE).status == "merged"


def test_a_submitted_round_is_not_called_off():
    with refusal("bad_transition"):
        planning.cancel(round_(state="submitted"), Cancel(reason="x"), CHEN_JIE)


def test_the_assignee_cannot_call_the_round_off():
    with refusal("forbidden"):
        planning.cancel(round_(), Cancel(reason="x"), LI_NA)


# Who may write


def test_the_assignee_writes():
    assert standing(round_(), LI_NA, 0, NOBODY) == "assignee"


def test_work_made_before_the_phone_could_know_is_a_contribution():
    """SYNC 3.4: the assignment ended at version 50, the phone had seen 49."""
    gone = Membership(ever=True, until_ver=50)
    assert standing(round_(assignee=ANA.id), LI_NA, 49, gone) == "earlier"


def test_work_made_knowing_of_the_reassignment_is_refused():
    gone = Membership(ever=True, until_ver=50)
    with refusal("not_assigned"):
        standing(round_(assignee=ANA.id), LI_NA, 50, gone)


def test_a_colleague_who_never_had_the_round_is_not_assigned():
    with refusal("not_assigned"):
        standing(round_(), ANA, 0, NOBODY)


def test_an_admin_sees_the_round_and_may_not_fill_it():
    admin = OUTREACH.__class__(id=ROOT, name="Admin", grants=(_admin(),))
    with refusal("forbidden"):
        standing(round_(), admin, 0, NOBODY)


def _admin():
    return CHEN_JIE.grants[0].__class__("admin", None, None)


def test_for_a_stranger_the_round_does_not_exist():
    with refusal("not_found"):
        standing(round_(), STRANGER, 0, NOBODY)
    with refusal("not_found"):
        standing(round_(), OUTREACH, 0, NOBODY)


@pytest.mark.parametrize(
    ("state", "code"), [("submitted", "locked_submitted"), ("cancelled", "round_cancelled")]
)
def test_a_finished_sheet_takes_no_more_answers(state, code):
    with refusal(code):
        require_living(round_(state=state))


def test_the_first_answer_opens_an_assigned_round():
    opened = begun(round_(state="assigned"), LI_NA, at("2026-05-06T02:00:00.000Z"))
    assert (opened.state, opened.opened_at) == ("open", "2026-05-06T02:00:00.000Z")
    assert begun(opened, LI_NA, at("2026-05-06T03:00:00.000Z")) is opened


def test_a_late_contribution_is_told_once_and_lists_its_items():
    one, told = contributed(round_(assignee=ANA.id), LI_NA, at(), "i_ramp")
    two, again = contributed(one, LI_NA, at(), "i_door")
    assert (len(told), len(again)) == (1, 0)
    assert two.contributions[0].items == ("i_ramp", "i_door")


# Findings


def record(**values) -> RecordFinding:
    usual: dict[str, Any] = {
        "finding": found().id,
        "item": "i_ramp",
        "severity": "major",
        "text": "The ramp is blocked",
    }
    return RecordFinding(**(usual | values))


def test_a_finding_keeps_its_first_author_and_takes_the_newest_words():
    first, _ = finding.record(round_(), record(), None, 0, LI_NA, at())
    second, _ = finding.record(round_(), record(text="By boxes"), first, 1, ANA, at())
    assert (second.by, second.text) == (LI_NA.id, "By boxes")


def test_danger_is_raised_at_once_and_stays_raised():
    danger, _ = finding.record(round_(), record(severity="danger"), None, 0, LI_NA, at())
    assert danger.raised is True
    milder, _ = finding.record(round_(), record(severity="minor"), danger, 1, LI_NA, at())
    assert milder.raised is True


def test_the_finding_of_another_round_is_not_taken_over():
    with refusal("id_taken"):
        finding.record(round_(), record(), found(round=ROOT), 0, LI_NA, at())


def test_a_finding_is_withdrawn_before_submit_but_not_a_danger():
    assert finding.drop(round_(), found()).finding == found().id
    with refusal("already_raised"):
        finding.drop(round_(), found(raised=True))
    with refusal("finding_unknown"):
        finding.drop(round_(), None)


# Handing in


def hand_in(one: Round, asked: Submit, paper_=None, lacking=(), when=None):
    return submitting.submit(
        one, asked, paper_ or sheet(i_ramp="pass"), lacking, FULL, LI_NA, when or at()
    )


def submit(paper_=None, **values) -> Submit:
    filled = paper_ or sheet(i_ramp="pass")
    usual = {"answers": len(filled.answers), "hash": manifest_hash(filled)}
    return Submit(manifest=Manifest(**(usual | values)))


def test_a_submitted_round_is_frozen_with_both_times():
    when = at("2026-05-06T02:00:00.000Z", received="2026-05-06T09:00:00.000Z")
    frozen = hand_in(round_(), submit(), when=when).round
    assert (frozen.state, frozen.submitted_at, frozen.received_at) == (
        "submitted",
        "2026-05-06T02:00:00.000Z",
        "2026-05-06T09:00:00.000Z",
    )
    assert (frozen.hash_equal, frozen.score, frozen.late) == (True, FULL, False)


@pytest.mark.parametrize("wrong", [{"hash": "0" * 64}, {"answers": 2}])
def test_a_manifest_that_differs_is_received_but_not_called_equal(wrong):
    assert hand_in(round_(), submit(**wrong)).round.hash_equal is False


def test_an_incomplete_sheet_is_not_handed_in_and_says_what_is_missing():
    lacking = [Missing(item="i_ramp", what="photos", count=1)]
    with pytest.raises(Problem, match=r"^incomplete$") as caught:
        hand_in(round_(), submit(), lacking=lacking)
    assert caught.value.facts["missing"][0]["item"] == "i_ramp"


def test_a_round_is_handed_in_once():
    with refusal("locked_submitted"):
        hand_in(round_(state="submitted"), submit())


def test_a_round_filled_in_time_is_not_late_because_the_signal_was():
    when = at("2026-05-08T10:00:00.000Z", received="2026-05-12T00:00:00.000Z")
    assert hand_in(round_(), submit(), when=when).round.late is False
    late = hand_in(round_(), submit(), when=at("2026-05-08T10:00:00.001Z"))
    assert late.round.late is True


def test_the_number_of_findings_is_counted_with_those_fixed_on_the_spot():
    """PRODUCT S11."""
    filled = sheet(i_ramp="fail")
    both = {
        "a": finding_in_sheet(found()),
        "b": finding_in_sheet(found(on_spot=True)),
    }
    filled = filled.__class__(template=filled.template, answers=filled.answers, findings=both)
    done = hand_in(round_(), submit(filled), paper_=filled)
    assert done.round.findings == 2
    assert isinstance(done.facts[0], Submitted)


def test_the_earlier_assignee_does_not_freeze_somebody_elses_round():
    given = round_(assignee=ANA.id, state="open")
    kept = submitting.submit_late(given, submit(), LI_NA, at())
    assert (kept.status, kept.round.state) == ("merged", "open")
    assert kept.round.contributions[0].submitted is not None


# Amending


def change(**values) -> Amend:
    usual = {"item": "i_ramp", "value": "fail", "reason": "Misread"}
    return Amend(**(usual | values))


def amended(one: Round, asked: Amend, actor=LI_NA):
    return submitting.amend(one, asked, sheet(i_ramp="pass"), FULL, actor, at())


def test_an_amendment_stands_beside_the_answer_with_its_reason():
    done = round_(state="submitted", submitted_by=LI_NA.id)
    first = amended(done, change()).round
    assert (first.amendments[0].was, first.amendments[0].value) == ("pass", "fail")
    second = amended(first, change(value="na")).round
    assert [(a.was, a.value) for a in second.amendments] == [("pass", "fail"), ("fail", "na")]


def test_a_manager_who_works_at_the_outlet_does_not_amend_its_rating():
    done = {"state": "submitted", "submitted_by": LI_NA.id}
    both = msgspec.structs.replace(CHEN_JIE, grants=(*CHEN_JIE.grants, *WANG_FANG.grants))
    with refusal("own_outlet"):
        amended(round_(**done), change(), both)
    assert amended(round_(**done, rhythm="daily"), change(), both).round.amendments


def test_a_manager_may_amend_and_a_colleague_may_not():
    done = round_(state="submitted", submitted_by=LI_NA.id)
    assert amended(done, change(), CHEN_JIE).round.amendments[0].by == CHEN_JIE.id
    with refusal("forbidden"):
        amended(done, change(), ANA)


def test_an_open_round_is_changed_not_amended():
    with refusal("not_submitted"):
        amended(round_(submitted_by=LI_NA.id), change())
