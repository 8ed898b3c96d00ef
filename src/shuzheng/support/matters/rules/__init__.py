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
    Fact,
    Fee,
    HearingProvision,
    Material,
    MaterialSource,
    Matter,
    Opening,
    OwnMotion,
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
    "Fact",
    "Fee",
    "Guidance",
    "HearingProvision",
    "Material",
    "MaterialSource",
    "Matter",
    "MatterNotFound",
    "MatterRefusal",
    "Member",
    "Opening",
    "OwnMotion",
    "Result",
    "Revision",
    "ServiceStep",
    "SpecialProcedure",
    "Statement",
    "entrustment_in_force",
]
