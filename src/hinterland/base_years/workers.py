"""Workers of 2020 by province, residence and sector."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.calibrate.ras import ipf
from hinterland.data.figures import assumption, national, values
from hinterland.data.units import MILLION, PERSONS_PER_WAN

SECTORS = ("ag", "industry", "services")
CENSUS_SHARES = tuple(f"employment_share_{name}_census" for name in ("primary", "secondary", "tertiary"))
HALVINGS = 200


def employment_nj(codes: tuple[str, ...], year: int = 2020) -> FloatArray:
    r"""Workers by sector: the province's total on the basis after the census, split by the census.

    .. math:: L_{nj} = L_n s_{nj} / \sum_j s_{nj}

    Returns
    -------
    (N, 3), million workers
        Adds up to the published 750.64 million in 2020.

    Notes
    -----
    Assumed: the census shares (long form, 20.8 % in agriculture) and not those of the yearbook (23.6 %, T8).

    Source
    ------
    Yearbook of 2021 and census of 2020, in the panel [csy2021, census2020].
    """
    share = np.stack([values(name, year, codes) for name in CENSUS_SHARES], axis=1)
    total = values("employment_total", year, codes) * PERSONS_PER_WAN / MILLION
    return np.asarray(total[:, None] * share / share.sum(axis=1, keepdims=True))


def residents_nr(codes: tuple[str, ...], year: int = 2020) -> FloatArray:
    """Residents by residence (rural, urban), persons, census day. Source: census [census2020]."""
    return np.stack([values(f"census_population_{name}", year, codes) for name in ("rural", "urban")], axis=1)


def workers_nr(workers_n: FloatArray, residents: FloatArray, urban_total: float) -> FloatArray:
    r"""Workers by residence: rural residents work more, by one factor all over the country.

    .. math:: L_{n,urban} / L_n = u_n / (u_n + \rho (1 - u_n)), \quad \sum_n L_{n,urban} = L_{urban}

    Parameters
    ----------
    workers_n : (N,), million
    residents : (N, 2), persons, rural and urban
    urban_total : million workers living in towns, national

    Returns
    -------
    (N, 2), million workers
        Rural, urban; rho makes the urban workers add up to the published total (1.10 in 2020).

    Notes
    -----
    Assumed: one ratio of activity, rural over urban, in every province. The prototype had rho = 1.

    Source
    ------
    Yearbook of 2021, employed persons in towns [csy2021].
    """
    urban_n = residents[:, 1] / residents.sum(axis=1)

    def share_n(rho: float) -> FloatArray:
        return np.asarray(urban_n / (urban_n + rho * (1 - urban_n)))

    low, high = 0.1, 10.0
    for _ in range(HALVINGS):
        rho = np.sqrt(low * high)
        low, high = (rho, high) if workers_n @ share_n(rho) > urban_total else (low, rho)
    share = share_n(np.sqrt(low * high))
    return np.stack([1 - share, share], axis=1) * workers_n[:, None]


def seed_rj(workers_nj: FloatArray, by_residence_nr: FloatArray, urban_ag_share: float) -> FloatArray:
    r"""Prior of the sectors by residence, whose odds ratios the cells keep.

    .. math:: P(ag | rural) = (L_{ag} - a_u L_{urban}) / L_{rural}

    Returns
    -------
    (2, 3), share
        Rows rural and urban; each adds up to one.

    Notes
    -----
    Assumed: the share of urban residents in agriculture a_u = .05, band .01 to .10 (the margins do not identify it,
    T8), and the shares in industry.
    """
    industry = [assumption(f"{name}_industry_share") for name in ("rural", "urban")]
    rural, urban = by_residence_nr.sum(axis=0)
    ag = [(workers_nj[:, 0].sum() - urban_ag_share * urban) / rural, urban_ag_share]
    return np.array([[share, other, 1 - share - other] for share, other in zip(ag, industry, strict=True)])


def workers_nrj(codes: tuple[str, ...], urban_ag_share: float | None = None) -> FloatArray:
    """Workers of 2020 by residence and sector, million: one table a province, fitted to both margins.

    (N, 2, 3). Rows keep the odds ratios of the prior, `seed_rj`. Estimated; margins are the census'.
    """
    prior = assumption("urban_ag_share") if urban_ag_share is None else urban_ag_share
    by_sector = employment_nj(codes)
    by_residence = workers_nr(by_sector.sum(axis=1), residents_nr(codes), national("urban_workers"))
    seed = np.broadcast_to(seed_rj(by_sector, by_residence, prior), (len(codes), 2, 3))
    return ipf(seed, by_residence, by_sector, codes)
