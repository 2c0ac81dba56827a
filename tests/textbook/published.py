"""Figures of published tables, small enough to stand here, so that their cases run everywhere.

Restated with their source; where the whole data set is beside the checkout, they are held to it.
"""

from __future__ import annotations

import pandas as pd

GROUPS = ["agriculture", "industry", "construction", "trade", "business_services", "other_services"]
# Germany 1995, m EUR and thousand persons, home flows of six groups of products: Eurostat Manual of
# Supply, Use and Input-Output Tables (2008), as in rOpenGov/iotables; what it prints.
GERMANY = pd.DataFrame(
    [
        [1131, 25480, 1, 607, 710, 762],
        [7930, 304584, 64167, 41082, 11981, 30360],
        [426, 7334, 3875, 5296, 23457, 9155],
        [3559, 72717, 14190, 74399, 10835, 21008],
        [3637, 96115, 31027, 65755, 193176, 34223],
        [1552, 14986, 1747, 11225, 15058, 22070],
        [21664, 395022, 115624, 311407, 415426, 365017],
        [43910, 1079446, 245606, 540063, 692487, 508918],
        [1096, 8381, 3236, 9251, 4258, 10206],
    ],
    [*GROUPS, "value_added", "output", "jobs"],
    GROUPS,
)
GERMANY_PRINTED = {
    "backward_linkages": [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782],
    "forward_linkages": [2.1126, 1.6691, 1.3558, 1.5848, 2.1037, 1.2106],
    "ghosh_inverse_column_agriculture": [1.0339, 0.0118, 0.0037, 0.0103, 0.0117, 0.0043],
    "leontief_diagonal_first3": [1.0339, 1.4292, 1.0289],
    "gva_input_indicator": [0.4934, 0.3659, 0.4708, 0.5766, 0.5999, 0.7172],
    "gva_multipliers": [0.845, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199],
    "employment_multipliers": [0.0326, 0.0162, 0.0207, 0.0237, 0.0112, 0.0242],
}
PRODUCTS = ["agriculture", "mining", "manufacturing", "utilities", "construction", "services"]
# The Netherlands 2000, m EUR, of the same manual.
NETHERLANDS = pd.DataFrame(
    [
        [2731, 3, 8260, 36, 59, 615],
        [4, 282, 2013, 3979, 188, 60],
        [3322, 291, 40218, 480, 8004, 16999],
        [983, 53, 2400, 4395, 85, 3458],
        [121, 70, 565, 135, 14103, 9509],
        [2884, 1078, 28400, 1404, 9339, 106994],
        [2336, 520, 35083, 1629, 14339, 151784],
        [21863, 12292, 210900, 18249, 60244, 435953],
    ],
    [*PRODUCTS, "pay", "output"],
    PRODUCTS,
)
NETHERLANDS_PRINTED = {
    "compensation_direct_and_indirect_effects": [0.263, 0.099, 0.306, 0.212, 0.465, 0.493],
    "compensation_input_multipliers": [2.466, 2.333, 1.84, 2.372, 1.953, 1.417],
}
# Staff of the firms of an industry in three regions: Farhauer and Kröll, Standorttheorien (2014),
# as in the R package REAT.
FIRMS = {
    "Clothing trade": {1: [1020, 1250, 1255, 1750, 1720, 1580], 2: [315, 330], 3: [370, 200, 210]},
    "Forestry": {
        1: [1020, 1100, 1055, 1100, 1070, 1080],
        2: [1030, 1015, 1150, 1100],
        3: [210, 170, 100],
    },
    "Textiles dyeing": {1: [1020, 1250, 1255, 1750, 1720, 1580], 2: [315, 330], 3: [210]},
    "Textiles trade": {1: [1320, 1250, 1255, 1300, 1320, 1320], 2: [615, 630], 3: [530]},
}
# Employees subject to social insurance by section, 2017: Bundesagentur für Arbeit, as in REAT.
# The sections of the town add to 67,283 of 69,403, since some are withheld.
GOETTINGEN = pd.DataFrame(
    {
        "section": [
            "A-R",
            "A",
            "BDE",
            "C",
            "F",
            "G",
            "H",
            "I",
            "J",
            "K",
            "M",
            "N",
            "O",
            "P",
            "Q",
            "R",
        ],
        "Göttingen": [
            69403,
            45,
            466,
            7874,
            1334,
            7051,
            2481,
            2251,
            2032,
            1739,
            7915,
            4875,
            3936,
            7488,
            16896,
            900,
        ],
        "nation": [
            32164973,
            248052,
            538768,
            6797172,
            1798954,
            4380223,
            1713157,
            1062982,
            1027486,
            975126,
            2397099,
            2357313,
            1762308,
            1249260,
            4676036,
            1181037,
        ],
    }
).set_index("section")
# Employees by group of sections, as in REAT; growth is printed in per cent.
FREIBURG = pd.DataFrame(
    {
        "sections": ["B-E", "F", "G-I", "J", "K", "L", "M-N", "O-Q", "R-U"],
        "Freiburg2008": [13004, 2931, 22492, 4503, 3361, 890, 12448, 34358, 6069],
        "Freiburg2014": [12121, 3154, 25484, 4798, 3372, 1059, 14837, 42931, 6673],
        "Germany2008": [
            7073942,
            1572378,
            6248666,
            841848,
            990439,
            220171,
            3296029,
            5905168,
            1084708,
        ],
        "Germany2014": [
            7155807,
            1696961,
            6674652,
            925648,
            996498,
            232167,
            3992230,
            7127512,
            1123004,
        ],
        "growth_Freiburg": [
            -6.790218394340203,
            7.608324803821222,
            13.302507558242931,
            6.5511880968243394,
            0.32728354656352276,
            18.98876404494382,
            19.191838046272494,
            24.951976250072764,
            9.952216180589883,
        ],
        "growth_Germany": [
            1.1572755332175468,
            7.923222024220639,
            6.817231069799538,
            9.95429103591147,
            0.6117489315344004,
            5.448492308251314,
            21.12241730882829,
            20.699563500987608,
            3.5305354067638484,
        ],
    }
).set_index("sections")
