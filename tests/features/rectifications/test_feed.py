"""What phones receive of a case, and who receives it."""

import pytest

from backend.features.rectifications.feed import body_of
from backend.features.rectifications.model import HandOver
from backend.features.rectifications.rules.decision import buckets_of
from tests.features.rectifications.builders import (
    CHEN_JIE,
    ENGINEER,
    LI_NA,
    OPERATIONS,
    RIVERSIDE,
    WANG_FANG,
    case,
    photo,
    reported,
    seen,
)
from tests.features.stage import Stage

WIRE = {
    "finding",
    "round",
    "outlet",
    "line",
    "item",
    "severity",
    "text",
    "cause",
    "measure",
    "on_spot",
    "state",
    "owner",
    "dept",
    "handover",
    "due_at",
    "due_steps",
    "late",
    "raised_by",
    "raised_at",
    "fixed_by",
    "extension",
    "before",
    "after",
    "content_digest",
    "events",
    "returns",
}


def test_the_body_says_what_was_promised_and_photos_by_id() -> None:
    body = body_of(reported())
    assert body.keys() >= WIRE
    assert body["after"] == [photo("after").id]
    assert body["content_digest"] == seen(reported())


def test_overdue_is_not_on_the_wire() -> None:
    assert "overdue" not in body_of(case())


def test_a_case_lies_on_the_desk_and_with_everybody_it_names() -> None:
    offered = case(
        fixed_by=CHEN_JIE.id,
        handover=HandOver(OPERATIONS, None, "x", WANG_FANG.id, "", (ENGINEER.id,)),
    )
    assert buckets_of(offered) == {
        f"desk:{RIVERSIDE}:service",
        f"user:{WANG_FANG.id}",
        f"user:{LI_NA.id}",
        f"user:{CHEN_JIE.id}",
        f"user:{ENGINEER.id}",
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("li_na", True),
        ("wang_fang", True),
        ("chen_jie", True),
        ("sun_yue", True),
        ("ana", False),
        ("qian_hao", False),
        ("guo_qiang", False),
        ("he_ping", False),
        ("lin_xia", False),
    ],
)
async def test_a_line_lead_sees_their_line_and_none_of_another(
    stage: Stage, who: str, sees: bool
) -> None:
    """PRODUCT G5."""
    rec = await stage.case()
    assert (rec in await stage.hands[who].sees()) is sees


async def test_the_photos_of_a_fix_are_seen_where_the_case_is(stage: Stage) -> None:
    rec = await stage.reported()
    shot = (await stage.body(*rec))["after"][0]
    assert ("photo", shot) in await stage.chen_jie.sees()
    assert ("photo", shot) in await stage.li_na.sees()
    assert ("photo", shot) not in await stage.ana.sees()
