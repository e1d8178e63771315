"""What the answer to a late command tells: the record as it stands, and only to who holds it."""

from tests.features.visits.builders import NOTE, Home

CALM = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False, "note": ""}


async def test_whoever_has_the_visit_sees_it_beside_a_late_answer(home: Home) -> None:
    await home.answered()
    await home.a.must("visits.submit", home.visit, {})
    late = await home.b.do("visits.observe", home.part("condition"), CALM)
    assert (late.s, late.code) == ("conflict", "visit_moved")
    assert late.row is not None
    assert NOTE in bytes(late.row).decode()


async def test_whoever_had_it_once_is_not_told_what_others_recorded_since(home: Home) -> None:
    """Wang Fang gave the visit to somebody else; what Lin Xia sends late is kept all the same."""
    await home.scheduled()
    gone = home.b
    both = home.plan(home.a.id, home.stage.wang_fang.id)
    await home.stage.wang_fang.must("visits.schedule", home.visit, both)
    home.b = home.stage.wang_fang
    await home.a.must("visits.sign_in", home.visit, {})
    await home.b.must("visits.sign_in", home.visit, {})
    assert (await home.agree()).s == "applied"
    await home.answers()
    late = await gone.do("visits.observe", home.part("condition"), CALM)
    assert (late.s, late.code) == ("conflict", "not_visit_staff")
    assert late.row is None
    assert len(await home.stage.kept("not_visit_staff")) == 1


async def test_after_the_decision_nobody_is_told(home: Home) -> None:
    """The parts left every phone with it; a late word does not fetch them back."""
    await home.accepted()
    late = await home.a.do("visits.observe", home.part("condition"), CALM)
    assert (late.s, late.code) == ("conflict", "visit_moved")
    assert late.row is None
