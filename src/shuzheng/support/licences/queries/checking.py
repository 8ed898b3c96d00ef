"""Is this file the one that was issued under the code?"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shuzheng.support.seals.operations import verify_pdf
from shuzheng.support.seals.rules import NotAPdf, Verification

MAX_FILE_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What comparing a file with the register found.

    Attributes:
        sha256: of the file given.
        is_same_file: it is, bit by bit, the file that was issued.
        is_pdf: it could be read as a PDF.
        verification: what the seals on it prove; without signatures if it is no PDF.
    """

    sha256: str
    is_same_file: bool
    is_pdf: bool
    verification: Verification

    @property
    def is_genuine(self) -> bool:
        """Say whether the file is the issued one and its seal is intact."""
        return self.is_same_file and self.verification.is_genuine

    @property
    def is_sealed_but_another(self) -> bool:
        """Say whether it bears an intact seal, but is not the file of this code."""
        return not self.is_same_file and self.verification.is_genuine


def check_file(*, content: bytes, issued_sha256: str, at: datetime) -> FileCheck:
    """Compare a file with the issued one and check its seals; the file is not kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    same = sha256 == issued_sha256
    try:
        found = verify_pdf(content, at=at)
    except NotAPdf:
        return FileCheck(sha256, same, is_pdf=False, verification=Verification())
    return FileCheck(sha256, same, is_pdf=True, verification=found)
