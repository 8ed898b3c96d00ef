"""All that the engine has to say of models, expressions and examples: a code and a sentence each.

The engine is pure and knows no language: it hands on the code and the facts, and the page says the
sentence. A code stands for one sentence, so that what was noted once can be said at any time.
"""

from shuzheng.support.decisions.rules.faults.declaring import Fault, declared_faults, get_fault

__all__ = ["Fault", "declared_faults", "get_fault"]
