"""How a password is found wanting, in the reader's language; named in ``site.settings``."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Asks for a number of characters in words of the house: Django's are English in Chinese."""

    def get_error_message(self) -> str:
        """Return how many characters a password needs."""
        return gettext("密码太短，至少要 {count} 个字符。").format(count=self.min_length)

    def get_help_text(self) -> str:
        """Return the same before anything was typed."""
        return gettext("密码至少 {count} 个字符。").format(count=self.min_length)
