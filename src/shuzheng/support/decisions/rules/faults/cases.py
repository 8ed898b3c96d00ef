"""What is said of examples."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.faults.declaring import declare

TOO_LONG = declare("cases-too-long", gettext_noop("文字超过 {limit} 个"))
NO_YAML = declare("cases-no-yaml", gettext_noop("第 {line} 行不合 YAML 的写法（{problem}）"))
ALIAS = declare("cases-alias", gettext_noop("不能使用 YAML 别名（*）"))
TOO_DEEP = declare("cases-too-deep", gettext_noop("嵌套太深"))
NO_LIST = declare("cases-no-list", gettext_noop("应当是用例的列表，每例以“- ”开头"))
FIELD_MISSING = declare("cases-field-missing", gettext_noop("第 {case} 例缺少 {field}"))
FIELD_UNKNOWN = declare("cases-field-unknown", gettext_noop("第 {case} 例没有 {field} 这一项"))
FIELD_WRONG = declare("cases-field-wrong", gettext_noop("第 {case} 例的 {field} 写法不对"))
VALUE_UNUSABLE = declare(
    "cases-value-unusable", gettext_noop("值“{value}”（{type}）不能写在用例里")
)
OTHER_VALUE = declare("case-other-value", gettext_noop("应得 {expected}，实得 {found}"))
OTHER_RULES = declare(
    "case-other-rules", gettext_noop("应由第 {expected} 条规则决定，实为第 {found} 条")
)
FAILED = declare("case-failed", gettext_noop("用例“{name}”：{why}"))
FOUND = declare("table-finding", gettext_noop("“{table}”{found}"))
