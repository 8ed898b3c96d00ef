"""What officials may do with the journal, and the entries that doing it leaves."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules.entries import declare_entry_kind

MAINTAIN_JOURNAL = declare_permission("journal.maintain", "重试或跳过搁置的事件")
EXPORT_JOURNAL = declare_permission("journal.export", "导出办件的日志及其证明")
ERASE_JOURNAL = declare_permission("journal.erase", "抹除日志中的个人信息")
ROTATE_KEYS = declare_permission("journal.rotate_keys", "轮换密钥")

DELIVERY_RETRIED = declare_entry_kind("journal.delivery_retried", "重试了搁置的事件")
DELIVERY_SKIPPED = declare_entry_kind(
    "journal.delivery_skipped", "跳过了搁置的事件", facts=("reason",)
)
CASE_EXPORTED = declare_entry_kind("journal.case_exported", "导出了办件的日志", facts=("entries",))
KEY_ROTATED = declare_entry_kind("journal.key_rotated", "轮换了密钥", facts=("version",))
ENTRY_ERASED = declare_entry_kind(
    "journal.entry_erased", "抹除了一条日志中的个人信息", facts=("reason",)
)
