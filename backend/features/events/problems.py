"""What an event refuses, and what helps."""

from backend.foundation.kernel.problem import problem

own_plan = problem(
    409,
    "own_plan",
    "{person} planned this event and cannot also decide on it. Another manager has to.",
    "活动是{person}自己策划的，不能由本人审批。请另一位经理审批。",
    "needs_person",
)
own_result = problem(
    409,
    "own_result",
    "{person} handed in this result and cannot also accept it. Another manager has to.",
    "结果是{person}自己提交的，不能由本人验收。请另一位经理验收。",
    "needs_person",
)
event_moved = problem(
    409,
    "event_moved",
    "The event changed after you looked. Look again before you decide.",
    "您看过之后活动内容变了。请再看一遍再决定。",
    "after_pull",
)
event_day = problem(
    422,
    "event_day",
    "Name either a day or a festival. The last day cannot lie before the first.",
    "请填写日期或选择节日，二选一。结束日期不能早于开始日期。",
    "needs_person",
)
event_hours = problem(
    422,
    "event_hours",
    "The event has to end after it begins.",
    "结束时间要晚于开始时间。",
    "needs_person",
)
minor_safe_fixed = problem(
    422,
    "minor_safe_fixed",
    "Children come to this kind of event: protection of minors cannot be turned off.",
    "这类活动有儿童参加，不能关闭未成年人保护模式。",
    "needs_person",
)
plan_place_fixed = problem(
    422,
    "plan_place_fixed",
    "Outlet and line of a plan stay as they are. Cancel it and plan another one.",
    "活动的网点和条线不能更改。请取消后重新策划。",
    "needs_person",
)
named_twice = problem(
    422,
    "named_twice",
    "{what} is named twice.",
    "{what}重复了。",
    "needs_person",
)
event_staff_out_of_scope = problem(
    422,
    "event_staff_out_of_scope",
    "{person} has no post for this outlet and line and cannot work at the event.",
    "{person}没有这个网点和条线的岗位，不能担任活动人员。",
    "needs_person",
)
approver_out_of_scope = problem(
    422,
    "approver_out_of_scope",
    "{person} has no post that approves events of this outlet and line. Choose somebody else.",
    "{person}没有审批这个网点和条线活动的岗位，请另选他人。",
    "needs_person",
)
not_event_staff = problem(
    403,
    "not_event_staff",
    "You are not among the staff of this event. Ask whoever planned it.",
    "您不是这场活动的工作人员。请联系策划人。",
    "after_pull",
)
event_not_open = problem(
    409,
    "event_not_open",
    "The event is not open yet. Open it first, then check people in.",
    "活动还没有开始。先开始活动，再签到。",
    "after_pull",
)
event_over = problem(
    409,
    "event_over",
    "The event is {state} by now. Nothing was changed.",
    "活动现在是“{state}”，没有做任何改动。",
    "after_pull",
)
how_unclear = problem(
    422,
    "how_unclear",
    "A check-in by {how} names one person, and only in the way that belongs to it.",
    "“{how}”方式的签到要指明一个人，且只用对应的方式。",
    "needs_person",
)
entry_unknown = problem(
    422,
    "entry_unknown",
    "This person is not on the roster of the event.",
    "名单上没有这个人。",
    "after_pull",
)
child_identified = problem(
    422,
    "child_identified",
    "Of a child under fourteen no name and no telephone number is kept.",
    "未满十四周岁的儿童，不保留姓名和电话。",
    "needs_person",
)
entry_name_missing = problem(
    422,
    "entry_name_missing",
    "A guest or colleague on the roster needs a name.",
    "名单上的来宾或员工要有姓名。",
    "needs_person",
)
entry_code_taken = problem(
    409,
    "entry_code_taken",
    "The code {code} belongs to somebody else on this roster.",
    "编码 {code} 在名单上已属于另一个人。",
    "needs_person",
)
roster_full = problem(
    409,
    "roster_full",
    "This part of the roster is full: {limit} people. Put the rest into another part.",
    "名单的这一部分已满（{limit} 人）。其余请放入另一部分。",
    "needs_person",
)
check_in_unknown = problem(
    422,
    "check_in_unknown",
    "One of these check-ins does not belong to this event.",
    "其中有签到不属于这场活动。",
    "after_pull",
)
same_sighting = problem(
    422,
    "same_sighting",
    "Two different check-ins are needed to compare.",
    "需要两条不同的签到才能比对。",
    "needs_person",
)
below_zero = problem(
    422,
    "below_zero",
    "You can only take back what this phone counted: {left}.",
    "只能减去本机已计的数量：{left}。",
    "needs_person",
)
material_unknown = problem(
    422,
    "material_unknown",
    "This material is not in the plan of the event.",
    "活动计划里没有这种物料。",
    "after_pull",
)
consent_needed = problem(
    422,
    "consent_needed",
    "The person did not agree to this: {purpose}. Without it nothing is kept.",
    "当事人没有同意“{purpose}”，不能保留。",
    "needs_person",
)
minor_photo = problem(
    422,
    "minor_photo",
    "Children may be on this photo. Cover the faces, or take a guardian's consent first.",
    "照片里可能有儿童。请先遮盖人脸，或先取得监护人同意。",
    "needs_person",
)
boxes_missing = problem(
    422,
    "boxes_missing",
    "A photo with covered faces needs at least one box.",
    "已遮盖人脸的照片至少要有一个遮盖框。",
    "needs_person",
)
photo_not_here = problem(
    422,
    "photo_not_here",
    "One of the chosen photos is not a photo of this event.",
    "所选照片中有的不属于这场活动。",
    "after_pull",
)
result_missing = problem(
    409,
    "result_missing",
    "Nobody has handed in the result of this event.",
    "还没有人提交活动结果。",
    "after_pull",
)
ALL = (
    own_plan,
    own_result,
    event_moved,
    event_day,
    event_hours,
    minor_safe_fixed,
    plan_place_fixed,
    named_twice,
    event_staff_out_of_scope,
    approver_out_of_scope,
    not_event_staff,
    event_not_open,
    event_over,
    how_unclear,
    entry_unknown,
    child_identified,
    entry_name_missing,
    entry_code_taken,
    roster_full,
    check_in_unknown,
    same_sighting,
    below_zero,
    material_unknown,
    consent_needed,
    minor_photo,
    boxes_missing,
    photo_not_here,
    result_missing,
)
