"""From tree to closures; importing this package makes every kind of node known."""

from shuzheng.support.decisions.rules.compiling import control, operators
from shuzheng.support.decisions.rules.compiling.base import Setting, compile_node
from shuzheng.support.decisions.rules.compiling.cells import compile_unary

__all__ = ["Setting", "compile_node", "compile_unary", "control", "operators"]
