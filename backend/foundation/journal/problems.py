"""Refusals that the journal itself gives."""

from backend.foundation.kernel.problem import problem

op_unknown = problem(
    422,
    "op_unknown",
    "The server does not know “{op}”. It is kept; a newer server may take it.",
    "服务器不认识“{op}”。内容已保留，等服务器更新后可再处理。",
    "after_upgrade",
)
actor_mismatch = problem(
    403,
    "actor_mismatch",
    "This was recorded by somebody else on this device. They have to sign in to send it.",
    "这是另一位同事在本机记录的，需要本人登录后发送。",
    "needs_person",
)
group_refused = problem(
    409,
    "group_refused",
    "One part of this was not accepted ({code}), so the whole of it waits.",
    "其中一部分没有被接受（{code}），所以整组都没有生效。",
    "needs_person",
)
parent_rejected = problem(
    409,
    "parent_rejected",
    "The record this belongs to was not accepted ({code}).",
    "它所属的记录没有被接受（{code}）。",
    "needs_person",
)
not_assigned = problem(
    403,
    "not_assigned",
    "This is no longer assigned to you. What you recorded is kept.",
    "这项任务已不再由您负责。您记录的内容已保留。",
    "final",
)
command_reused = problem(
    409,
    "command_reused",
    "This command was sent before with other content. Both are kept.",
    "这条指令之前发送过不同的内容。两份都已保留。",
    "final",
)
escrowed = problem(
    422,
    "escrowed",
    "The server could not read this. Its bytes are kept, and somebody will look.",
    "服务器无法读取这条记录。原始数据已保留，会有人处理。",
    "needs_person",
)
constraint_broken = problem(
    409,
    "constraint_broken",
    "Another record stands in the way of this one. It is kept, and somebody will look.",
    "与另一条记录冲突。内容已保留，会有人处理。",
    "needs_person",
)
record_erased = problem(
    410,
    "record_erased",
    "This record was erased. What you had added to it could not be kept.",
    "这条记录已按规定删除。您补充的内容没有保留。",
)
erased_in_group = problem(
    409,
    "erased_in_group",
    "An earlier part of this was to erase the record, so the whole of it waits.",
    "同组前面的操作要删除这条记录，所以整组都没有生效。",
    "needs_person",
)
deputy_over = problem(
    403,
    "deputy_over",
    "Your own posts do not allow this, and for {person} you decide from {first_day} to {last_day} "
    "only. What you recorded is kept.",
    "您自己的岗位没有这项权限，代理{person}只在 {first_day} 至 {last_day}。您记录的内容已保留。",
    "needs_person",
)
busy = problem(
    503,
    "busy",
    "The server is busy. Everything stays on this device and is sent again.",
    "服务器忙。内容都在本机，稍后会再次发送。",
)
ALL = (
    op_unknown,
    actor_mismatch,
    group_refused,
    parent_rejected,
    not_assigned,
    command_reused,
    escrowed,
    constraint_broken,
    record_erased,
    erased_in_group,
    deputy_over,
    busy,
)
