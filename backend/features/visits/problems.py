"""What visits refuse, and what helps."""

from backend.foundation.kernel.problem import problem

staff_pair = problem(
    422,
    "staff_pair",
    "A visit needs two different people. Choose another one.",
    "上门必须由两位不同的员工一起去。请另选一人。",
    "needs_person",
)
staff_out_of_scope = problem(
    422,
    "staff_out_of_scope",
    "{person} has no post that goes on visits for this outlet and line.",
    "{person}没有这个网点和条线的上门岗位。",
    "needs_person",
)
visit_window_empty = problem(
    422,
    "visit_window_empty",
    "The visit would end before it begins. Choose a later hour.",
    "结束时间早于开始时间。请改晚一些。",
    "needs_person",
)
not_visit_staff = problem(
    403,
    "not_visit_staff",
    "This visit is with two other people. What you recorded is kept beside it.",
    "这次上门由另外两位同事负责。您记录的内容已保留在旁。",
    "after_pull",
)
presence_missing = problem(
    409,
    "presence_missing",
    "Only {present} of two people have signed in at the visit. The other one has to sign in too.",
    "两位员工只有 {present} 位在现场签到。请另一位也签到。",
    "needs_person",
)
consent_missing = problem(
    409,
    "consent_missing",
    "Nobody has asked the customer about {purpose}. Ask first; or offer the outlet's counter.",
    "还没有就“{purpose}”征求本人同意。请先征求同意，或请其到网点办理。",
    "needs_person",
)
consent_refused = problem(
    409,
    "consent_refused",
    "The customer did not agree to {purpose}, so it is not recorded. Offer the outlet's counter.",
    "本人不同意“{purpose}”，不能记录。可以请其到网点办理。",
    "needs_person",
)
consent_withdrawn = problem(
    409,
    "consent_withdrawn",
    "The customer took back what they agreed to about {purpose}. It cannot be recorded any more.",
    "本人已撤回对“{purpose}”的同意，不能再记录。",
)
consent_expired = problem(
    409,
    "consent_expired",
    "What the customer agreed to about {purpose} has run out. Ask again.",
    "本人对“{purpose}”的同意已过期。请重新征求同意。",
    "needs_person",
)
visit_incomplete = problem(
    422,
    "visit_incomplete",
    "The visit cannot be handed in yet. Missing: {missing}.",
    "还不能提交。缺少：{missing}。",
    "needs_person",
)
chain_broken = problem(
    422,
    "chain_broken",
    "{number} was given away by somebody who did not have it. Check who took it before.",
    "{number} 的交接接不上：交出的人此前没有接手。请核对上一次交接。",
    "needs_person",
)
credential_in_text = problem(
    422,
    "credential_in_text",
    "This looks like a password or a code. Nobody may write one down: take it out and send again.",
    "这里像是密码或验证码。任何人都不得记录，请删掉后再发送。",
    "needs_person",
)
wrong_kind = problem(
    422,
    "wrong_kind",
    "This does not belong to a visit of this kind ({kind}).",
    "这一类上门（{kind}）没有这项内容。",
)
visit_moved = problem(
    409,
    "visit_moved",
    "The visit is {state} by now. What you recorded is kept beside it.",
    "这次上门现在是“{state}”。您记录的内容已保留在旁。",
    "needs_person",
)
own_visit = problem(
    409,
    "own_visit",
    "{person} was at this visit and cannot also decide on it. Somebody else has to.",
    "{person}参加了这次上门，不能自己复核。请另一位同事复核。",
    "needs_person",
)
visit_content_moved = problem(
    409,
    "visit_content_moved",
    "The visit changed after you looked. Look again before you decide.",
    "您看过之后内容变了。请再看一遍再决定。",
    "after_pull",
)
doubt_needs_supervisor = problem(
    403,
    "doubt_needs_supervisor",
    "The staff had a doubt. A manager or the line's lead has to decide on it.",
    "上门员工有疑虑，须由经理或条线主管决定。",
    "needs_person",
    by_post=True,
)
visit_evidence_awaited = problem(
    409,
    "visit_evidence_awaited",
    "{awaited} photos of the visit have not arrived whole. Decide when they are here.",
    "还有 {awaited} 张上门照片没有完整到达。到齐后再复核。",
    "after_pull",
)
authority_past = problem(
    422,
    "authority_past",
    "What the customer wants allowed ends before today. Choose a later day.",
    "授权的截止日早于今天。请改晚一些。",
    "needs_person",
)
visit_photo_not_yours = problem(
    403,
    "visit_photo_not_yours",
    "Only the person who took the photo may remove it, and only before the visit is handed in.",
    "只有拍照的人可以在提交之前删除照片。",
)
authorisation_expired = problem(
    409,
    "authorisation_expired",
    "Authorisation {number} ended on {until}. A new visit is needed, or the counter.",
    "授权 {number} 已于 {until} 到期。需重新上门核实，或到柜台办理。",
    "needs_person",
)
authorisation_used = problem(
    409,
    "authorisation_used",
    "Authorisation {number} was good for one piece of business, and that was done.",
    "授权 {number} 只能办理一次，已经用过。",
    "needs_person",
)
authorisation_revoked = problem(
    409,
    "authorisation_revoked",
    "Authorisation {number} was revoked. Do nothing on it.",
    "授权 {number} 已被撤销，不能再办理。",
    "needs_person",
)
business_not_covered = problem(
    422,
    "business_not_covered",
    "Authorisation {number} does not cover this business.",
    "授权 {number} 不包括这项业务。",
    "needs_person",
)
route_not_yours = problem(
    403,
    "route_not_yours",
    "Everybody puts their own visits in order.",
    "每个人只能排自己的上门顺序。",
)
ALL = (
    staff_pair,
    staff_out_of_scope,
    visit_window_empty,
    not_visit_staff,
    presence_missing,
    consent_missing,
    consent_refused,
    consent_withdrawn,
    consent_expired,
    visit_incomplete,
    chain_broken,
    credential_in_text,
    wrong_kind,
    visit_moved,
    own_visit,
    visit_content_moved,
    doubt_needs_supervisor,
    visit_evidence_awaited,
    authority_past,
    visit_photo_not_yours,
    authorisation_expired,
    authorisation_used,
    authorisation_revoked,
    business_not_covered,
    route_not_yours,
)
