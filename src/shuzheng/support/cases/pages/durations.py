"""How long something took, in words."""

from django.utils.translation import gettext, ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def say_duration(seconds: float | None) -> str:
    """Say a length of time roughly: in days, else hours, else minutes; "—" for none."""
    if seconds is None:
        return "—"
    if seconds >= DAY:
        days = round(seconds / DAY, 1)
        return gettext("%(count)g 天") % {"count": days}
    if seconds >= HOUR:
        return gettext("%(count)g 小时") % {"count": round(seconds / HOUR, 1)}
    minutes = round(seconds / MINUTE)
    if not minutes:
        return gettext("不到 1 分钟")
    return ngettext("%(count)s 分钟", "%(count)s 分钟", minutes) % {"count": minutes}
