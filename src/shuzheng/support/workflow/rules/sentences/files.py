"""The file, its names and its references."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "xml-too-large", gettext_noop("文件超过 5 MB。"), gettext_noop("请拆分流程图后重新上传。")
    ),
    ProblemKind(
        "xml-doctype",
        gettext_noop("文件含有文档类型声明（DOCTYPE）。"),
        gettext_noop("请去掉该声明后重新导出。"),
    ),
    ProblemKind(
        "xml-unreadable",
        gettext_noop("文件从第 {line} 行第 {column} 个字符起读不下去，可能没有导出完整。"),
        gettext_noop("请在画图软件里打开检查，重新导出后再上传。"),
    ),
    ProblemKind(
        "xml-not-bpmn",
        gettext_noop("文件不是 BPMN 2.0 流程图。"),
        gettext_noop("请上传 BPMN 2.0 格式的文件。"),
    ),
    ProblemKind(
        "xml-too-deep",
        gettext_noop("文件的嵌套层次过深。"),
        gettext_noop("请简化流程图后重新导出。"),
    ),
    ProblemKind(
        "process-missing",
        gettext_noop("文件中没有可执行的流程。"),
        gettext_noop("请画出流程并设为可执行。"),
    ),
    ProblemKind(
        "id-missing",
        gettext_noop("{element} 没有 id。"),
        gettext_noop("请为每个元素设置唯一的 id。"),
    ),
    ProblemKind(
        "id-duplicate",
        gettext_noop("id“{id}”被用了 {count} 次。"),
        gettext_noop("请为每个元素设置不同的 id。"),
    ),
    ProblemKind(
        "uri-invalid",
        gettext_noop("{attribute}“{value}”不是有效的 URI。"),
        gettext_noop("请改为有效的 URI。"),
    ),
    ProblemKind(
        "reference-missing",
        gettext_noop("{attribute} 引用的“{value}”不存在。"),
        gettext_noop("请改正引用或补画该元素。"),
    ),
    ProblemKind(
        "reference-wrong",
        gettext_noop("{attribute} 引用的“{value}”是 {found}，此处不能引用。"),
        gettext_noop("请改正引用。"),
    ),
    ProblemKind(
        "event-definition-not-shared",
        gettext_noop("引用的事件定义“{value}”画在另一个事件里，不能共用。"),
        gettext_noop("请把事件定义移到文件顶层，或在本事件中另画一个。"),
    ),
)
