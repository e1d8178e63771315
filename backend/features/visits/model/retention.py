"""For how long the parts of a visit are kept, counted from the day on which it is over."""

from backend.foundation.journal.purpose import Retention

CONTACT = Retention(
    "visit_contact",
    180,
    "erase",
    "住址、联系方式与照片保留到业务办结、复核期满后半年。",
    "Address, contact and photos stay for half a year after the business is done and reviewed.",
)
RECORD = Retention(
    "visit_record",
    1825,
    "erase",
    "核实过程的记录保留五年，用于说明授权的依据。",
    "What was seen and said at a verification stays five years, to show what an authorisation "
    "rested on.",
)
GOES_WITH = {
    CONTACT.code: ("address", "photos"),
    RECORD.code: ("identity", "condition", "intention", "recording", "signature"),
}
