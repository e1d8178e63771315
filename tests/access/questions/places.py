"""Commands of the organisation that close and reopen, rename lines, put in a year."""

from tests.access.questions import Question, said
from tests.features.stage import CITY, RIVERSIDE, words

LATE = "2099-01-01"  # whatever is under way now is over by then

QUESTIONS: dict[str, Question] = {
    "organisation.change_line": Question(
        lambda _: ("line", "retail"), said(name=words("Line")), "keeper"
    ),
    "organisation.close_unit": Question(lambda _: ("unit", CITY), said(on=LATE), "keeper"),
    "organisation.close_outlet": Question(lambda _: ("outlet", RIVERSIDE), said(on=LATE), "keeper"),
    "organisation.close_line": Question(lambda _: ("line", "retail"), said(on=LATE), "keeper"),
    "organisation.reopen_unit": Question(lambda _: ("unit", CITY), said(), "keeper"),
    "organisation.reopen_outlet": Question(lambda _: ("outlet", RIVERSIDE), said(), "keeper"),
    "organisation.reopen_line": Question(lambda _: ("line", "retail"), said(), "keeper"),
    "organisation.put_calendar_year": Question(
        lambda _: ("calendar", "2026"), said(days={}), "keeper"
    ),
}
