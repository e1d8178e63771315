"""Opening days as people write them in a list."""

import pytest

from backend.foundation.organisation.opening import opening

WORKDAYS, ALL = ("workdays", ()), ("all", ())
TUE_SAT = ("week", (2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("工作日", WORKDAYS),
        ("Workdays", WORKDAYS),
        ("周一至周五", WORKDAYS),
        ("Mon-Fri", WORKDAYS),
        ("1-5", WORKDAYS),
        ("每天", ALL),
        ("daily", ALL),
        ("Every day", ALL),
        ("周二至周六", TUE_SAT),
        ("星期二到星期六", TUE_SAT),
        ("Tue - Sat", TUE_SAT),
        ("Tuesday to Saturday", None),
        ("２－６", TUE_SAT),
        ("周二、周三、周四、周五、周六", TUE_SAT),
        ("二,三,四,五,六", TUE_SAT),
        ("tue/wed/thu/fri/sat", TUE_SAT),
        ("周六至周二", ("week", (1, 2, 6, 7))),
        ("周日", ("week", (7,))),
        ("周天", ("week", (7,))),
        ("周一至周日", ("week", (1, 2, 3, 4, 5, 6, 7))),
        ("", None),
        ("8", None),
        ("0-5", None),
        ("周八", None),
        ("t", None),
        ("sometimes", None),
        ("周一至周五至周日", None),
        ("9:00-17:00", None),
        ("day", None),
    ],
)
def test_what_is_meant_is_understood_or_nothing_is(text: str, meant: object):
    assert opening(text) == meant
