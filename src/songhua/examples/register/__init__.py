"""An invented register: about 3,000 firms that do not exist, from a seed. No figure is real.

It serves to show and to try what a register's pipeline gives; nothing about any place follows
from it (§11). `songhua new DIR --example register` writes it beside the files of this folder. That
it is invented is known by its bytes alone (`ships`): no column and no file of a register says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

SEED = 2024
#: How the rows of its firms begin; only a file that has this is held against it.
BEGIN = b"X00000,Invented firm 0,"
DAY = date(2024, 6, 30)
DISTRICTS = (
    "Invented North",
    "Invented South",
    "Invented East",
    "Invented West",
    "Invented New Area",
)
SIZES = ("industry", "software_it", "wholesale", "construction", "other")


def enterprises(rng: np.random.Generator, n: int = 3000) -> pd.DataFrame:
    """Invented firms, a row each, with facts under the names of the Chinese rulebooks.

    Money in 10k CNY. About one fact in twenty is missing.

    >>> firms = enterprises(np.random.default_rng(1), 5)
    >>> firms["name"].iloc[0], len(firms)
    ('Invented firm 0', 5)
    """
    staff = np.maximum(3, np.exp(rng.normal(3.4, 1.0, n))).round()
    sales = np.exp(rng.normal(7.0, 1.3, n)).round(1)
    rd = (sales * rng.beta(1.3, 18, n)).round(1)
    grown = 1 + rng.normal(0.09, 0.18, (2, n))
    frame = pd.DataFrame(
        {
            "firm": [f"X{at:05d}" for at in range(n)],
            "name": [f"Invented firm {at}" for at in range(n)],
            "district": rng.choice(DISTRICTS, n),
            "industry": rng.choice(SIZES, n, p=(0.4, 0.25, 0.15, 0.1, 0.1)),
            "registered": [
                date(2005 + int(y), 1 + int(m), 15)
                for y, m in zip(rng.integers(0, 18, n), rng.integers(0, 12, n), strict=True)
            ],
            "resident": True,
            "prohibited_products": rng.random(n) < 0.01,
            "serious_violation": rng.random(n) < 0.01,
            "on_abnormal_list": rng.random(n) < 0.02,
            "staff": staff,
            "tech_staff": np.minimum(staff, (staff * rng.beta(1.5, 5, n)).round()),
            "sales": sales,
            "sales_prev": (sales / grown[0]).round(1),
            "sales_prev2": (sales / grown[0] / grown[1]).round(1),
            "assets": (sales * np.exp(rng.normal(0.1, 0.6, n))).round(1),
            "rd": rd,
            "rd_prev": (rd / 1.1).round(1),
            "rd_prev2": (rd / 1.2).round(1),
            "total_cost": (sales * rng.uniform(0.8, 1.05, n)).round(1),
            "class1_ip": rng.poisson(0.3, n),
            "class2_ip": rng.poisson(2.0, n),
            "owns_core_ip": rng.random(n) < 0.6,
            "supported_field": rng.random(n) < 0.6,
            "total_income": (sales * 1.02).round(1),
            "hightech_income": (sales * rng.beta(4, 2, n)).round(1),
            "rd_domestic": (rd * 2.6).round(1),
            "conversions": rng.poisson(3.5, n),
            "national_award": False,
            "rd_institution": rng.random(n) < 0.02,
            "led_standard": rng.random(n) < 0.02,
        }
    )
    net = frame.assets * rng.uniform(0.2, 0.8, n)
    for name in ("net_assets", "net_assets_prev", "net_assets_prev2"):
        frame[name] = net.round(1)
        net = net / (1 + rng.normal(0.12, 0.15, n))
    frame["own_ip"] = frame.class1_ip + frame.class2_ip
    for name in ("tech_staff", "assets", "rd", "total_cost", "class1_ip", "on_abnormal_list"):
        frame[name] = frame[name].astype(object).where(rng.random(n) >= 0.05, None)
    frame["class2_ip_used"] = rng.binomial(frame.class2_ip.to_numpy(), 0.3)
    return frame


def certificates(rng: np.random.Generator, firms: pd.DataFrame, last: int = 2024) -> pd.DataFrame:
    """Invented certificates: firm, status, the first and the last day.

    >>> firms = enterprises(np.random.default_rng(1), 100)
    >>> sorted(certificates(np.random.default_rng(2), firms)["status"].unique())
    ['cn/high-tech-enterprise', 'cn/sci-tech-sme']
    """
    rows = []
    for status, share, years in (("cn/high-tech-enterprise", 0.25, 3), ("cn/sci-tech-sme", 0.4, 1)):
        for firm in firms.firm[rng.random(len(firms)) < share]:
            start = date(last - int(rng.integers(0, 5)), int(rng.integers(1, 13)), 1)
            end = date(start.year + years, start.month, 1)
            rows.append((firm, status, start, end))
    return pd.DataFrame(rows, columns=["firm", "status", "since", "until"])


def files(seed: int = SEED, n: int = 3000) -> dict[str, bytes]:
    """The files of the register by name: the same bytes from the same seed.

    >>> sorted(files(1, 5))
    ['register/certificates.csv', 'register/enterprises.csv']
    """
    firms = enterprises(np.random.default_rng((seed, 0)), n)
    issued = certificates(np.random.default_rng((seed, 1)), firms)
    current = issued[(issued.status == "cn/high-tech-enterprise") & (issued.since <= DAY)]
    firms["hnte_certificate"] = firms.firm.isin(current.loc[current.until >= DAY, "firm"])
    tables = {"enterprises": firms, "certificates": issued}
    return {
        f"register/{name}.csv": frame.to_csv(index=False, lineterminator="\n").encode()
        for name, frame in tables.items()
    }


def ships(register: Mapping[str, bytes]) -> bool:
    """True if the files of firms and of certificates are those of this case, byte for byte.

    With another firm, a changed cell or another line end a register is its user's. Certificates
    may lack.

    >>> mine = files()
    >>> ships(mine), ships(mine | {"register/certificates.csv": b"firm\\n"}), ships({})
    (True, False, False)
    """
    begun = BEGIN in register.get("register/enterprises.csv", b"")[: 4 * 2**10]
    return begun and all(
        hashlib.sha256(data).hexdigest() == _digests().get(name) for name, data in register.items()
    )


@cache
def _digests() -> dict[str, str]:
    """The digests of the files as this version makes them."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files().items()}
