"""The shape of a matter and of a bundle, and what follows from it alone."""

from shuzheng.support.matters.rules.bundles import (
    Bundle,
    Entrustment,
    Guidance,
    Member,
    Revision,
    entrustment_in_force,
)
from shuzheng.support.matters.rules.elements import (
    Commitment,
    Extension,
    Fee,
    HearingProvision,
    Material,
    MaterialSource,
    Matter,
    Result,
    ServiceStep,
    SpecialProcedure,
    Statement,
)
from shuzheng.support.matters.rules.refusals import MatterNotFound, MatterRefusal

__all__ = [
    "Bundle",
    "Commitment",
    "Entrustment",
    "Extension",
    "Fee",
    "Guidance",
    "HearingProvision",
    "Material",
    "MaterialSource",
    "Matter",
    "MatterNotFound",
    "MatterRefusal",
    "Member",
    "Result",
    "Revision",
    "ServiceStep",
    "SpecialProcedure",
    "Statement",
    "entrustment_in_force",
]
