"""Why nobody comes in, or not as they wish."""

from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    gettext_noop,
)


class IdentityRefusal(Refusal):
    """Base of everything this room refuses."""


class TooManyAttempts(IdentityRefusal, NotPermitted):
    """Too many wrong passwords in a short time."""

    code = "too-many-attempts"
    template = gettext_noop("密码多次输入有误，为保护您的账号，登录已暂停 {minutes} 分钟。")
    remedy = gettext_noop("请稍后再试；忘记密码的，可持身份证到任一办事窗口重置。")


class NotRealName(IdentityRefusal, Invalid):
    """Name, ID number and phone are not one person's, as far as the authority knows."""

    code = "not-real-name"
    template = gettext_noop("姓名、身份证号与登记手机号核对不一致，未能注册。")
    remedy = gettext_noop("请核对后重试；确认无误仍不通过的，可持身份证到任一办事窗口办理。")


class NotCitizenId(IdentityRefusal, Invalid):
    """The ID number has the wrong shape or check digit."""

    code = "not-citizen-id"
    template = gettext_noop("身份证号不正确。")
    remedy = gettext_noop("请核对 18 位号码，最后一位可能是字母 X。")


class UsernameTaken(IdentityRefusal, Conflict):
    """Another account has this user name."""

    code = "username-taken"
    template = gettext_noop("用户名“{username}”已被使用。")
    remedy = gettext_noop("请换一个用户名。")


class NotUsername(IdentityRefusal, Invalid):
    """The user name has characters or a length that are not accepted."""

    code = "not-username"
    template = gettext_noop("用户名须为 4–30 位字母、数字、点、横线或下划线。")


class PasswordTooWeak(IdentityRefusal, Invalid):
    """The password is easily guessed."""

    code = "password-too-weak"
    template = gettext_noop("密码不够安全：{reasons}")


class PersonHasAccount(IdentityRefusal, Conflict):
    """The person has an account already."""

    code = "person-has-account"
    template = gettext_noop("该身份证号已注册过账号。")
    remedy = gettext_noop("请直接登录；忘记用户名或密码的，可持身份证到任一办事窗口重置。")


class StaffHasAccount(IdentityRefusal, Conflict):
    """The member of staff has an account already."""

    code = "staff-has-account"
    template = gettext_noop("工号 {staff_number} 已有账号。")
    remedy = gettext_noop("请为原账号签发一次性链接。")


class NotYourPost(IdentityRefusal, NotPermitted):
    """The member of staff does not hold this post today."""

    code = "not-your-post"
    template = gettext_noop("您今天不在岗位“{post}”上。")
    remedy = gettext_noop("请从您的岗位中选择；岗位有误请联系本单位管理员。")


class NoSuchAccount(IdentityRefusal, NotFound):
    """No account of that number or name."""

    code = "no-such-account"
    template = gettext_noop("没有这个账号。")


class LinkClosed(IdentityRefusal, NotFound):
    """The one-time link was used, has expired, or never was."""

    code = "link-closed"
    template = gettext_noop("这个链接已使用过或已失效。")
    remedy = gettext_noop("请让管理员重新签发。")


class NotDemonstration(IdentityRefusal, NotFound):
    """Only demonstration accounts, and only in demonstration mode, can be switched to."""

    code = "not-demonstration"
    template = gettext_noop("只有演示模式下可以切换角色。")


class NoRealNameAuthority(IdentityRefusal, Conflict):
    """No authority that can say who somebody is has been connected."""

    code = "no-real-name-authority"
    template = gettext_noop("本系统还没有接入权威的实名核验，暂不能在线注册。")
    remedy = gettext_noop("请到综合窗口，由工作人员核验身份后开通。")


class OwnAccount(IdentityRefusal, Conflict):
    """Nobody shuts themselves out."""

    code = "own-account"
    template = gettext_noop("不能停用自己的账号。")
    remedy = gettext_noop("请由另一位管理员办理。")


class LastAdministrator(IdentityRefusal, Conflict):
    """Nobody would be left who can manage accounts."""

    code = "last-administrator"
    template = gettext_noop("这是最后一个能管理账号的账号，不能停用。")
    remedy = gettext_noop("请先让另一位管理员能够登录。")


class AccountSuspended(IdentityRefusal, Conflict):
    """A suspended account gets no way in."""

    code = "account-suspended"
    template = gettext_noop("账号“{username}”已停用，不能签发登录链接。")
    remedy = gettext_noop("请先恢复账号。")


class LinkForStaffOnly(IdentityRefusal, NotPermitted):
    """An administrator lets nobody in as a citizen: who they are is proved elsewhere."""

    code = "link-for-staff-only"
    template = gettext_noop("一次性登录链接只能签发给工作人员的账号。")
    remedy = gettext_noop("办事人忘记密码的，由本人到窗口核实身份后办理。")


class ReasonMissing(IdentityRefusal, Invalid):
    """Who may come in is changed with a reason."""

    code = "account-reason-missing"
    template = gettext_noop("请写明理由。")
