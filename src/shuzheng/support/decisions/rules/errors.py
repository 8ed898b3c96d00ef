"""What the engine says when a model, an expression or its input cannot be used."""

from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    Sentence,
    gettext_noop,
)


class DecisionRefusal(Refusal):
    """The base of everything this room refuses."""

    code = "decision-refused"


class ExpressionInvalid(DecisionRefusal, Invalid):
    """A FEEL text does not follow the grammar; facts: text, line, column, found, expected."""

    code = "feel-syntax"
    template = gettext_noop(
        "FEEL 表达式“{text}”第 {line} 行第 {column} 字处写的是 {found}，此处应为 {expected}。"
    )
    remedy = gettext_noop("请改正这一处后再试。")

    def sentence(self) -> Sentence:
        """Return it without its stop, to be part of another sentence."""
        part = gettext_noop(
            "“{text}”第 {line} 行第 {column} 字处写的是 {found}，此处应为 {expected}"
        )
        return Sentence(self.code, part, self.facts)


class ExpressionTooLarge(DecisionRefusal, Invalid):
    """A FEEL text is longer or nested deeper than the limits allow."""

    code = "feel-too-large"
    template = gettext_noop("FEEL 表达式的{measure}超过上限 {limit}。")
    remedy = gettext_noop("请拆成几个决策或函数。")


class EvaluationTooLong(DecisionRefusal, Invalid):
    """An evaluation used up its budget of steps, depth or size; nothing was decided."""

    code = "feel-budget"
    template = gettext_noop("决策计算的{measure}超过上限 {limit}，已停止。")
    remedy = gettext_noop("请检查其中的循环、递归和列表长度。")


class ModelInvalid(DecisionRefusal, Invalid):
    """A DMN text cannot be used; facts: element, problem."""

    code = "dmn-invalid"
    template = gettext_noop("“{element}”有误：{problem}。")
    remedy = gettext_noop("请改正后再试。")

    def sentence(self) -> Sentence:
        """Return where and why, to be part of what is said of the element around it."""
        return Sentence(self.code, gettext_noop("{element}：{problem}"), self.facts)


class ModelHostile(DecisionRefusal, Invalid):
    """A DMN text is malformed, declares entities, or is too large or too deep to be read."""

    code = "dmn-hostile"
    template = gettext_noop("DMN 文件不能读取：{problem}。")
    remedy = gettext_noop("请用建模工具重新导出。")


class CasesInvalid(DecisionRefusal, Invalid):
    """A text of examples cannot be read."""

    code = "cases-invalid"
    template = gettext_noop("用例不能读取：{problem}。")
    remedy = gettext_noop("每例写名称（name）、给出的情形（given）和应得的结果（expect）。")


class DecisionUnknown(DecisionRefusal, NotFound):
    """The model has no decision, knowledge model or service of that name."""

    code = "decision-unknown"
    template = gettext_noop("没有名为“{name}”的决策。")
    remedy = gettext_noop("请核对名称。")


class InputMissing(DecisionRefusal, Invalid):
    """A required input was not given."""

    code = "decision-input-missing"
    template = gettext_noop("决策“{decision}”缺少输入“{name}”。")
    remedy = gettext_noop("请补充后再试。")


class InputOfWrongType(DecisionRefusal, Invalid):
    """An input has another type than its definition asks."""

    code = "decision-input-type"
    template = gettext_noop("决策“{decision}”的输入“{name}”应为 {expected}，实际是 {found}。")
    remedy = gettext_noop("请改正该值。")


class InputNotUsable(DecisionRefusal, Invalid):
    """A Python value has no counterpart in FEEL."""

    code = "decision-input-unusable"
    template = gettext_noop("值“{value}”（{type}）不能作为决策输入。")


class NoRuleMatches(DecisionRefusal, Invalid):
    """The table has a gap: no rule matches the given inputs."""

    code = "decision-gap"
    template = gettext_noop("决策“{decision}”没有任何规则适用于所给的输入。")
    remedy = gettext_noop("请由人工裁量，并告知规则维护人补全决策表。")


class RulesConflict(DecisionRefusal, Conflict):
    """A table whose rules must agree or be unique matched rules that do not."""

    code = "decision-rules-conflict"
    template = gettext_noop("决策“{decision}”有多条规则同时适用且互相冲突：第 {numbers} 条。")
    remedy = gettext_noop("请由人工裁量，并告知规则维护人改正决策表。")


class VisitorMayNotDecide(DecisionRefusal, NotPermitted):
    """Nobody unknown may have a decision recorded."""

    code = "decision-visitor"
    template = gettext_noop("未登录不能作出决策。")
    remedy = gettext_noop("请先登录。")


class RunUnknown(DecisionRefusal, NotFound):
    """There is no such run."""

    code = "decision-run-unknown"
    template = gettext_noop("没有编号为 {run} 的决策记录。")


class VersionUnknown(DecisionRefusal, NotFound):
    """There is no such version of a decision, or none at that time."""

    code = "decision-version-unknown"
    template = gettext_noop("没有决策“{decision}”的这一版本。")


class RunSetAsideAlready(DecisionRefusal, Conflict):
    """The run was set aside before; the first ruling stands."""

    code = "decision-set-aside-already"
    template = gettext_noop("决策记录 {run} 已由 {by} 以人工判断取代。")


class ReasonsMissing(DecisionRefusal, Invalid):
    """A person's judgement needs reasons (个人信息保护法 第二十四条)."""

    code = "decision-reasons-missing"
    template = gettext_noop("以人工判断取代决策结果时应说明理由。")
    remedy = gettext_noop("请填写理由。")


class DayUnknown(DecisionRefusal, Invalid):
    """What was typed is no day."""

    code = "decision-day"
    template = gettext_noop("“{day}”不是日期。")
    remedy = gettext_noop("请写成 2026-11-22 这样。")
