"""Policies: one instrument a file. `INSTRUMENTS` finds them by the name scenario files use, in the schema's order."""

from __future__ import annotations

from hinterland import schema
from hinterland.instruments.border_opening import BorderOpening
from hinterland.instruments.border_settlement import BorderSettlement
from hinterland.instruments.city_cluster import CityCluster
from hinterland.instruments.credit_support import CreditSupport
from hinterland.instruments.ecological_migration import EcologicalMigration
from hinterland.instruments.ecological_protection import EcologicalProtection
from hinterland.instruments.fiscal_transfer import FiscalTransfer
from hinterland.instruments.hukou_reform import HukouReform
from hinterland.instruments.industrial_base import IndustrialBase
from hinterland.instruments.industry_linkage import IndustryLinkage
from hinterland.instruments.investment_subsidy import InvestmentSubsidy
from hinterland.instruments.land_quota import LandQuota
from hinterland.instruments.market_reform import MarketReform
from hinterland.instruments.measured_change import MeasuredChange
from hinterland.instruments.old_base_revitalization import OldBaseRevitalization
from hinterland.instruments.poverty_alleviation import PovertyAlleviation
from hinterland.instruments.public_services import PublicServices
from hinterland.instruments.small_towns import SmallTowns
from hinterland.instruments.talent import Talent
from hinterland.instruments.tax_incentive import TaxIncentive
from hinterland.instruments.township_merger import TownshipMerger
from hinterland.instruments.transport import Transport
from hinterland.instruments.utilities import Utilities
from hinterland.policy.policy import Policy

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
