"""One register, two phones: nothing is lost, nobody is asked, and only a real clash is told."""

from backend.foundation.checklists.answers import Value
from backend.foundation.checklists.registers import (
    HISTORY_MAX,
    Register,
    Write,
    as_answer,
    write,
)

AT = "2026-05-04T09:12:33.120Z"


def asked(
    value: Value, base: int | None, device: str = "lin-phone", note: str = "", cleared: bool = False
) -> Write:
    return Write(value=value, note=note, by="lin", device=device, at=AT, base=base, cleared=cleared)


def after(*writes: Write) -> Register:
    register: Register | None = None
    for one in writes:
        register = write(register, one, "round", "i_exit", "main").register
    assert register is not None
    return register


def test_the_first_answer_is_revision_one() -> None:
    done = write(None, asked("pass", None), "round", "i_exit", "main")
    assert (done.status, done.changed, done.register.rev) == ("applied", True, 1)
    assert done.register.id == "round:i_exit:main"


def test_the_same_answer_again_changes_nothing() -> None:
    first = after(asked("pass", None))
    done = write(first, asked("pass", 1), "round", "i_exit", "main")
    assert (done.changed, done.register) == (False, first)


def test_the_same_answer_from_the_other_phone_is_no_clash() -> None:
    done = write(after(asked("pass", None)), asked("pass", None, "tablet"), "r", "i", "main")
    assert (done.status, done.changed) == ("applied", False)


def test_own_answers_are_never_stale_to_oneself() -> None:
    """The phone was offline: all its edits carry the base it last saw."""
    register = after(asked("pass", None), asked("fail", None))
    assert (register.value, register.rev, register.history) == ("fail", 2, ())


def test_a_fresh_answer_from_the_other_phone_is_no_clash() -> None:
    done = write(after(asked("pass", None)), asked("fail", 1, "tablet"), "r", "i", "main")
    assert (done.status, done.register.history) == ("applied", ())


def test_a_stale_answer_that_differs_wins_and_keeps_the_loser() -> None:
    done = write(
        after(asked("pass", None, note="看过")), asked("fail", None, "tablet"), "r", "i", "main"
    )
    assert (done.status, done.register.value, done.register.rev) == ("merged", "fail", 2)
    lost = done.register.history[0]
    assert (lost.value, lost.note, lost.by) == ("pass", "看过", "lin")


def test_a_note_that_differs_is_a_difference() -> None:
    done = write(
        after(asked("fail", None, note="左侧")),
        asked("fail", None, "tablet", note="右侧"),
        "r",
        "i",
        "main",
    )
    assert done.status == "merged"
    assert done.register.history[0].note == "左侧"


def test_a_cleared_answer_keeps_its_revision() -> None:
    register = after(asked("pass", None), asked(None, 1, cleared=True))
    assert (register.cleared, register.rev) == (True, 2)
    again = write(register, asked("fail", None, "tablet"), "r", "i", "main")
    assert (again.status, again.register.rev, again.register.history) == ("applied", 3, ())


def test_clearing_what_another_phone_changed_keeps_the_other_answer() -> None:
    register = after(asked("pass", None), asked("fail", 1, "tablet"))
    done = write(register, asked(None, 1, cleared=True), "r", "i", "main")
    assert done.status == "merged"
    assert done.register.history[-1].value == "fail"


def test_the_history_has_an_end() -> None:
    register = after(asked("pass", None))
    for turn in range(HISTORY_MAX + 5):
        device = "tablet" if turn % 2 == 0 else "lin-phone"
        value = "fail" if turn % 2 == 0 else "pass"
        register = write(register, asked(value, None, device), "r", "i", "main").register
    assert len(register.history) == HISTORY_MAX


def test_the_wire_form_tells_the_revision_to_answer_to() -> None:
    answer = as_answer(after(asked("pass", None), asked("fail", 1, "tablet")))
    assert (answer.value, answer.rev, answer.slot) == ("fail", 2, "main")
