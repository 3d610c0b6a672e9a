"""Policies: one instrument a file. `INSTRUMENTS` finds them by the name scenario files use, in the schema's order."""

from __future__ import annotations

from hinterland import schema
from hinterland.policy.border_opening import BorderOpening
from hinterland.policy.border_settlement import BorderSettlement
from hinterland.policy.city_cluster import CityCluster
from hinterland.policy.credit_support import CreditSupport
from hinterland.policy.ecological_migration import EcologicalMigration
from hinterland.policy.ecological_protection import EcologicalProtection
from hinterland.policy.fiscal_transfer import FiscalTransfer
from hinterland.policy.hukou_reform import HukouReform
from hinterland.policy.industrial_base import IndustrialBase
from hinterland.policy.industry_linkage import IndustryLinkage
from hinterland.policy.investment_subsidy import InvestmentSubsidy
from hinterland.policy.land_quota import LandQuota
from hinterland.policy.market_reform import MarketReform
from hinterland.policy.measured_change import MeasuredChange
from hinterland.policy.old_base_revitalization import OldBaseRevitalization
from hinterland.policy.policy import Policy
from hinterland.policy.poverty_alleviation import PovertyAlleviation
from hinterland.policy.public_services import PublicServices
from hinterland.policy.small_towns import SmallTowns
from hinterland.policy.talent import Talent
from hinterland.policy.tax_incentive import TaxIncentive
from hinterland.policy.township_merger import TownshipMerger
from hinterland.policy.transport import Transport
from hinterland.policy.utilities import Utilities

_KINDS: tuple[type[Policy], ...] = (
    BorderOpening,
    BorderSettlement,
    CityCluster,
    CreditSupport,
    EcologicalMigration,
    EcologicalProtection,
    FiscalTransfer,
    HukouReform,
    IndustrialBase,
    IndustryLinkage,
    InvestmentSubsidy,
    LandQuota,
    MarketReform,
    MeasuredChange,
    OldBaseRevitalization,
    PovertyAlleviation,
    PublicServices,
    SmallTowns,
    Talent,
    TaxIncentive,
    TownshipMerger,
    Transport,
    Utilities,
)
INSTRUMENTS: dict[str, type[Policy]] = {
    name: kind for name in schema.instruments() for kind in _KINDS if kind.instrument == name
}

__all__ = [
    "INSTRUMENTS",
    "BorderOpening",
    "BorderSettlement",
    "CityCluster",
    "CreditSupport",
    "EcologicalMigration",
    "EcologicalProtection",
    "FiscalTransfer",
    "HukouReform",
    "IndustrialBase",
    "IndustryLinkage",
    "InvestmentSubsidy",
    "LandQuota",
    "MarketReform",
    "MeasuredChange",
    "OldBaseRevitalization",
    "Policy",
    "PovertyAlleviation",
    "PublicServices",
    "SmallTowns",
    "Talent",
    "TaxIncentive",
    "TownshipMerger",
    "Transport",
    "Utilities",
]
