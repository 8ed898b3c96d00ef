"""What may be asked about accounts."""

from shuzheng.support.identity.queries.accounts import (
    AccountRow,
    as_row,
    count_accounts,
    find_account,
    get_account,
    get_account_of_link,
    get_account_of_person,
    get_account_of_staff,
    has_password,
    held_among,
    list_accounts_of_post,
    list_colleagues,
    list_demonstration_accounts,
    list_held_posts,
    list_posts_of_accounts,
    list_staff_accounts,
)
from shuzheng.support.identity.queries.acting import ActingRow, list_acting
from shuzheng.support.identity.queries.actors import actor_of_account, list_own_posts

__all__ = [
    "AccountRow",
    "ActingRow",
    "actor_of_account",
    "as_row",
    "count_accounts",
    "find_account",
    "get_account",
    "get_account_of_link",
    "get_account_of_person",
    "get_account_of_staff",
    "has_password",
    "held_among",
    "list_accounts_of_post",
    "list_acting",
    "list_colleagues",
    "list_demonstration_accounts",
    "list_held_posts",
    "list_own_posts",
    "list_posts_of_accounts",
    "list_staff_accounts",
]
