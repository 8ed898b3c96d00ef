"""Static files: named by their content and compressed where collected, plain elsewhere."""

from django.core.files.base import File
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Tests run without collecting; a name that was not collected is used as it is."""

    manifest_strict = False

    def hashed_name(
        self, name: str, content: "File[bytes] | None" = None, filename: str | None = None
    ) -> str:
        """Return the name with its content's hash, the plain name where there is no such file."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
