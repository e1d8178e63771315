"""Refusals of checklists: what a template, an answer or a publication may not be."""

from backend.foundation.kernel.problem import problem

template_invalid = problem(
    422,
    "template_invalid",
    "The checklist has {count} faults. The first, at {where}: {reason_en}.",
    "检查表有 {count} 处错误。第一处在 {where}：{reason_zh}。",
    "needs_person",
)
template_id_mismatch = problem(
    422,
    "template_id_mismatch",
    "The checklist was changed on its way: its content does not give the id {id}.",
    "检查表在途中被改动：内容与编号 {id} 对不上。",
)
template_exists = problem(
    409,
    "template_exists",
    "This very checklist is already published. Change something before publishing again.",
    "内容完全相同的检查表已经发布。有改动后再发布。",
)
template_edition_taken = problem(
    409,
    "template_edition_taken",
    "Checklist {code} already has an edition {edition}. Give this one another name.",
    "检查表 {code} 已有 {edition} 版。请换一个版次。",
    "needs_person",
)
template_unknown = problem(
    404,
    "template_unknown",
    "This checklist version is not here, or your post does not lead to it.",
    "没有这一版检查表，或者您的岗位不能使用。",
    "after_pull",
)
template_retired = problem(
    409,
    "template_retired",
    "This checklist version is already retired.",
    "这一版检查表已经停用。",
    "after_pull",
)
assessment_missing = problem(
    422,
    "assessment_missing",
    "A checklist for visits of persons needs its impact assessment. Enter the reference.",
    "上门访问的检查表须附个人信息保护影响评估。请填写评估编号。",
    "needs_person",
)
reference_missing = problem(
    409,
    "reference_missing",
    "The reference picture of item {no} is not here. Send it first, then publish.",
    "{no} 项的参考图还没有上传。先传图，再发布。",
    "needs_person",
)
template_item_unknown = problem(
    422,
    "template_item_unknown",
    "Item {item} is not on this checklist. Your answer is kept.",
    "检查表上没有 {item} 这一项。您的回答已保留。",
    "needs_person",
)
answer_out_of_range = problem(
    422,
    "answer_out_of_range",
    "Item {no}: {value} is outside {min} to {max}. Check the figure.",
    "{no} 项：{value} 不在 {min} 至 {max} 之间。请核对数字。",
    "needs_person",
)
answer_too_precise = problem(
    422,
    "answer_too_precise",
    "Item {no}: at most {decimals} digits after the point.",
    "{no} 项：小数点后最多 {decimals} 位。",
    "needs_person",
)
points_do_not_add_up = problem(
    422,
    "points_do_not_add_up",
    "Item {no}: the reasons leave {expected} tenths of a point, not {points}.",
    "{no} 项：按扣分原因应得 {expected}（0.1 分），不是 {points}。",
    "needs_person",
)
last_day_past = problem(
    422,
    "last_day_past",
    "{day} is over. Choose today or a later day as the last one, or retire it at once.",
    "{day} 已经过去。最后一天请选今天或以后，或者立即停用。",
    "needs_person",
)
drafts_full = problem(
    409,
    "drafts_full",
    "You have {limit} drafts. Publish or drop one before beginning another.",
    "您已有 {limit} 份草稿。请先发布或删掉一份再新建。",
    "needs_person",
)
clause_unknown = problem(
    422,
    "clause_unknown",
    "Item {no}: the edition has no clause {clause}, or it belongs to another line.",
    "{no} 项：该版标准没有第 {clause} 条，或属于其他条线。",
    "needs_person",
)
clause_differs = problem(
    422,
    "clause_differs",
    "Item {no}: clause {clause} says something else in that edition. Choose it again.",
    "{no} 项：第 {clause} 条与该版标准的原文不一致。请重新选择条款。",
    "needs_person",
)
clause_doubled = problem(
    422,
    "clause_doubled",
    "Clause {clause} is there twice. Give each its own number.",
    "第 {clause} 条出现两次。每条须有自己的编号。",
    "needs_person",
)
clause_words = problem(
    422,
    "clause_words",
    "Clause {clause} needs words in Chinese and in English.",
    "第 {clause} 条须写中文和英文。",
    "needs_person",
)
edition_unknown = problem(
    404,
    "edition_unknown",
    "This edition of a standard is not here, or your post does not lead to it.",
    "没有这一版标准，或者您的岗位不能查看。",
    "after_pull",
)
edition_taken = problem(
    409,
    "edition_taken",
    "Standard {code} already has an edition {edition}. Give this one another name.",
    "标准 {code} 已有 {edition} 版。请换一个版次。",
    "needs_person",
)
edition_days = problem(
    422,
    "edition_days",
    "The last day lies before the first. Change one of them.",
    "失效日早于生效日。请修改其中一个。",
    "needs_person",
)
edition_overlap = problem(
    409,
    "edition_overlap",
    "In these days edition {edition} is in force. Two cannot be at once.",
    "这段时间已有 {edition} 版生效。两版不能同时有效。",
    "needs_person",
)
codes_unknown = problem(
    422,
    "codes_unknown",
    "Item {no}: there is no code list {list}. Choose another one, or write your own choices.",
    "{no} 项：没有代码表 {list}。请另选一个，或自己写选项。",
    "after_pull",
)
codes_closed = problem(
    422,
    "codes_closed",
    "Item {no}: code list {list} is closed since {on}. Choose another, or write your own choices.",
    "{no} 项：代码表 {list} 自 {on} 起已关闭。请另选一个，或改用自己的选项。",
    "needs_person",
)
codes_too_few = problem(
    422,
    "codes_too_few",
    "Item {no}: code list {list} has {count} codes in force; two are needed to choose.",
    "{no} 项：代码表 {list} 现有 {count} 个有效代码，至少要有两个才能选择。",
    "needs_person",
)
codes_too_many = problem(
    422,
    "codes_too_many",
    "Item {no}: code list {list} has {count} codes in force; a checklist shows {limit} at most.",
    "{no} 项：代码表 {list} 现有 {count} 个有效代码，检查表最多显示 {limit} 个。",
    "needs_person",
)
codes_differ = problem(
    409,
    "codes_differ",
    "Item {no}: code list {list} says something else now. Take its newer state over.",
    "{no} 项：代码表 {list} 已有更新。请采用新的内容。",
    "needs_person",
)
ALL = (
    template_invalid,
    template_id_mismatch,
    template_exists,
    template_edition_taken,
    template_unknown,
    template_retired,
    assessment_missing,
    reference_missing,
    template_item_unknown,
    answer_out_of_range,
    answer_too_precise,
    points_do_not_add_up,
    last_day_past,
    drafts_full,
    clause_unknown,
    clause_differs,
    clause_doubled,
    clause_words,
    edition_unknown,
    edition_taken,
    edition_days,
    edition_overlap,
    codes_unknown,
    codes_closed,
    codes_too_few,
    codes_too_many,
    codes_differ,
)
