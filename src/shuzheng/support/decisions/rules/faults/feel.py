"""Why a value of an expression became null."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.faults.declaring import declare

# Names, parts and types.
UNKNOWN_NAME = declare("feel-unknown-name", gettext_noop("没有名为“{name}”的变量或函数"))
UNKNOWN_TYPE = declare("feel-unknown-type", gettext_noop("没有名为“{name}”的类型"))
NO_ENTRY = declare("feel-unknown-entry", gettext_noop("上下文中没有“{name}”"))
NO_PROPERTY = declare("feel-unknown-property", gettext_noop("{kind} 没有“{name}”"))
OTHER_TYPE = declare("feel-type", gettext_noop("应为 {expected}，实际是 {found}"))
NAMED_OTHER_TYPE = declare("feel-type-of", gettext_noop("“{name}”应为 {expected}，实际是 {found}"))
INPUT_OTHER_TYPE = declare(
    "feel-type-of-input", gettext_noop("输入“{name}”应为 {expected}，实际是 {found}")
)
EMPTY = declare("feel-empty", gettext_noop("表达式为空"))
REPEATED_KEY = declare("feel-duplicate-key", gettext_noop("上下文中有重复的键"))
CONDITION = declare("feel-condition", gettext_noop("条件是 {found}，应为 boolean"))
FILTER = declare("feel-filter", gettext_noop("筛选条件是 {found}，应为 boolean"))
INDEX = declare("feel-index", gettext_noop("列表有 {count} 项，没有第 {place} 项"))

# Calls.
NO_FUNCTION = declare("feel-not-a-function", gettext_noop("这是 {found}，不能调用"))
EXTERNAL = declare("feel-external", gettext_noop("不是 FEEL 函数，不支持"))
PARAMETER_NAMES = declare("feel-parameter-names", gettext_noop("参数应为 {names}"))
PARAMETER_COUNT = declare(
    "feel-parameter-count", gettext_noop("应有 {wanted} 个参数，给了 {given} 个")
)
NO_PARAMETER = declare("feel-no-parameter", gettext_noop("没有参数 {names}"))
ARGUMENTS = declare("feel-arguments", gettext_noop("参数个数或类型不符：({given})"))
NAMED_ARGUMENTS = declare("feel-named-arguments", gettext_noop("参数名或类型不符：{given}"))
NO_RESULT = declare("feel-no-result", gettext_noop("所给的参数没有结果"))
NO_CLOCK = declare("feel-no-clock", gettext_noop("未给出当前时刻"))

# Arithmetic and time.
ZONES_OF_MOMENTS = declare("feel-zone", gettext_noop("带时区与不带时区的时刻不能相减"))
ZONES_OF_TIMES = declare("feel-zone-of-times", gettext_noop("带时区与不带时区的时间不能相减"))
NO_OPERATION = declare("feel-operator", gettext_noop("{left} {operator} {right} 没有意义"))
OUT_OF_RANGE = declare("feel-arithmetic", gettext_noop("{operator} 的结果不存在或超出范围"))
NO_NEGATIVE = declare("feel-negative", gettext_noop("{found} 不能取负"))
SCALE = declare("feel-scale", gettext_noop("小数位数应在 {least} 到 {most} 之间"))
DIVISOR = declare("feel-divisor", gettext_noop("除数为零"))
LOGARITHM = declare("feel-logarithm", gettext_noop("对数的参数应大于零"))
NO_INTEGER = declare("feel-integer", gettext_noop("应为整数"))
NO_TIME = declare("feel-time", gettext_noop("时、分、秒超出范围"))
NO_NUMBER = declare("feel-number", gettext_noop("“{text}”不是数字"))
SEPARATOR = declare("feel-separator", gettext_noop("分隔符只能是空格、逗号或句点"))
SAME_SEPARATORS = declare("feel-same-separators", gettext_noop("两个分隔符不能相同"))

# Ranges and loops.
NO_RANGE = declare("feel-range", gettext_noop("不是区间"))
RANGE_OF = declare("feel-range-kinds", gettext_noop("{low} 与 {high} 不能组成区间"))
RANGE_NOT_EQUAL = declare("feel-range-not-equal", gettext_noop("(!= …) 不是区间"))
OPEN_END = declare("feel-range-open-end", gettext_noop("没有界的一端不能用方括号"))
RANGE_ORDER = declare("feel-range-order", gettext_noop("区间两端不能比较或次序颠倒"))
BOUND = declare("feel-range-bound", gettext_noop("区间的界有误"))
BOUND_NO_LITERAL = declare("feel-range-literal", gettext_noop("区间的界只能是字面量"))
ITERATE_NULL = declare("feel-iteration", gettext_noop("不能遍历 null"))
ITERATION_ORDER = declare("feel-iteration-order", gettext_noop("遍历的区间两端次序颠倒"))
ITERATION_INTEGERS = declare("feel-iteration-integers", gettext_noop("遍历的区间两端应为整数"))
ITERATION_KINDS = declare("feel-iteration-kinds", gettext_noop("不能从 {start} 遍历到 {end}"))
NOT_COMPARABLE = declare("feel-compare", gettext_noop("不能比较"))
POINT_AND_RANGE = declare("feel-compare-range", gettext_noop("点与区间不能比较"))
NO_NULL = declare("feel-no-null", gettext_noop("不能为 null"))

# Lists, contexts, texts.
ITEMS_NOT_COMPARABLE = declare("feel-list-compare", gettext_noop("列表中的项不能互相比较"))
NUMBERS = declare("feel-list-numbers", gettext_noop("应为非空的数字列表"))
TWO_NUMBERS = declare("feel-list-two-numbers", gettext_noop("至少应有两个数"))
BOOLEANS = declare("feel-list-booleans", gettext_noop("列表中应只有 true、false 和 null"))
LENGTH = declare("feel-list-length", gettext_noop("长度超出列表"))
MATCHER = declare("feel-list-match", gettext_noop("match 应返回 true 或 false"))
ENTRIES = declare("feel-context-entries", gettext_noop("每一项应有 key 和 value"))
ENTRY_TWICE = declare("feel-context-key-twice", gettext_noop("键“{name}”重复"))
KEYS = declare("feel-context-keys", gettext_noop("keys 应为非空的文本列表"))
NO_CONTEXT = declare("feel-context", gettext_noop("“{name}”不是上下文"))
CONTEXTS = declare("feel-contexts", gettext_noop("列表中应只有上下文"))
TEXT_START = declare("feel-text-start", gettext_noop("起始位置应在文本之内，且不为零"))
TEXT_LENGTH = declare("feel-text-length", gettext_noop("长度应大于零"))
TEXTS = declare("feel-list-texts", gettext_noop("列表中有不是文本的项"))
FLAGS = declare("feel-pattern-flags", gettext_noop("未知的标志 {flags}"))
PATTERN = declare("feel-pattern", gettext_noop("正则表达式有误：{problem}"))
REPLACEMENT = declare("feel-replacement", gettext_noop("替换文本中的反斜线只能用于 $ 和 \\"))
