"""Refusals of notices, addresses and targets."""

from backend.foundation.kernel.problem import problem

target_unreadable = problem(
    422,
    "target_unreadable",
    "Address and secret were sealed for another server and cannot be opened. Enter them again.",
    "地址和密钥在这里打不开，可能是给另一台服务器的。请重新填写。",
    "needs_person",
)
target_elsewhere = problem(
    422,
    "target_elsewhere",
    "Address and secret were given for another target. Enter them again.",
    "地址和密钥是给另一个接收方的。请重新填写。",
    "needs_person",
)
target_address_wrong = problem(
    422,
    "target_address_wrong",
    "This is no web address: {reason}. It begins with https:// and holds no user name.",
    "这不是可用的网络地址：{reason}。地址以 https:// 开头，不含用户名。",
    "needs_person",
)
target_secret_short = problem(
    422,
    "target_secret_short",
    "The secret is too short: {least} characters at least.",
    "密钥太短，至少 {least} 个字符。",
    "needs_person",
)
target_not_paused = problem(
    409,
    "target_not_paused",
    "{target} is not paused.",
    "“{target}”没有暂停。",
    "after_pull",
)
target_is_paused = problem(
    409,
    "target_is_paused",
    "{target} is paused. Resume it first.",
    "“{target}”已暂停。请先恢复。",
    "after_pull",
)
replay_of_what = problem(
    422,
    "replay_of_what",
    "Say one message, or since when, and not both.",
    "请选一条消息，或一个起始时间，不能两样都选。",
    "needs_person",
)
ALL = (
    target_unreadable,
    target_elsewhere,
    target_address_wrong,
    target_secret_short,
    target_not_paused,
    target_is_paused,
    replay_of_what,
)
