"""Sealing, checking and revoking."""

from shuzheng.support.seals.operations.content import remove_seals, replace_seals, use_of_seal
from shuzheng.support.seals.operations.revoking import revoke_seal
from shuzheng.support.seals.operations.sealing import seal_pdf, verify_pdf

__all__ = ["remove_seals", "replace_seals", "revoke_seal", "seal_pdf", "use_of_seal", "verify_pdf"]
