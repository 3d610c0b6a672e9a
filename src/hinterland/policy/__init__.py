"""Policies: one instrument a file. `INSTRUMENTS` finds them by the name scenario files use."""

from __future__ import annotations

from hinterland.policy.hukou_reform import HukouReform
from hinterland.policy.industrial_base import IndustrialBase
from hinterland.policy.measured_change import MeasuredChange
from hinterland.policy.policy import Policy
from hinterland.policy.transport import Transport

INSTRUMENTS: dict[str, type[Policy]] = {
    kind.instrument: kind for kind in (HukouReform, IndustrialBase, MeasuredChange, Transport)
}

__all__ = ["INSTRUMENTS", "HukouReform", "IndustrialBase", "MeasuredChange", "Policy", "Transport"]
