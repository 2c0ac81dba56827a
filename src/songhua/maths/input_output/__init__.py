"""Input-output analysis: effects of one industry's growth on the others (§6, §7).

Letters are the textbook's: Z flows, A technical coefficients, L the Leontief inverse, x output,
f or Y final demand, v value added (or income, or jobs) per unit of output. Rows sell, columns buy.

**Labels.** Frames and series are joined by their labels, and labels that differ raise. Arrays
and lists are accepted: they stand in the order of the table's own labels, and a table given as an
array is labelled 0, 1, 2 … Results are always labelled.

**Industries without output.** Where x is zero the coefficients are missing, neither infinite nor
zero, and so is every result of that industry. The other industries are still solved for; what they
buy of it counts as coming from outside. `without_output` names these industries.

**Solving.** No function forms an inverse unless the caller asks for it: (I - A) is factored once
and solved for the rows or columns that are wanted. Coefficients with which industries use up more
than they make raise `io_not_productive`. With negative coefficients, which some published tables
have, this test is impossible, and only a system without a solution raises.

**Imports.** With coefficients that hold imported inputs, results are those of a world that
produces like the table's country. For what happens at home, take home inputs only
(`songhua.maths.constructs.separate_imports`).
"""

from songhua.maths.input_output.accounting import Accounts, accounts, footprints
from songhua.maths.input_output.chains import average_propagation_length, structural_paths
from songhua.maths.input_output.decomposition import (
    multiplier_decomposition,
    structural_decomposition,
)
from songhua.maths.input_output.effects import multipliers, output_multipliers
from songhua.maths.input_output.exogenous import mixed_model, price_model
from songhua.maths.input_output.inverse import (
    allocation_coefficients,
    close_households,
    ghosh_inverse,
    leontief_inverse,
    technical_coefficients,
    without_output,
)
from songhua.maths.input_output.linkages import (
    backward_linkages,
    forward_linkages,
    hypothetical_extraction,
    key_sectors,
    upstreamness,
)

__all__ = [
    "Accounts",
    "accounts",
    "allocation_coefficients",
    "average_propagation_length",
    "backward_linkages",
    "close_households",
    "footprints",
    "forward_linkages",
    "ghosh_inverse",
    "hypothetical_extraction",
    "key_sectors",
    "leontief_inverse",
    "mixed_model",
    "multiplier_decomposition",
    "multipliers",
    "output_multipliers",
    "price_model",
    "structural_decomposition",
    "structural_paths",
    "technical_coefficients",
    "upstreamness",
    "without_output",
]
