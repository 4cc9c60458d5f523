"""The mathematics of a book that proves itself; knows no budget and no Chinese.

A ``System`` is a set of linear rows over unknown amounts, some said by *witnesses* (printed
figures). ``residuals`` looks at each row by itself, ``feasible`` at all of them, ``locate`` for the
fewest witnesses that must be wrong, ``bounds`` and ``repairs`` for what a quantity must be,
``implied`` for what the rest says about each witness. The solver proposes, exact integers certify.
"""

from mingzhang.prove.bounds import Infeasible, all_bounds, bounds, repairs
from mingzhang.prove.certify import verify_conflict, verify_location, verify_solution
from mingzhang.prove.conflict import Conflict
from mingzhang.prove.feasible import Feasibility, feasible
from mingzhang.prove.implied import implied
from mingzhang.prove.locate import locate
from mingzhang.prove.location import Cluster, Limits, Location
from mingzhang.prove.residual import Residual, clashes, residuals
from mingzhang.prove.system import Row, System, components

__all__ = [
    "Cluster",
    "Conflict",
    "Feasibility",
    "Infeasible",
    "Limits",
    "Location",
    "Residual",
    "Row",
    "System",
    "all_bounds",
    "bounds",
    "clashes",
    "components",
    "feasible",
    "implied",
    "locate",
    "repairs",
    "residuals",
    "verify_conflict",
    "verify_location",
    "verify_solution",
]
