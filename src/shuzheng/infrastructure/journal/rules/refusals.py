"""What the journal refuses, and why."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class JournalRefusal(Refusal):
    """The journal could not do it; nothing was written."""

    code = "journal-refused"


class EntryNotPlain(JournalRefusal, Invalid):
    """The facts hold something that JSON cannot say exactly, or a fact that is not declared."""

    code = "journal-entry-not-plain"
    template = gettext_noop("日志“{kind}”的内容无法记录：{reason}。")
    remedy = gettext_noop("请联系管理员。")


class EntryNotFound(JournalRefusal, NotFound):
    """No such entry."""

    code = "journal-entry-not-found"
    template = gettext_noop("没有找到日志记录 {entry}。")


class DeliveryNotFound(JournalRefusal, NotFound):
    """The subscription is not waiting on this entry."""

    code = "journal-delivery-not-found"
    template = gettext_noop("订阅“{subscription}”没有搁置的第 {number} 条记录。")
    remedy = gettext_noop("可能已经处理完毕，请刷新列表。")


class DeliveryFailed(JournalRefusal, Conflict):
    """A handler raised; the entry will be tried again."""

    code = "journal-delivery-failed"
    template = gettext_noop("订阅“{subscription}”处理第 {number} 条记录（{kind}）时失败：{error}。")
    remedy = gettext_noop("系统会稍后重试。")


class LogFolderUnknown(JournalRefusal, Conflict):
    """Nobody said where the sealed log is."""

    code = "journal-log-folder-unknown"
    template = gettext_noop("尚未指定存证日志的目录。")
    remedy = gettext_noop("请在启动时调用 journal.use_folder。")


class NotYetSealed(JournalRefusal, Conflict):
    """What is asked to be proved is written, but no checkpoint covers it yet."""

    code = "journal-not-yet-sealed"
    template = gettext_noop("这些记录刚刚写入，还没有封存，暂时开不出证明。")
    remedy = gettext_noop("请过 {seconds} 秒再试；仍然如此的，请联系管理员查看后台进程。")


class LogDoesNotMatch(JournalRefusal, Conflict):
    """The sealed log and the table tell different stories; nothing more is sealed."""

    code = "journal-log-does-not-match"
    template = gettext_noop("存证日志与数据库不一致：{reason}。")
    remedy = gettext_noop("请停止写入，用 shuzheng journal verify 查明后从备份恢复。")
