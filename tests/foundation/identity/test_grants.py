"""From posts held to rights and buckets."""

from datetime import date

import pytest

from backend.foundation.identity.grants import Network, buckets_of_grants, grants_of
from backend.foundation.identity.model import Post, Role
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.organisation.model import Outlet, Place, Unit, Words

TODAY = date(2026, 5, 4)
TITLE = Words("岗位", "Post")


def unit(unit_id: str, level: str, parent: str | None) -> Unit:
    return Unit(unit_id, unit_id, Words(unit_id, unit_id), level, parent)  # type: ignore[arg-type]


def outlet(outlet_id: str, of: str) -> Outlet:
    name = Words(outlet_id, outlet_id)
    return Outlet(outlet_id, outlet_id, name, "outlet", of, Place(), "workdays")


UNITS = (
    unit("city", "branch", None),
    unit("west", "sub_branch", "city"),
    unit("east", "sub_branch", "city"),
    unit("security_section", "department", "city"),
    unit("west_retail", "department", "west"),
)
OUTLETS = (outlet("lake", "west"), outlet("gate", "west"), outlet("tower", "east"))
NETWORK = Network(
    units={one.id: one for one in UNITS},
    outlets={one.id: one for one in OUTLETS},
    lines=("retail", "security", "service"),
)


def post(role: Role, **scope: str | None) -> Post:
    values: dict[str, str | None] = {"unit": None, "outlet": None, "line": None} | scope
    return Post(
        id="p",
        person="ana",
        role=role,
        unit=values["unit"],
        outlet=values["outlet"],
        line=values["line"],
        title=TITLE,
        held_from=values.get("held_from") or "2026-01-01",
        held_to=values.get("held_to"),
    )


def grants(*posts: Post, today: date = TODAY) -> set[Grant]:
    return set(grants_of(posts, today, NETWORK))


def buckets(*posts: Post) -> frozenset[str]:
    return buckets_of_grants(Actor("ana", "Ana", grants_of(posts, TODAY, NETWORK)), NETWORK)


def test_a_post_at_an_outlet_covers_that_outlet_only():
    assert grants(post("inspector", outlet="lake", line="service")) == {
        Grant("inspector", "lake", "service")
    }


def test_a_post_in_a_sub_branch_covers_the_outlets_of_that_sub_branch():
    assert grants(post("manager", unit="west", line="service")) == {
        Grant("manager", "lake", "service"),
        Grant("manager", "gate", "service"),
    }


def test_a_post_in_the_branch_at_the_top_covers_every_outlet_also_those_still_to_come():
    assert grants(post("manager", unit="city", line="service")) == {
        Grant("manager", None, "service")
    }


def test_a_department_looks_after_the_branch_it_stands_in():
    assert grants(post("security", unit="security_section", line="security")) == {
        Grant("security", None, "security")
    }
    assert grants(post("line_lead", unit="west_retail", line="retail")) == {
        Grant("line_lead", "lake", "retail"),
        Grant("line_lead", "gate", "retail"),
    }


def test_a_post_without_a_line_covers_every_line_but_security():
    assert grants(post("inspector", outlet="lake")) == {
        Grant("inspector", "lake", "retail"),
        Grant("inspector", "lake", "service"),
    }


def test_an_outlet_head_must_put_right_what_the_patrol_found():
    head = post("outlet_head", outlet="lake")
    assert grants(head) == {Grant("outlet_head", "lake", None)}
    assert "desk:lake:security" in buckets(head)
    assert "line:security" not in buckets(head)


def test_a_line_lead_sees_their_own_line_in_all_outlets_and_none_of_another():
    """Source system G5: acceptance check."""
    seen = buckets(post("line_lead", unit="city", line="retail"))
    assert {bucket for bucket in seen if bucket.startswith("desk:")} == {
        "desk:lake:retail",
        "desk:gate:retail",
        "desk:tower:retail",
    }
    assert {bucket for bucket in seen if bucket.startswith("line:")} == {"line:retail"}


@pytest.mark.parametrize("role", ["inspector", "outreach", "outlet_staff"])
def test_people_in_the_field_receive_no_desk(role: Role):
    """Other people's findings do not travel on phones that are carried through lobbies."""
    seen = buckets(post(role, outlet="lake", line="service"))
    assert seen - {"outlet:lake"} == {"org", "user:ana", "line:service"}


@pytest.mark.parametrize(
    ("role", "scope", "outlets"),
    [
        ("outlet_staff", {"outlet": "lake"}, {"lake"}),
        ("outlet_head", {"outlet": "lake"}, {"lake"}),
        ("manager", {"unit": "west"}, {"lake", "gate"}),
        ("secretariat", {"unit": "city"}, {"lake", "gate", "tower"}),
        ("line_lead", {"unit": "city", "line": "retail"}, set()),
        ("inspector", {"outlet": "lake", "line": "service"}, set()),
        ("outreach", {"outlet": "lake"}, set()),
        ("security", {"line": "security"}, set()),
    ],
)
def test_what_belongs_to_an_outlet_is_for_who_works_there_or_answers_for_it(
    role: Role, scope: dict[str, str], outlets: set[str]
):
    """What has no line lies on no desk, and a teller has no desk at all."""
    seen = buckets(post(role, **scope))
    assert {b for b in seen if b.startswith("outlet:")} == {f"outlet:{o}" for o in outlets}


def test_consents_and_certificates_go_to_the_officer_alone():
    others: list[Role] = ["admin", "manager", "secretariat", "outlet_head", "outreach", "inspector"]
    assert "privacy" in buckets(post("dpo"))
    assert not any("privacy" in buckets(post(role, outlet="lake")) for role in others)


def test_nobody_but_the_security_section_receives_the_patrol_templates():
    everybody_else = [
        post("manager", unit="city"),
        post("secretariat", unit="city"),
        post("admin"),
        post("dpo"),
        post("outlet_head", outlet="lake"),
    ]
    assert "line:security" not in buckets(*everybody_else)
    assert "line:security" in buckets(post("security", line="security"))


def test_an_administrator_sees_no_desk():
    assert not any(bucket.startswith("desk:") for bucket in buckets(post("admin")))


def test_a_person_without_a_post_sees_the_directory_and_their_own():
    assert buckets() == {"org", "user:ana"}


@pytest.mark.parametrize(
    ("held_from", "held_to", "held"),
    [
        ("2026-05-04", None, True),
        ("2026-05-05", None, False),
        ("2026-01-01", "2026-05-04", True),
        ("2026-01-01", "2026-05-03", False),
    ],
)
def test_a_post_counts_from_its_first_day_through_its_last(
    held_from: str, held_to: str | None, held: bool
):
    scope = {"outlet": "lake", "line": "service", "held_from": held_from, "held_to": held_to}
    assert bool(grants(post("inspector", **scope))) is held


def test_a_post_in_a_unit_that_is_gone_gives_nothing():
    assert grants(post("manager", unit="nowhere", line="service")) == set()


def test_with_two_trees_the_top_of_one_does_not_cover_the_other():
    network = Network(
        units=dict(NETWORK.units) | {"other": unit("other", "branch", None)},
        outlets=dict(NETWORK.outlets) | {"far": outlet("far", "other")},
        lines=("service",),
    )
    held = grants_of([post("manager", unit="city", line="service")], TODAY, network)
    assert {grant.outlet for grant in held} == {"lake", "gate", "tower"}


def test_the_same_right_from_two_posts_is_one_grant():
    assert len(grants(post("manager", line="retail"), post("manager", line="retail"))) == 1
