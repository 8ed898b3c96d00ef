"""Why a document could not be made."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class DocumentRefusal(Refusal):
    """A document that is not made; nothing has changed."""

    code = "document-refused"
    template = gettext_noop("文书未能生成。")


class UnknownTemplate(DocumentRefusal, NotFound):
    """No template has this key."""

    code = "document-template-unknown"
    template = gettext_noop("没有编码为“{template}”的文书模板。")
    remedy = gettext_noop("请核对编码，或先用 shuzheng apply 载入文书模板。")


class DataDoesNotFit(DocumentRefusal, Invalid):
    """The data lacks something the template needs, or has it in another form."""

    code = "document-data-does-not-fit"
    template = gettext_noop("文书《{title}》的“{where}”不符合模板要求：{why}。")
    remedy = gettext_noop("请补齐后重新生成。")


class TemplateBroken(DocumentRefusal, Conflict):
    """The template itself cannot be typeset."""

    code = "document-template-broken"
    template = gettext_noop("文书模板“{template}”排版失败：{why}。")
    remedy = gettext_noop("请修正模板后重新载入；数据没有丢失。")


class NoChineseFont(DocumentRefusal, Conflict):
    """This machine has no font that covers Chinese."""

    code = "document-no-chinese-font"
    template = gettext_noop("本机没有可用的中文字体，无法生成文书。")
    remedy = gettext_noop("请安装 Debian 软件包 fonts-noto-cjk 后重新启动。")
