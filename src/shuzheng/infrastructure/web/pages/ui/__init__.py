"""``{% load ui %}``: the components, each a tag; examples are in the room's README."""

from shuzheng.infrastructure.web.pages.ui import actions, blocks, facts, forms, shell, texts
from shuzheng.infrastructure.web.pages.ui.library import register

__all__ = ["actions", "blocks", "facts", "forms", "register", "shell", "texts"]
