"""What a round refuses, and what helps."""

from backend.foundation.kernel.problem import problem

locked_submitted = problem(
    409,
    "locked_submitted",
    "This round was submitted and no longer changes. What you sent is kept; amend with a reason.",
    "这轮检查已提交，不能再改。您发送的内容已保留；可以注明原因后更正。",
    "needs_person",
)
round_cancelled = problem(
    409,
    "round_cancelled",
    "This round was cancelled. What you recorded is kept; ask the manager about it.",
    "这轮检查已取消。您记录的内容已保留，请联系经理。",
    "needs_person",
)
incomplete = problem(
    422,
    "incomplete",
    "{count} things are still missing. The first: item {item}, {what}.",
    "还缺 {count} 项。第一处：{item}，{what}。",
    "needs_person",
)
own_outlet = problem(
    409,
    "own_outlet",
    "{person} works at this outlet and cannot rate it. Choose somebody else.",
    "{person}在这个网点任职，不能检查自己的网点。请换一位。",
    "needs_person",
)
assignee_out_of_scope = problem(
    422,
    "assignee_out_of_scope",
    "{person} has no post for this outlet and line.",
    "{person}没有这个网点和条线的岗位。",
    "needs_person",
)
window_empty = problem(
    422,
    "window_empty",
    "The round has to be due after it opens.",
    "截止时间要晚于开始时间。",
    "needs_person",
)
finding_unknown = problem(
    404,
    "finding_unknown",
    "This finding is not in the round.",
    "这轮检查里没有这条问题。",
    "after_pull",
)
already_raised = problem(
    409,
    "already_raised",
    "This danger was told at once and is a case by now. Ask the manager to cancel the case.",
    "这条危险问题已立即上报并立案。请经理取消该整改单。",
    "needs_person",
)
not_submitted = problem(
    409,
    "not_submitted",
    "Only a submitted round is amended. Change the answer itself.",
    "已提交的检查才需要更正。请直接修改回答。",
    "after_pull",
)
ALL = (
    locked_submitted,
    round_cancelled,
    incomplete,
    own_outlet,
    assignee_out_of_scope,
    window_empty,
    finding_unknown,
    already_raised,
    not_submitted,
)
