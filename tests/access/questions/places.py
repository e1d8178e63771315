"""Commands of the organisation that close and reopen, rename lines, keep code lists, put in a
year."""

from tests.access.living import Lives
from tests.access.questions import Question, Rec, said
from tests.features.stage import CITY, RIVERSIDE, words

LATE = "2099-01-01"  # whatever is under way now is over by then


def channel(lives: Lives) -> Rec:
    return ("code_list", "channel")


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
    "organisation.add_code_list": Question(
        lambda _: ("code_list", "reasons"), said(name=words("List")), "keeper"
    ),
    "organisation.change_code_list": Question(channel, said(name=words("List")), "keeper"),
    "organisation.close_code_list": Question(channel, said(on=LATE), "keeper"),
    "organisation.reopen_code_list": Question(channel, said(), "keeper"),
    "organisation.put_calendar_year": Question(
        lambda _: ("calendar", "2026"), said(days={}), "keeper"
    ),
}
