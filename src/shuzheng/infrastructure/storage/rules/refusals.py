"""What storage refuses, in the words of whoever uploaded it."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class StorageRefusal(Refusal):
    """The file was not stored, or cannot be handed out."""

    code = "file-refused"


class FileEmpty(StorageRefusal, Invalid):
    """No bytes at all."""

    code = "file-empty"
    template = gettext_noop("您上传的“{filename}”是空文件。")
    remedy = gettext_noop("请检查文件能否打开，然后重新上传。")


class FileTooLarge(StorageRefusal, Invalid):
    """More bytes than allowed."""

    code = "file-too-large"
    template = gettext_noop("您上传的“{filename}”有 {size}，超过了 {limit} 的上限。")
    remedy = gettext_noop("请压缩后重新上传，或分成几个文件。")


class FileTypeNotAllowed(StorageRefusal, Invalid):
    """The content is of a type that is not asked for here, or of none we know."""

    code = "file-type-not-allowed"
    template = gettext_noop("您上传的“{filename}”是{actual}，这里只接受{allowed}。")
    remedy = gettext_noop("请转换格式后重新上传。")


class FileMislabelled(StorageRefusal, Invalid):
    """The name says one type, the content is another."""

    code = "file-mislabelled"
    template = gettext_noop("您上传的“{filename}”实际是{actual}。")
    remedy = gettext_noop("请把扩展名改成与内容一致，或重新选择文件。")


class FileDamaged(StorageRefusal, Invalid):
    """The content breaks off or breaks the format's rules."""

    code = "file-damaged"
    template = gettext_noop("您上传的“{filename}”已损坏：{reason}。")
    remedy = gettext_noop("请重新导出或重新拍摄后上传。")


class FileDangerous(StorageRefusal, Invalid):
    """The content could act on the reader's computer, or cannot be looked into."""

    code = "file-dangerous"
    template = gettext_noop("您上传的“{filename}”不安全：{reason}。")
    remedy = gettext_noop("请用“打印为 PDF”重新生成文件后上传。")


class FileNotFound(StorageRefusal, NotFound):
    """No content of this hash."""

    code = "file-not-found"
    template = gettext_noop("没有找到文件 {sha256}。")


class FileChanged(StorageRefusal, Conflict):
    """The bytes on the disk are not those that were stored."""

    code = "file-changed"
    template = gettext_noop("文件 {sha256} 的内容与存入时不一致，不能使用。")
    remedy = gettext_noop("请联系管理员从备份中恢复。")


class StorageFolderUnknown(StorageRefusal, Conflict):
    """Nobody said where the files are."""

    code = "file-folder-unknown"
    template = gettext_noop("尚未指定文件目录。")
    remedy = gettext_noop("请在启动时调用 storage.use_folder。")
