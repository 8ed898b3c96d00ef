"""Why a document was not sealed."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class SealRefusal(Refusal):
    """A document that is not sealed; nothing has changed."""

    code = "seal-refused"
    template = gettext_noop("文书未能盖章。")


class UnknownSeal(SealRefusal, NotFound):
    """No seal has this code."""

    code = "seal-unknown"
    template = gettext_noop("没有编码为“{seal}”的电子印章。")
    remedy = gettext_noop("请核对编码，或先用 shuzheng apply 载入印章。")


class SealWithdrawn(SealRefusal, Conflict):
    """The seal was taken out of use."""

    code = "seal-withdrawn"
    template = gettext_noop("电子印章“{seal}”已停用，不能再盖章。")
    remedy = gettext_noop("请使用现行有效的印章。")


class NotAPdf(SealRefusal, Invalid):
    """What was given cannot be read as a PDF."""

    code = "seal-not-a-pdf"
    template = gettext_noop("这个文件不是可以读取的 PDF。")
    remedy = gettext_noop("请选择原来下载的 PDF 文件，不要用截图或另存的图片。")


class AlreadySealed(SealRefusal, Conflict):
    """The document bears a seal; a second one would change what the first one covers."""

    code = "seal-already-there"
    template = gettext_noop("文书已经盖有电子印章，不再重复盖章。")
    remedy = gettext_noop("需要更正时请重新制作文书。")


class SealKeyLost(SealRefusal, Conflict):
    """The certificate is there, but the private key in the keys room is another one."""

    code = "seal-key-lost"
    template = gettext_noop("印章证书“{holder}”与密钥目录中的私钥不符。")
    remedy = gettext_noop("请从密钥备份中恢复；在此之前不能盖章，已盖章的文书仍可核验。")


class NoCertificate(SealRefusal, Conflict):
    """There is no valid certificate to revoke."""

    code = "seal-no-certificate"
    template = gettext_noop("电子印章“{seal}”目前没有有效证书，无需吊销。")
