"""The kinds of question that an XLSForm has, as its `type` column writes them."""

import re

from backend.foundation.checklists.template import ItemType

TYPES: dict[str, ItemType] = {
    "text": "text",
    "string": "text",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "image": "photo",
    "photo": "photo",
    "geopoint": "location",
    "location": "location",
    "gps": "location",
    "datetime": "datetime",
}
BY_ITSELF = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "subscriberid",
        "simserial",
        "start-geopoint",
        "audit",
    ]
)
# One of a list, or several: as it is written today, and as older forms have it.
SELECT = re.compile(
    r"(?:add )?(?:(select[_ ]one|select1)|select[_ ]multiple|select all that apply)"
    r"(?: prompt using| from)? (.+)",
    re.I,
)
FROM_FILE = re.compile(r"(?:(select_one)|select_multiple)_from_file (.+)", re.I)
