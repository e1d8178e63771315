"""Refusals of privacy: what a notice, a consent, a withdrawal or a hold may not be."""

from backend.foundation.kernel.problem import problem

notice_invalid = problem(
    422,
    "notice_invalid",
    "The notice has {count} faults. The first: {reason_en}.",
    "告知书有 {count} 处错误。第一处：{reason_zh}。",
    "needs_person",
)
notice_id_mismatch = problem(
    422,
    "notice_id_mismatch",
    "The notice was changed on its way: its content does not give the id {id}.",
    "告知书在途中被改动：内容与编号 {id} 对不上。",
)
notice_exists = problem(
    409,
    "notice_exists",
    "This very notice is already published. Change something before publishing again.",
    "内容完全相同的告知书已经发布。有改动后再发布。",
)
notice_edition_taken = problem(
    409,
    "notice_edition_taken",
    "Notice {code} already has an edition {edition}. Give this one another name.",
    "告知书 {code} 已有 {edition} 版。请换一个版次。",
    "needs_person",
)
purpose_unknown = problem(
    422,
    "purpose_unknown",
    "Nothing here is kept for the purpose {purpose}. Check its code.",
    "系统没有为“{purpose}”这一目的保存任何信息。请核对代码。",
    "needs_person",
)
notice_unknown = problem(
    404,
    "notice_unknown",
    "This notice was never published here.",
    "这里从未发布过这份告知书。",
    "after_pull",
)
notice_retired = problem(
    409,
    "notice_retired",
    "This notice is retired. Read the person the one in force and ask again.",
    "这份告知书已停用。请向本人宣读现行告知书并重新征求同意。",
    "needs_person",
)
answers_missing = problem(
    422,
    "answers_missing",
    "No purpose was answered. Ask about each one.",
    "没有对任何一项目的作答。请逐项征求意见。",
    "needs_person",
)
purpose_answered_twice = problem(
    422,
    "purpose_answered_twice",
    "The purpose {purpose} is answered twice. Keep one answer.",
    "“{purpose}”作答了两次。请只保留一个答案。",
    "needs_person",
)
purpose_not_covered = problem(
    422,
    "purpose_not_covered",
    "The notice says nothing of the purpose {purpose}, so nobody can agree to it.",
    "告知书没有提到“{purpose}”，不能就此征求同意。",
    "needs_person",
)
guardian_required = problem(
    422,
    "guardian_required",
    "For a child under 14 a guardian has to answer.",
    "未满十四周岁的儿童须由监护人作答。",
    "needs_person",
)
consent_proof_missing = problem(
    422,
    "consent_proof_missing",
    "How the consent was given is not shown: {what} is missing.",
    "没有留下同意的凭据：缺少 {what}。",
    "needs_person",
)
witness_own = problem(
    422,
    "witness_own",
    "Whoever takes the consent down cannot also be its witness. Name somebody else.",
    "记录同意的人不能同时作见证人。请另指定一人。",
    "needs_person",
)
validity_past = problem(
    422,
    "validity_past",
    "The consent would end before it begins. Choose a later moment.",
    "同意的有效期早于给出的时间。请选更晚的时间。",
    "needs_person",
)
nothing_to_withdraw = problem(
    409,
    "nothing_to_withdraw",
    "The purpose {purpose} was not agreed to here, so there is nothing to take back.",
    "此处没有对“{purpose}”的同意，无可撤回。",
    "after_pull",
)
hold_released = problem(
    409,
    "hold_released",
    "This hold was released before.",
    "这项暂停删除已经解除。",
    "after_pull",
)
last_four_not_kept = problem(
    422,
    "last_four_not_kept",
    "No character of the document is kept here. Leave the last four out.",
    "这里不保存证件号的任何字符。请去掉后四位。",
    "needs_person",
)
ALL = (
    notice_invalid,
    notice_id_mismatch,
    notice_exists,
    notice_edition_taken,
    purpose_unknown,
    notice_unknown,
    notice_retired,
    answers_missing,
    purpose_answered_twice,
    purpose_not_covered,
    guardian_required,
    consent_proof_missing,
    witness_own,
    validity_past,
    nothing_to_withdraw,
    hold_released,
    last_four_not_kept,
)
