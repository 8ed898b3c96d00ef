"""What pages of the shell are put together from: built files, templates of rooms above."""

from django.template.context import Context
from django.template.engine import Engine
from django.template.exceptions import TemplateDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shuzheng.infrastructure.web.pages.assets import built_files
from shuzheng.infrastructure.web.pages.ui.library import register


@register.simple_tag
def built(entry: str) -> SafeString:
    """Draw the script and style elements of a front-end entry, such as ``site``."""
    files = built_files(entry)
    tags = [format_html('<link rel="stylesheet" href="{}">', style) for style in files.styles]
    tags += [
        format_html('<script type="module" src="{}"></script>', script) for script in files.scripts
    ]
    return mark_safe("".join(tags))  # noqa: S308 - each part was escaped above


@register.simple_tag(takes_context=True)
def include_if_present(context: Context, name: str) -> str:
    """Include a template if some room has it; the shell's places for rooms above."""
    try:
        found = Engine.get_default().get_template(name)
    except TemplateDoesNotExist:
        return ""
    return str(found.render(context))
