"""What a new feature is called, in every form in which its files say it."""

import keyword
import re
from dataclasses import dataclass

_PLURAL = re.compile(r"[a-z]+(_[a-z]+)*")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
_LENGTH_MAX = 30  # longer names break lines that no formatter can mend


@dataclass(frozen=True)
class Named:
    """One feature: its plural (`umbrella_loans`), its kind of record, and its word in Chinese."""

    plural: str
    kind: str
    zh: str

    def put_into(self, text: str) -> str:
        """The text, or path, of a template in the words of this feature."""
        text = _ARTICLE.sub(self._article, text)
        forms = self._forms()
        return _TOKEN.sub(lambda found: forms[found.group()], text)

    def _forms(self) -> dict[str, str]:
        plural, kind = self.plural, self.kind
        return {
            "gizmos-path": plural.replace("_", "-"),
            "Gizmos words": spoken(plural).capitalize(),
            "gizmos words": spoken(plural),
            "Gizmo word": spoken(kind).capitalize(),
            "gizmo word": spoken(kind),
            "GIZMOS": plural.upper(),
            "Gizmos": joined(plural),
            "Gizmo": joined(kind),
            "gizmos": plural,
            "gizmo": kind,
            "记录": self.zh,
        }

    def _article(self, found: re.Match[str]) -> str:
        article = found.group(1)
        return f"{article}n gizmo word" if self.kind[0] in "aeiou" else f"{article} gizmo word"


_TOKEN = re.compile(
    r"gizmos-path|[Gg]izmos words|[Gg]izmo word|GIZMOS|Gizmos|Gizmo|gizmos|gizmo|记录"
)
_ARTICLE = re.compile(r"\b([Aa]) gizmo word")


def named(plural: str, kind: str | None = None, zh: str | None = None) -> Named:
    """Raises ValueError with what to do when the name will not do."""
    kind = kind or singular(plural)
    for word in (plural, kind):
        if not _PLURAL.fullmatch(word) or keyword.iskeyword(word):
            raise ValueError(f"{word!r} will not do: lower-case words joined by _ are needed")
        if len(word) > _LENGTH_MAX:
            raise ValueError(f"{word!r} is longer than {_LENGTH_MAX} letters: say it shorter")
    if kind == plural:
        raise ValueError(f"one of {plural!r} needs a name of its own: kind=…")
    return Named(plural, kind, zh or "记录")


def singular(plural: str) -> str:
    """`visits` as `visit`, `branches` as `branch`. The same word when it does not look plural."""
    for ending, instead in _ENDINGS:
        if plural.endswith(ending) and not plural.endswith("ss"):
            return plural.removesuffix(ending) + instead
    return plural


def spoken(name: str) -> str:
    """`umbrella_loan` as `umbrella loan`."""
    return name.replace("_", " ")


def joined(name: str) -> str:
    """`umbrella_loan` as `UmbrellaLoan`."""
    return "".join(part.capitalize() for part in name.split("_"))
