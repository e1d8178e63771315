"""What identity refuses, in words for people."""

from backend.foundation.kernel.problem import problem

sign_in_failed = problem(
    401,
    "sign_in_failed",
    "User name or password is wrong. Check both and try again.",
    "用户名或密码不正确，请核对后重试。",
    "needs_person",
)
too_many_tries = problem(
    429,
    "too_many_tries",
    "Too many tries. Wait {retry_after} seconds, then try again.",
    "尝试次数过多，请等待 {retry_after} 秒后再试。",
    "needs_person",
)
sign_in_busy = problem(
    503,
    "sign_in_busy",
    "Many people are signing in at once. Try again in {retry_after} seconds.",
    "当前登录人数较多，请 {retry_after} 秒后再试。",
)
session_unknown = problem(
    401,
    "session_unknown",
    "You are signed out. Sign in again; nothing on this device is lost.",
    "登录已失效，请重新登录。本机上的内容不会丢失。",
    "needs_person",
)
device_mismatch = problem(
    401,
    "device_mismatch",
    "This sign-in belongs to another device. Sign in on this one.",
    "该登录属于另一台设备，请在本机重新登录。",
    "needs_person",
)
device_stopped = problem(
    403,
    "device_stopped",
    "This device may hand over its work but receives nothing. Ask your administrator.",
    "本设备只能上交已有内容，不能再接收数据。请联系管理员。",
    "needs_person",
)
person_suspended = problem(
    403,
    "person_suspended",
    "This account is suspended. Ask your administrator.",
    "该账号已停用，请联系管理员。",
    "needs_person",
)
origin_refused = problem(
    403,
    "origin_refused",
    "This request came from another site and was not carried out.",
    "该请求来自其他网站，未予执行。",
)
username_taken = problem(
    409,
    "username_taken",
    "The user name {username} is already used. Choose another one.",
    "用户名 {username} 已被使用，请换一个。",
    "needs_person",
)
person_unknown = problem(
    422,
    "person_unknown",
    "There is no such person. Choose one from the list.",
    "没有这位人员，请从列表中选择。",
    "after_pull",
)
post_unknown = problem(
    404,
    "post_unknown",
    "This person does not hold that post.",
    "此人没有担任该岗位。",
    "after_pull",
)
post_scope = problem(
    422,
    "post_scope",
    "The post {role} needs {needs}.",
    "岗位 {role} 需要指明：{needs}。",
    "needs_person",
)
post_dates = problem(
    422,
    "post_dates",
    "A post cannot end ({last_day}) before it begins ({first_day}).",
    "岗位结束日期 {last_day} 早于开始日期 {first_day}。",
    "needs_person",
)
no_staff_here = problem(
    422,
    "no_staff_here",
    "{outlet} is a self-service point and has no staff posts.",
    "{outlet} 是自助网点，不设人员岗位。",
    "needs_person",
)
own_account = problem(
    409,
    "own_account",
    "You cannot suspend your own account. Ask another administrator.",
    "不能停用自己的账号，请由其他管理员操作。",
    "needs_person",
)
password_weak = problem(
    422,
    "password_weak",
    "A password needs {least} to {most} characters and differs from the user name.",
    "密码长度为 {least} 至 {most} 个字符，且不能与用户名相同。",
    "needs_person",
)
password_form = problem(
    422,
    "password_form",
    "This is not a password hash that the server accepts.",
    "这不是服务器接受的密码摘要。",
    "needs_person",
)
device_unknown = problem(
    404, "device_unknown", "There is no such device of yours.", "您名下没有这台设备。"
)
ALL = (
    sign_in_failed,
    too_many_tries,
    sign_in_busy,
    session_unknown,
    device_mismatch,
    device_stopped,
    person_suspended,
    origin_refused,
    username_taken,
    person_unknown,
    post_unknown,
    post_scope,
    post_dates,
    no_staff_here,
    own_account,
    password_weak,
    password_form,
    device_unknown,
)
