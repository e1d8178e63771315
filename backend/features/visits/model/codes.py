"""The lists that visits choose from. What a list can say, nobody has to write."""

from typing import Literal

VisitKind = Literal["verification", "guidance", "collection"]
Party = Literal["customer", "staff"]
Business = Literal[
    "password_reset",
    "card_replacement",
    "account_activation",
    "social_security_card",
    "pension",
    "deposit_withdrawal",
    "loss_report",
    "information_change",
    "signing",
    "collection",
    "guidance",
    "other",
]
Why = Literal[
    "bedridden", "frail", "disabled", "in_hospital", "abroad", "confined", "no_escort", "other"
]
Delaying = Literal[
    "not_home",
    "unwell",
    "weather",
    "traffic",
    "staff_short",
    "papers_missing",
    "family_absent",
    "other",
]
Refusing = Literal[
    "not_person",
    "refuses_consent",
    "intention_unclear",
    "under_pressure",
    "identity_doubtful",
    "papers_missing",
    "withdrew",
    "not_our_business",
    "unsafe",
    "other",
]
# The service never just ends: whoever refuses or delays says what was offered instead.
Alternative = Literal[
    "branch", "later_visit", "mobile_counter", "agent_with_notary", "other_outlet", "none_wanted"
]
Cancelling = Literal["asked_twice", "solved", "customer_asked", "outlet_error", "other"]
Relationship = Literal[
    "spouse", "child", "parent", "sibling", "grandchild", "guardian", "carer", "other"
]
AddressAs = Literal["mr", "ms", "auntie", "uncle", "teacher", "none"]
Topic = Literal[
    "log_in",
    "transfer_limits",
    "balance",
    "statements",
    "bill_payment",
    "fraud_warning",
    "screen_reader",
    "large_text",
    "card_controls",
    "update_app",
]
Point = Literal[
    "presence",
    "consent",
    "identity",
    "observation",
    "intention",
    "authority",
    "photos",
    "guidance",
    "hand_over",
    "other",
]
About = Literal[Point, "request", "postponed", "declined", "cancelled", "returned", "visit"]
Revoking = Literal[
    "consent_withdrawn", "customer_asked", "error", "fraud_suspected", "agent_changed", "other"
]
Scope = Literal["once", "until_expiry"]
Clear = Literal["yes", "no", "unclear"]
Aspect = Literal["identity", "condition", "intention", "photos", "recording"]
Forgettable = Literal[
    "address", "identity", "condition", "intention", "photos", "recording", "signature"
]
ASPECTS: tuple[Aspect, ...] = ("identity", "condition", "intention", "photos", "recording")
PURPOSES: tuple[str, ...] = ("address", *ASPECTS)  # each of them `visits.<name>`
