"""Identity's only writers."""

from shuzheng.support.identity.operations.accounts import (
    check_password_strength,
    create_account,
    note_password_set,
    sign_up,
)
from shuzheng.support.identity.operations.acting import end_acting, name_acting
from shuzheng.support.identity.operations.demonstration import (
    create_demonstration_accounts,
    switch_role,
)
from shuzheng.support.identity.operations.entering import (
    check_attempts,
    note_failed_attempt,
    note_signed_in,
    note_signed_out,
)
from shuzheng.support.identity.operations.language import choose_language
from shuzheng.support.identity.operations.links import (
    digest,
    invite_administrator,
    make_link,
    use_link,
)
from shuzheng.support.identity.operations.posts import switch_post
from shuzheng.support.identity.operations.real_name import (
    NobodyChecks,
    RegisterCheck,
    get_real_name_provider,
    use_real_name_provider,
)
from shuzheng.support.identity.operations.restoring import issue_code, read_holder
from shuzheng.support.identity.operations.suspending import restore_account, suspend_account

__all__ = [
    "NobodyChecks",
    "RegisterCheck",
    "check_attempts",
    "check_password_strength",
    "choose_language",
    "create_account",
    "create_demonstration_accounts",
    "digest",
    "end_acting",
    "get_real_name_provider",
    "invite_administrator",
    "issue_code",
    "make_link",
    "name_acting",
    "note_failed_attempt",
    "note_password_set",
    "note_signed_in",
    "note_signed_out",
    "read_holder",
    "restore_account",
    "sign_up",
    "suspend_account",
    "switch_post",
    "switch_role",
    "use_link",
    "use_real_name_provider",
]
