"""What is wrong with a model, and what its tables remark while they decide."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.faults.declaring import declare

# The file.
TOO_LARGE = declare("dmn-too-large", gettext_noop("超过 {limit} 字节"))
NO_XML = declare("dmn-no-xml", gettext_noop("不是合格的 XML（{problem}）"))
DOCTYPE = declare("dmn-doctype", gettext_noop("不允许文档类型声明（DOCTYPE）"))
TOO_MANY_TEXTS = declare("dmn-too-many-texts", gettext_noop("表格和表达式超过 {limit} 格"))
ENTANGLED = declare("dmn-entangled", gettext_noop("一个依赖一个的层数太多"))
TOO_DEEP = declare("dmn-too-deep", gettext_noop("嵌套超过 {limit} 层"))

# Elements.
NO_DEFINITIONS = declare("dmn-no-definitions", gettext_noop("根元素不是 DMN 的 definitions"))
MISSING_OR_TWICE = declare("dmn-not-unique", gettext_noop("{attribute} 缺失或重复"))
MISSING = declare("dmn-missing", gettext_noop("缺少 {name}"))
NO_EXPRESSION = declare("dmn-no-expression", gettext_noop("缺少表达式"))
IMPORTED_VALUES = declare("dmn-imported-values", gettext_noop("不支持 importedValues"))
NO_MODEL = declare("dmn-no-import", gettext_noop("没有提供被导入的模型 {namespace}"))
NOT_IMPORTED = declare("dmn-not-imported", gettext_noop("没有导入 {namespace} 中的 {name}"))
NO_REQUIREMENT = declare("dmn-no-requirement", gettext_noop("依赖的 {name} 不存在"))
CIRCLE = declare("dmn-circle", gettext_noop("循环依赖：{names}"))
NO_TYPE = declare("dmn-type", gettext_noop("没有类型“{name}”"))
TYPE_CIRCLE = declare("dmn-type-circle", gettext_noop("类型定义循环引用：{names}"))

# Tables.
RULE = declare("dmn-rule", gettext_noop("第 {number} 条规则"))
NO_OUTPUT = declare("dmn-no-output", gettext_noop("决策表没有输出列"))
RELATION_SHAPE = declare("dmn-relation-shape", gettext_noop("关系表的行与列数不符"))
RULE_SHAPE = declare(
    "dmn-rule-shape",
    gettext_noop(
        "第 {number} 条规则有 {conditions} 个条件、{conclusions} 个结论，"
        "应有 {inputs} 个、{outputs} 个"
    ),
)
HIT_POLICY = declare("dmn-hit-policy", gettext_noop("未知的命中策略 {policy} {aggregation}"))
PRIORITIES = declare("dmn-priorities", gettext_noop("{policy} 需要列出输出值的优先次序"))
AGGREGATION = declare(
    "dmn-aggregation-columns", gettext_noop("聚合 {aggregation} 只能用于一个输出列")
)

# Remarks.
BROKEN = declare("dmn-broken", gettext_noop("不能编译：{problem}"))
NO_RULE = declare("dmn-no-rule", gettext_noop("决策表“{table}”没有规则适用"))
CONFLICT = declare(
    "dmn-conflict", gettext_noop("决策表“{table}”的第 {numbers} 条规则同时适用且互相冲突")
)
NOT_AGGREGATED = declare("dmn-aggregation", gettext_noop("决策表“{table}”不能聚合：{problem}"))
