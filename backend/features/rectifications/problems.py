"""What a case refuses, and what helps."""

from backend.foundation.kernel.problem import problem

own_fix = problem(
    409,
    "own_fix",
    "{person} made this fix and cannot also decide on it. Another manager has to.",
    "整改是{person}自己做的，不能由本人审批。请另一位经理审批。",
    "needs_person",
)
own_outlet_fix = problem(
    409,
    "own_outlet_fix",
    "{person} works at this outlet and cannot decide on its fix. Somebody from outside has to.",
    "{person}在这个网点任职，不能审批本网点的整改。请网点以外的经理审批。",
    "needs_person",
)
content_moved = problem(
    409,
    "content_moved",
    "The case changed after you looked. Look again before you decide.",
    "您看过之后内容变了。请再看一遍再决定。",
    "after_pull",
)
already_moved = problem(
    409,
    "already_moved",
    "The case is {state} by now. Your note and photos are kept with it.",
    "整改单现在是“{state}”。您的说明和照片已保留在单上。",
    "needs_person",
)
not_owner = problem(
    403,
    "not_owner",
    "This case is with somebody else. Ask the manager to give it to you.",
    "这条整改由别人负责。请经理转给您。",
    "after_pull",
    by_post=True,
)
after_photo_missing = problem(
    422,
    "after_photo_missing",
    "There is no photo of the fix. Take one before you report.",
    "还没有整改后的照片。先拍照，再报告。",
    "needs_person",
)
after_equals_before = problem(
    422,
    "after_equals_before",
    "The after photo is the same picture as the before photo. Take a new one.",
    "整改后和整改前是同一张照片。请重拍整改后。",
    "needs_person",
)
evidence_awaited = problem(
    409,
    "evidence_awaited",
    "{awaited} photos of the fix have not arrived whole. Decide when they are here.",
    "还有 {awaited} 张整改照片没有完整到达。到齐后再审批。",
    "after_pull",
)
cause_and_measure_missing = problem(
    422,
    "cause_and_measure_missing",
    "A {severity} finding closes only with its cause and its measure written down.",
    "“{severity}”级问题要写明原因和措施才能销号。",
    "needs_person",
)
owner_out_of_scope = problem(
    422,
    "owner_out_of_scope",
    "{person} has no post for this outlet and line. Hand the case over to their department.",
    "{person}没有这个网点和条线的岗位。请移交给对方部门。",
    "needs_person",
)
handover_restricted = problem(
    422,
    "handover_restricted",
    "Cases of this line go only to people whose post names it. Choose somebody else.",
    "这个条线的问题只能移交给岗位属于该条线的人员，请另选他人。",
    "needs_person",
)
handover_waiting = problem(
    409,
    "handover_waiting",
    "The case already waits for another department to accept it.",
    "这条整改正在等另一个部门接收。",
    "after_pull",
)
no_handover = problem(
    409,
    "no_handover",
    "Nobody has handed this case to your department.",
    "没有人把这条整改移交给您的部门。",
    "after_pull",
)
no_extension_asked = problem(
    409,
    "no_extension_asked",
    "Nobody asks for more time on this case.",
    "这条整改没有待答复的延期申请。",
    "after_pull",
)
due_day_past = problem(
    422,
    "due_day_past",
    "The new day has to lie after today and after the present due day.",
    "新的期限要晚于今天，也要晚于现在的期限。",
    "needs_person",
)
photo_not_yours = problem(
    403,
    "photo_not_yours",
    "Only the person who took the photo may remove it, and only before the report.",
    "只有拍照的人可以在报告之前删除照片。",
)
ALL = (
    own_fix,
    own_outlet_fix,
    content_moved,
    already_moved,
    not_owner,
    after_photo_missing,
    after_equals_before,
    evidence_awaited,
    cause_and_measure_missing,
    owner_out_of_scope,
    handover_restricted,
    handover_waiting,
    no_handover,
    no_extension_asked,
    due_day_past,
    photo_not_yours,
)
