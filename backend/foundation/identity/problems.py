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
receiver_unfit = problem(
    409,
    "receiver_unfit",
    "{person} cannot take this work over. Choose somebody else who is active.",
    "{person} 不能接手，请另选一位在用的人员。",
    "needs_person",
)
work_elsewhere = problem(
    409,
    "work_elsewhere",
    "This is no longer with that person. Look again.",
    "这项工作已不在此人名下，请重新查看。",
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
post_overlaps = problem(
    409,
    "post_overlaps",
    "This person already holds this post from {first_day} to {last_day}. End that one first.",
    "此人在 {first_day} 至 {last_day} 已担任同一岗位，请先结束原岗位。",
    "needs_person",
)
own_post = problem(
    409,
    "own_post",
    "You cannot give up your own administration. Ask another administrator.",
    "不能结束自己的管理员岗位，请由其他管理员操作。",
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
password_same = problem(
    422,
    "password_same",
    "The new password is the old one. Choose another one.",
    "新密码与原密码相同，请换一个。",
    "needs_person",
)
password_old_wrong = problem(
    403,
    "password_old_wrong",
    "The old password is wrong; nothing was changed. Type it again.",
    "原密码不正确，密码未更改。请重新输入。",
    "needs_person",
)
password_one_time = problem(
    403,
    "password_one_time",
    "This password is good for one thing: choosing your own. Type a new one to sign in.",
    "这是一次性密码，请设置自己的新密码后登录。",
    "needs_person",
)
password_lapsed = problem(
    403,
    "password_lapsed",
    "This one-time password was not used in time. Ask your administrator for another one.",
    "一次性密码已过期，请向管理员重新索取。",
    "needs_person",
)
own_password = problem(
    409,
    "own_password",
    "Your own password is changed under This device, with the old one.",
    "自己的密码请在“本机”页面凭原密码修改。",
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
own_device = problem(
    409,
    "own_device",
    "This is the device in your hand. Stop it from another one.",
    "这是您正在使用的设备，请在另一台设备上操作。",
    "needs_person",
)
not_ordered = problem(
    409,
    "not_ordered",
    "Nobody ordered this device to erase itself ({state}).",
    "没有人要求本设备清除数据（{state}）。",
)
pin_easy = problem(
    422,
    "pin_easy",
    "This PIN is among the first that anybody tries. Choose six other digits.",
    "这个 PIN 太容易被猜到，请换六位数字。",
    "needs_person",
)
pin_wrong = problem(
    403,
    "pin_wrong",
    "The PIN given for {person} is wrong. Give it again.",
    "{person} 的 PIN 不正确，请重新输入。",
    "needs_person",
)
pin_not_set = problem(
    409,
    "pin_not_set",
    "{person} has no PIN. It is set on their own phone, under This device.",
    "{person} 还没有设置 PIN。请在本人手机的“本机”页面设置。",
    "needs_person",
)
pin_locked = problem(
    429,
    "pin_locked",
    "Too many wrong PINs for {person}. Wait {retry_after} seconds, or use their own phone.",
    "{person} 的 PIN 输错次数过多，请等待 {retry_after} 秒，或改用本人手机。",
    "needs_person",
)
pin_suspended = problem(
    403,
    "pin_suspended",
    "The account of {person} is suspended, and so is their PIN.",
    "{person} 的账号已停用，PIN 也随之停用。",
    "needs_person",
)
pin_elsewhere = problem(
    409,
    "pin_elsewhere",
    "This PIN was given for something else. Give it again here.",
    "这个 PIN 是为另一次操作输入的，请在这里重新输入。",
    "needs_person",
)
pin_unreadable = problem(
    422,
    "pin_unreadable",
    "The PIN cannot be read: sealed for another server, or changed on the way. Give it again.",
    "PIN 无法读取：它是为另一台服务器加密的，或在途中被改动。请重新输入。",
    "needs_person",
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
    receiver_unfit,
    work_elsewhere,
    post_unknown,
    post_scope,
    post_dates,
    no_staff_here,
    post_overlaps,
    own_post,
    own_account,
    password_weak,
    password_same,
    password_old_wrong,
    password_one_time,
    password_lapsed,
    own_password,
    password_form,
    device_unknown,
    own_device,
    not_ordered,
    pin_easy,
    pin_wrong,
    pin_not_set,
    pin_locked,
    pin_suspended,
    pin_elsewhere,
    pin_unreadable,
)
