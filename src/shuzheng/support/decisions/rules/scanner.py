"""Cut a FEEL text into tokens.

FEEL cannot be cut by patterns alone: names hold spaces and depend on the scope, ``[`` may open a
list, a filter or an interval and may close one, ``a.b: c`` is a key only inside braces. The scanner
settles these places, so that the grammar stays a plain LALR one.
"""

import re
from collections.abc import Iterator

from lark import Token

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.errors import ExpressionInvalid, ExpressionTooLarge
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, LENGTH, NESTING, Limits
from shuzheng.support.decisions.rules.names import WORD, composed, normalise, pattern_of

ANYTHING = gettext_noop("运算符、名称或值")
KEYWORDS = {
    word: word.upper()
    for word in (
        "for", "if", "then", "else", "in", "return", "some", "every", "satisfies", "and", "or",
        "between", "function", "external", "true", "false", "null",
    )
}  # fmt: skip
_SKIP = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OPERATOR = re.compile(r"\.\.|\*\*|<=|>=|!=|->|[-+*/<>=(){}\[\],:.@]")
_KEY = re.compile(r'([^\s"(){}\[\],:<>=!@;][^"(){}\[\],:<>=!@;]*?)\s*:')
_BINDING = re.compile(r'([^\s"(){}\[\],:<>=!@;][^"(){}\[\],:<>=!@;]*?)(?=\s+in\b)')
_PARAMETER = re.compile(r'([^\s"(){}\[\],:<>=!@;][^"(){}\[\],:<>=!@;]*?)\s*(?=[:,)])')
_INSTANCE_OF = re.compile(r"instance\s+of(?!\w)")
_ENDS_A_VALUE = frozenset(
    {"NAME", "NUMBER", "STRING", "RPAR", "RSQB", "RBRACE", "TRUE", "FALSE", "NULL"}
)
_CANNOT_BEGIN = re.compile(
    r"$|[)\],}:=<>*/.|]|(?:and|or|in|then|else|return|satisfies|instance)\b|!="
)
_TYPES = {
    "..": "DOTDOT", "**": "POWER", "<=": "LE", ">=": "GE", "!=": "NE", "->": "ARROW", "-": "MINUS",
    "+": "PLUS", "*": "STAR", "/": "SLASH", "<": "LT", ">": "GT", "=": "EQ", "(": "LPAR",
    ")": "RPAR", "{": "LBRACE", "}": "RBRACE", "[": "LSQB", "]": "RSQB", ",": "COMMA",
    ":": "COLON", ".": "DOT", "@": "AT",
}  # fmt: skip
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class Scanner:
    """One pass over one text; names that the text itself introduces join the scope."""

    def __init__(self, text: str, names: frozenset[str], limits: Limits = DEFAULT_LIMITS) -> None:
        self.text = text
        self.names = names
        self.limits = limits
        self.position = 0
        self.last = ""
        self.last_text = ""
        self.open: list[str] = []
        self.pattern = pattern_of(names)

    def tokens(self, *, unary: bool = False) -> Iterator[Token]:
        """Yield the tokens of the text.

        Raises:
            ExpressionInvalid: a character that begins nothing.
            ExpressionTooLarge: too long or nested too deep.
        """
        if len(self.text) > self.limits.expression_length:
            raise ExpressionTooLarge(measure=LENGTH, limit=self.limits.expression_length)
        if (
            unary
            and (match := re.match(r"\s*not\s*(?=\()", self.text))
            and self._closes_at_end(match)
        ):
            self.position = match.end()
            yield self._token("NOT", "not", 0)
        while self._skip():
            token = self._declared() or self._value() or self._word() or self._sign()
            self.last, self.last_text = token.type, str(token)
            yield token

    def _skip(self) -> bool:
        if match := _SKIP.match(self.text, self.position):
            self.position = match.end()
        return self.position < len(self.text)

    def _token(self, kind: str, value: str, start: int) -> Token:
        return Token(kind, value, start, end_pos=self.position)

    def _declared(self) -> Token | None:
        """Read a key, a loop variable or a parameter: the places where names are introduced."""
        top = self.open[-1] if self.open else ""
        after_comma = self.last == "COMMA"
        if self.last in {"FOR", "SOME", "EVERY"} or (after_comma and top == "for"):
            return self._introduce(_BINDING, "BINDING")
        if top == "params" and self.last in {"LPAR", "COMMA"}:
            return self._introduce(_PARAMETER, "PARAMETER")
        if self.last in {"LBRACE", "LPAR"} or (after_comma and top in {"{", "(", "<"}):
            return self._key()
        return self._key() if self.last == "LT" and top == "<" else None

    def _key(self) -> Token | None:
        if self.text[self.position] == '"' or self.text[self.position] == "-":
            return None
        return self._introduce(_KEY, "KEY", back=True)

    def _introduce(
        self, pattern: re.Pattern[str], kind: str, *, back: bool = False
    ) -> Token | None:
        match = pattern.match(self.text, self.position)
        if match is None or (kind == "PARAMETER" and not match[1].strip()):
            return None
        start = self.position
        self.position = match.end(1) if back else match.end()
        name = normalise(match[1])
        if fresh := composed({name}) - self.names:
            self.names |= fresh
            self.pattern = pattern_of(self.names)
        return self._token(kind, name, start)

    def _value(self) -> Token | None:
        for pattern, kind in ((_NUMBER, "NUMBER"), (_STRING, "STRING")):
            if match := pattern.match(self.text, self.position):
                start, self.position = self.position, match.end()
                return self._token(kind, match[0], start)
        return None

    def _word(self) -> Token | None:
        word = WORD.match(self.text, self.position)
        known = self.pattern.match(self.text, self.position)
        start = self.position
        if known and (word is None or known.end() > word.end()):
            self.position = known.end()
            return self._token("NAME", normalise(known[0]), start)
        if word is None:
            return None
        if match := _INSTANCE_OF.match(self.text, start):
            self.position = match.end()
            return self._token("INSTANCE_OF", match[0], start)
        self.position = word.end()
        kind = "NAME" if self.last == "DOT" else KEYWORDS.get(word[0], "NAME")
        self._enter_word(kind)
        return self._token(kind, word[0], start)

    def _enter_word(self, kind: str) -> None:
        if kind in {"FOR", "SOME", "EVERY"}:
            self._push("for")
        elif kind in {"RETURN", "SATISFIES"} and self.open and self.open[-1] == "for":
            self.open.pop()

    def _sign(self) -> Token:
        match = _OPERATOR.match(self.text, self.position)
        if match is None:
            raise syntax_error(self.text, self.position, self.text[self.position], [ANYTHING])
        sign, start = match[0], self.position
        self.position = match.end()
        return self._token(self._bracket(sign) or _TYPES[sign], sign, start)

    def _bracket(self, sign: str) -> str | None:
        """Keep the nesting, and tell the uses of square brackets apart."""
        if sign == "[" and self._closes_interval():
            self.open.pop()
            return "CLOSE_OPEN"
        if sign == "]" and self.last not in _ENDS_A_VALUE and self.last not in {"LSQB", "DOTDOT"}:
            self._push("[")
            return "OPEN_OPEN"
        self._nest(sign)
        if sign == ".." and self.open and self.open[-1] != "for":
            self.open[-1] = ".."
        return None

    def _nest(self, sign: str) -> None:
        if sign == "(":
            self._push("params" if self.last == "FUNCTION" else "(")
        elif sign in "[{":
            self._push(sign)
        elif sign == "<" and self.last == "NAME" and self.last_text == "context":
            self._push_context_type()
        elif sign in _CLOSERS or (sign == ">" and self.open and self.open[-1] == "<"):
            while self.open and self.open.pop() == "for":
                pass

    def _push_context_type(self) -> None:
        if _KEY.match(self.text, self.position + _blank(self.text, self.position)):
            self._push("<")

    def _push(self, what: str) -> None:
        self.open.append(what)
        if len(self.open) > self.limits.expression_depth:
            raise ExpressionTooLarge(measure=NESTING, limit=self.limits.expression_depth)

    def _closes_interval(self) -> bool:
        inside = bool(self.open) and self.open[-1] == ".."
        rest = self.position + _blank(self.text, self.position)
        return inside and (
            self.last == "DOTDOT" or _CANNOT_BEGIN.match(self.text, rest) is not None
        )

    def _closes_at_end(self, match: re.Match[str]) -> bool:
        """Say whether the bracket after ``not`` closes at the end of the text."""
        depth = 0
        bare = _STRING.sub(lambda found: "_" * len(found[0]), self.text).rstrip()
        for place in range(match.end(), len(bare)):
            depth += (bare[place] == "(") - (bare[place] == ")")
            if depth == 0:
                return place == len(bare) - 1
        return False


def _blank(text: str, position: int) -> int:
    match = _SKIP.match(text, position)
    return len(match[0]) if match else 0


def syntax_error(text: str, position: int, found: str, expected: list[str]) -> ExpressionInvalid:
    """Return the refusal that names the line and column (from 1) of a place in a text."""
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    shown = text if len(text) <= 80 else text[:77] + "…"  # noqa: PLR2004
    return ExpressionInvalid(text=shown, line=line, column=column, found=found, expected=expected)
