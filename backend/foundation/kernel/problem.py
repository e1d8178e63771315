"""Refusals. A `Problem` is an answer that we meant; any other exception is a mistake of ours.

Each has a code that the phone can explain offline in zh and en, a status for HTTP, a class that
tells the phone what would help, and facts for the words.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

Class = Literal["final", "after_pull", "after_upgrade", "needs_person"]
Keep = Callable[[Any], Awaitable[Any]]


class Problem(Exception):
    """A refusal with its reason: raised by rules and handlers, answered by API and journal."""

    def __init__(self, kind: "ProblemType", facts: dict[str, Any]) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.facts = facts

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def status(self) -> int:
        return self.kind.status

    @property
    def cls(self) -> Class:
        return self.kind.cls

    @property
    def detail(self) -> str:
        """What happened, to what, what to do: in English, with the facts filled in."""
        return _fill(self.kind.words_en, self.facts)

    @property
    def detail_zh(self) -> str:
        """The same in Chinese."""
        return _fill(self.kind.words_zh, self.facts)


class Conflict(Problem):
    """Not applied, but kept: the payload becomes a proposal beside the current record.

    `keep(work) -> Outcome` is awaited by the journal after the command was undone, so that a note
    or a photo that came with a refused move still becomes an event of the record.
    """

    def __init__(self, kind: "ProblemType", facts: dict[str, Any], keep: Keep | None) -> None:
        super().__init__(kind, facts)
        self.keep = keep


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of refusal. Calling it with facts gives the Problem to raise. `by_post`: another
    post could lift it, so a deputy is asked again as whom they stand in for."""

    status: int
    code: str
    words_en: str
    words_zh: str
    cls: Class = "final"
    by_post: bool = False

    def __call__(self, **facts: Any) -> Problem:
        return Problem(self, facts)

    def conflict(self, keep: Keep | None = None, **facts: Any) -> Conflict:
        """The same refusal as a verdict `conflict`: what came is kept as a proposal."""
        return Conflict(self, facts, keep)


def problem(
    status: int,
    code: str,
    words_en: str,
    words_zh: str,
    cls: Class = "final",
    *,
    by_post: bool = False,
) -> ProblemType:
    """Declares a refusal: `own_fix = problem(409, "own_fix", "{person} made this fix…", "…")`."""
    return ProblemType(status, code, words_en, words_zh, cls, by_post)


def _fill(words: str, facts: dict[str, Any]) -> str:
    # A missing fact must not turn a refusal into a crash on its way to the person.
    return words.format_map(_Facts(facts))


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


not_found = problem(
    404,
    "not_found",
    "This record is not here, or you may not see it.",
    "没有这条记录，或者您没有查看权限。",
    by_post=True,
)
forbidden = problem(
    403,
    "forbidden",
    "Your post does not allow this here.",
    "您的岗位在这里没有这项权限。",
    by_post=True,
)
bad_transition = problem(
    409,
    "bad_transition",
    "This cannot be done while it is {state}.",
    "当前状态“{state}”下不能这样操作。",
    "after_pull",
)
args_invalid = problem(
    422, "args_invalid", "{field}: {reason}", "{field} 填写有误：{reason}", "needs_person"
)
too_large = problem(
    413, "too_large", "{what} is too large: the limit is {limit}.", "{what} 太大，上限 {limit}。"
)
personal_number = problem(
    422,
    "personal_number",
    "There is an ID or card number in {field}. Remove it and send again.",
    "{field} 里有证件号或卡号。删掉后再发送。",
    "needs_person",
)
id_taken = problem(
    409,
    "id_taken",
    "This id belongs to another record. What you wrote is kept.",
    "这个编号已被另一条记录使用。您写的内容已保留。",
)
SHARED = (
    not_found,
    forbidden,
    bad_transition,
    args_invalid,
    too_large,
    personal_number,
    id_taken,
)
