"""Words of what documents say, in both tongues. Screens have their own."""

from backend.foundation.organisation.model import Words

KINDS = {
    "festival": Words(zh="节日活动", en="Festival"),
    "community": Words(zh="金融服务进社区", en="Finance in the neighbourhood"),
    "kindness": Words(zh="便民服务", en="Standing service"),
    "children": Words(zh="亲子活动", en="Children and families"),
    "training": Words(zh="培训", en="Training"),
    "meeting": Words(zh="会议", en="Meeting"),
}
PEOPLE = {
    "staff": Words(zh="员工", en="Staff"),
    "guest": Words(zh="名单来宾", en="Guest on the roster"),
    "code": Words(zh="名单外编码", en="Code of nobody on the roster"),
    "walk_in": Words(zh="现场来宾", en="Walk-in"),
}
BANDS = {
    "under_14": Words(zh="14 岁以下", en="Under 14"),
    "14_17": Words(zh="14 至 17 岁", en="14 to 17"),
    "18_39": Words(zh="18 至 39 岁", en="18 to 39"),
    "40_59": Words(zh="40 至 59 岁", en="40 to 59"),
    "60_up": Words(zh="60 岁以上", en="60 and over"),
}
# Topics are codes that plans are free to add to; those of other names are shown as they are.
TOPICS = {
    "fraud": Words(zh="防诈骗", en="Fraud"),
    "counterfeit": Words(zh="反假币", en="Counterfeit money"),
    "e_banking": Words(zh="手机银行", en="Mobile banking"),
    "savings": Words(zh="储蓄", en="Savings"),
    "pension": Words(zh="养老金融", en="Pensions"),
    "insurance": Words(zh="保险", en="Insurance"),
    "loans": Words(zh="贷款", en="Loans"),
    "privacy": Words(zh="个人信息保护", en="Personal information"),
}
COUNTERS = {
    "visitors": Words(zh="来访", en="Visitors"),
    "children": Words(zh="儿童", en="Children"),
}
YES = Words(zh="迟到数据", en="came late")
ATTENDANCE = Words(zh="签到名单", en="Attendance")


def said(words: dict[str, Words], code: str, tongue: str) -> str:
    """The words of a code, or the code itself where it has none."""
    found = words.get(code)
    return code if found is None else spoken(found, tongue)


def spoken(words: Words, tongue: str) -> str:
    """One of the two."""
    return words.zh if tongue == "zh" else words.en
