"""Effects of projects on a region, for one draw or for many at once.

An `Economy` (coefficients of home inputs, coefficients per output, household consumption),
`ProjectFlows` (the projects' spending and sales by year) and their `Impact`: by project, by
industry and from gross to net. `summarise` gives intervals of all of it.
"""

from songhua.maths.projects.capacity import limited, unmet
from songhua.maths.projects.economy import EFFECTS, MEASURES, Economy
from songhua.maths.projects.effects import PHASES, STEPS, TYPES, Impact
from songhua.maths.projects.flows import ProjectFlows
from songhua.maths.projects.summary import Summary, ends, summarise
from songhua.maths.projects.timing import ramp, spread

__all__ = [
    "EFFECTS",
    "MEASURES",
    "PHASES",
    "STEPS",
    "TYPES",
    "Economy",
    "Impact",
    "ProjectFlows",
    "Summary",
    "ends",
    "limited",
    "ramp",
    "spread",
    "summarise",
    "unmet",
]
