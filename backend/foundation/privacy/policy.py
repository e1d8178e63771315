"""What the house promises about personal data, each in one place, with its reason."""

from backend.foundation.journal.purpose import Purpose, Retention

# Withdrawn or ended: the job runs at once, but a store may be away over a long holiday. Fifteen
# days is what the notices promise; after them the certificate is shown as overdue.
ERASE_WITHIN_DAYS = 15
# A phone that was out of reach may still hold the wording that the office retired meanwhile. The
# person read that wording, so what they answered stands; a phone that long without contact is
# something else.
LATE_NOTICE_DAYS = 7
MONTH_ROWS_MAX = 20_000  # lines of a monthly list; a branch of 200 outlets has some 3,000

RETENTION = (
    Retention(
        "evidence",
        1095,
        "erase",
        "检查照片与备注保留三年，覆盖两个考核年度和申诉期。",
        "Photos and remarks of a check are kept three years: two assessment years and the appeals.",
    ),
    Retention(
        "inspection_record",
        1825,
        "erase",
        "检查与整改记录保留五年，以便比对屡查屡犯。",
        "Rounds and cases are kept five years, so that a repeated fault can be shown.",
    ),
    Retention(
        "staff_directory",
        1095,
        "seal",
        "离职员工的姓名封存，用于说明当时由谁经办。",
        "The names of people who left are sealed: they say who did what at the time.",
    ),
    Retention(
        "consent_record",
        1095,
        "erase",
        "同意与撤回的记录在终止后保留三年，用于证明处理合法。",
        "Consents and withdrawals are kept three years after their end, to show what was agreed.",
    ),
)

PERSONAL = (
    Purpose(
        "privacy.consents",
        (
            "consent.principal",
            "consent.minor",
            "consent.how",
            "consent.photo",
            "consent.witness",
            "consent.staff",
        ),
        "statutory",
        "consent_record",
        "证明同意与撤回",
        "Showing what was agreed and withdrawn",
        sensitive=True,
    ),
    Purpose(
        "privacy.holds",
        (
            "RecordHeld.why",
            "HoldReleased.why",
            "privacy_hold.why",
            "privacy_hold.released_why",
        ),
        "statutory",
        "consent_record",
        "说明为何暂停删除",
        "Saying why erasing was stopped",
    ),
)
