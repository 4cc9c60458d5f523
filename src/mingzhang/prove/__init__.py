"""The mathematics of a book that proves itself; knows no budget and no Chinese.

A ``System`` is a set of linear rows over unknown amounts, some said by *witnesses* (printed
figures). ``residuals`` looks at each row by itself, ``feasible`` at all of them, ``locate`` for the
fewest witnesses that must be wrong, ``bounds`` and ``repairs`` for what a quantity must be,
``implied`` for what the rest says about each witness. ``controlled_rounding`` finds the nearest
printable figures of a ``Printing``; ``exposures`` and ``withholding`` ask what readers can derive
of amounts that are not to be known. The solver proposes, exact integers certify.
"""

from mingzhang.prove.bounds import Infeasible, all_bounds, bounds, repairs
from mingzhang.prove.branch import RoundingLimits
from mingzhang.prove.certify import verify_conflict, verify_location, verify_solution
from mingzhang.prove.conflict import Conflict
from mingzhang.prove.derive import Derivation
from mingzhang.prove.feasible import Feasibility, feasible
from mingzhang.prove.implied import implied
from mingzhang.prove.locate import locate
from mingzhang.prove.location import Cluster, Limits, Location
from mingzhang.prove.printing import Cell, Link, Printing, Rounded, Unprintable, verify_rounding
from mingzhang.prove.protect import (
    Exposure,
    Protected,
    exposures,
    verify_exposure,
)
from mingzhang.prove.residual import Residual, clashes, residuals
from mingzhang.prove.round import controlled_rounding
from mingzhang.prove.system import Row, System, components
from mingzhang.prove.withhold import ProtectLimits, Unprotectable, Withholding, withholding

__all__ = [
    "Cell",
    "Cluster",
    "Conflict",
    "Derivation",
    "Exposure",
    "Feasibility",
    "Infeasible",
    "Limits",
    "Link",
    "Location",
    "Printing",
    "ProtectLimits",
    "Protected",
    "Residual",
    "Rounded",
    "RoundingLimits",
    "Row",
    "System",
    "Unprintable",
    "Unprotectable",
    "Withholding",
    "all_bounds",
    "bounds",
    "clashes",
    "components",
    "controlled_rounding",
    "exposures",
    "feasible",
    "implied",
    "locate",
    "repairs",
    "residuals",
    "verify_conflict",
    "verify_exposure",
    "verify_location",
    "verify_rounding",
    "verify_solution",
    "withholding",
]
