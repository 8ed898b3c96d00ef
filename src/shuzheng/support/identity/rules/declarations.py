"""What this room lets posts do, and what it writes into the journal."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

MANAGE_ACCOUNTS = declare_permission("identity.manage_accounts", "建立、停用账号并签发登录链接")

SIGNED_UP = declare_entry_kind(
    "account.signed_up", "完成实名核验并注册了账号", facts=("level", "how")
)
CREATED = declare_entry_kind(
    "account.created", "建立了账号", facts=("username", "staff_number", "demonstration")
)
SUSPENDED = declare_entry_kind("account.suspended", "停用了账号", facts=("username", "reason"))
RESTORED = declare_entry_kind("account.restored", "恢复了账号", facts=("username", "reason"))
SIGNED_IN = declare_entry_kind("account.signed_in", "登录", facts=("address",))
SIGNED_OUT = declare_entry_kind("account.signed_out", "退出登录")
SIGN_IN_STOPPED = declare_entry_kind(
    "account.sign_in_stopped", "密码多次有误，暂停登录", facts=("username", "minutes")
)
POST_SWITCHED = declare_entry_kind("account.post_switched", "切换了岗位", facts=("before", "post"))
LANGUAGE_CHOSEN = declare_entry_kind(
    "account.language_chosen", "选择了语言", facts=("before", "language")
)
PASSWORD_SET = declare_entry_kind("account.password_set", "设置了密码")
LINK_MADE = declare_entry_kind(
    "account.link_made", "签发了一次性登录链接", facts=("username", "expires_at")
)
LINK_USED = declare_entry_kind("account.link_used", "使用了一次性登录链接")
ROLE_SWITCHED = declare_entry_kind(
    "account.role_switched", "演示模式下切换了角色", facts=("username",)
)
