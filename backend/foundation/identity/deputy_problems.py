"""Refusals about deputies."""

from backend.foundation.kernel.problem import problem

own_deputy = problem(
    422,
    "own_deputy",
    "Nobody is their own deputy. Choose somebody else.",
    "不能由本人代理自己，请另选一人。",
    "needs_person",
)
deputy_suspended = problem(
    409,
    "deputy_suspended",
    "The account of {person} is suspended.",
    "{person} 的账号已停用。",
    "needs_person",
)
deputy_days = problem(
    422,
    "deputy_days",
    "From {first_day} to {last_day} does not work: not before {today}, and {days} days at most.",
    "{first_day} 至 {last_day} 不可行：不得早于 {today}，最长 {days} 天。",
    "needs_person",
)
deputy_needless = problem(
    422,
    "deputy_needless",
    "{person} holds no post on these days that decides about others' work.",
    "{person} 在这些日期没有需要代理的审批岗位。",
    "needs_person",
)
deputy_overlaps = problem(
    409,
    "deputy_overlaps",
    "{person} has a deputy from {first_day} to {last_day} already. End that first.",
    "{person} 在 {first_day} 至 {last_day} 已有代理人，请先结束原代理。",
    "needs_person",
)
deputy_away = problem(
    409,
    "deputy_away",
    "{person} is away from {first_day} to {last_day}. Choose somebody who is there.",
    "{person} 在 {first_day} 至 {last_day} 本人也不在岗，请另选一人。",
    "needs_person",
)
deputy_of_deputy = problem(
    409,
    "deputy_of_deputy",
    "{person} is a deputy from {first_day} to {last_day} and cannot pass that on. End it first.",
    "{person} 在 {first_day} 至 {last_day} 正在代理他人，代理不能再转交，请先结束。",
    "needs_person",
)
ALL = (
    own_deputy,
    deputy_suspended,
    deputy_days,
    deputy_needless,
    deputy_overlaps,
    deputy_away,
    deputy_of_deputy,
)
