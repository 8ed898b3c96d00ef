"""What this room lets posts do, and what it writes into the journal."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

MANAGE_ACCOUNTS = declare_permission("identity.manage_accounts", "建立、停用账号并签发登录链接")
RESTORE_ACCESS = declare_permission(
    "identity.restore_access", "核对证件原件后，为到场的本人签发一次性代码"
)

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
    "account.link_made",
    "签发了一次性登录链接",
    facts=("username", "expires_at", "resets_factors"),
)
LINK_USED = declare_entry_kind(
    "account.link_used", "使用了一次性登录链接", facts=("resets_factors",)
)
HOLDER_READ = declare_entry_kind(
    "account.read", "按证件号码查看了账号", facts=("what", "is_found", "department")
)
CODE_ISSUED = declare_entry_kind(
    "account.code_issued",
    "核对证件原件和本人后，签发了一次性代码",
    facts=("document", "where", "expires_at", "resets_factors"),
)
CODE_USED = declare_entry_kind("account.code_used", "使用了一次性代码", facts=("resets_factors",))
FACTORS_RESET = declare_entry_kind(
    "account.factors_reset", "取消了两步验证和通行密钥", facts=("count",)
)
ROLE_SWITCHED = declare_entry_kind(
    "account.role_switched", "演示模式下切换了角色", facts=("username",)
)
