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
    """The one-time link or code never was; its children say what became of it."""

    code = "link-closed"
    template = gettext_noop("没有这个一次性代码或链接。")
    remedy = gettext_noop("请核对后重新输入。")


class LinkUsed(LinkClosed):
    """It let in once already, or a later one took its place."""

    code = "link-used"
    template = gettext_noop("这个一次性代码或链接已经用过，或已被后来的操作作废。")
    remedy = gettext_noop(
        "请到窗口出示身份证重新签发；工作人员请联系系统管理员。不是您用的，请立即告诉窗口。"
    )


class LinkExpired(LinkClosed):
    """Its hour is over."""

    code = "link-expired"
    template = gettext_noop("这个一次性代码或链接已过一小时有效期。")
    remedy = gettext_noop("请到窗口出示身份证重新签发；工作人员请联系系统管理员。")


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


class HolderUnknown(IdentityRefusal, NotFound):
    """Nobody signed up with that ID number."""

    code = "holder-unknown"
    template = gettext_noop("这个身份证号还没有注册过账号。")
    remedy = gettext_noop("请核对号码；确实没有账号的，无需找回。")


class StaffRestoredElsewhere(IdentityRefusal, NotPermitted):
    """A member of staff gets back in by the administrator, not at a window."""

    code = "staff-restored-elsewhere"
    template = gettext_noop("这是工作人员的账号，窗口不能签发一次性代码。")
    remedy = gettext_noop("请由系统管理员签发一次性登录链接。")


class DocumentNotSeen(IdentityRefusal, Invalid):
    """Nobody gets in on a number alone."""

    code = "document-not-seen"
    template = gettext_noop("请先查验身份证原件。")
    remedy = gettext_noop("只报号码、只有照片或复印件的，不能办理。")


class HolderNotPresent(IdentityRefusal, Invalid):
    """The document's holder comes in person; nobody else gets their way in."""

    code = "holder-not-present"
    template = gettext_noop("请先确认到场的就是持证本人。")
    remedy = gettext_noop("不能由他人代为找回账号。")


class FactorsUndecided(IdentityRefusal, Invalid):
    """What becomes of the second factors is said, never assumed."""

    code = "factors-undecided"
    template = gettext_noop("请选择两步验证是保留还是取消。")


class OwnRecovery(IdentityRefusal, NotPermitted):
    """Nobody lets themselves in; a namesake is taken for the same, and a colleague does it."""

    code = "own-recovery"
    template = gettext_noop("不能为自己签发一次性代码。")
    remedy = gettext_noop("请由同事办理；来人与您同名的，也请由同事办理。")


class TooManyCodesOfAccount(IdentityRefusal, NotPermitted):
    """An account that is restored again and again is looked at before the next time."""

    code = "too-many-codes-of-account"
    template = gettext_noop("这个账号一天内已签发 {count} 次一次性代码，暂不能再签发。")
    remedy = gettext_noop("请问清原因，改日再办；怀疑被冒用的，请联系系统管理员停用账号。")


class TooManyCodesOfClerk(IdentityRefusal, NotPermitted):
    """One clerk makes so many and no more, whoever sits at their desk."""

    code = "too-many-codes-of-clerk"
    template = gettext_noop("您一小时内已签发 {count} 次一次性代码，请稍后再办。")
    remedy = gettext_noop("急的请由同事办理。")


class ReasonMissing(IdentityRefusal, Invalid):
    """Who may come in is changed with a reason."""

    code = "account-reason-missing"
    template = gettext_noop("请写明理由。")
