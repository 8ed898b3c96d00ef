"""Data and what is handed over."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "collection-mismatch",
        gettext_noop("isCollection 与数据类型“{value}”不一致。"),
        gettext_noop("请改为一致。"),
    ),
    ProblemKind(
        "data-reference-name",
        gettext_noop("名称应为“{expected}”。"),
        gettext_noop("请按“数据对象名 [状态]”命名。"),
    ),
    ProblemKind(
        "property-misplaced",
        gettext_noop("属性只能属于流程、活动或事件。"),
        gettext_noop("请移到其中。"),
    ),
    ProblemKind(
        "data-set-missing",
        gettext_noop("不在任何一个{place}中。"),
        gettext_noop("请加入一个{place}。"),
    ),
    ProblemKind(
        "data-set-subset",
        gettext_noop("“{value}”未列入同一集合。"),
        gettext_noop("可选或执行期间的数据也要列入集合。"),
    ),
    ProblemKind(
        "data-set-pairing",
        gettext_noop("输入集与输出集的引用不成对。"),
        gettext_noop("请让两边互相引用。"),
    ),
    ProblemKind(
        "data-association-ends",
        gettext_noop("数据关联的{end}“{value}”不在可用范围内。"),
        gettext_noop("请改正引用。"),
    ),
    ProblemKind(
        "data-association-types",
        gettext_noop("数据关联两端类型不同而没有转换。"),
        gettext_noop("请统一类型或补写转换。"),
    ),
    ProblemKind(
        "data-association-sources",
        gettext_noop("数据关联有多个来源而没有转换。"),
        gettext_noop("请只留一个来源或补写转换。"),
    ),
    ProblemKind(
        "operation-data",
        gettext_noop("输入输出与操作“{value}”的消息不符。"),
        gettext_noop("请让数据类型与操作的消息一致。"),
    ),
    ProblemKind(
        "call-data-mismatch",
        gettext_noop("输入输出与被调用的“{value}”不符。"),
        gettext_noop("请补齐或删去多余的数据。"),
    ),
    ProblemKind(
        "io-binding-missing",
        gettext_noop("声明了接口而没有数据绑定。"),
        gettext_noop("请补写 ioBinding。"),
    ),
    ProblemKind(
        "io-binding-data",
        gettext_noop("数据绑定与操作“{value}”的消息不符。"),
        gettext_noop("请让数据类型一致。"),
    ),
    ProblemKind(
        "event-data",
        gettext_noop("事件的数据与事件定义不符。"),
        gettext_noop("请为每个带数据的事件定义写一项同类型的数据。"),
    ),
)
