"""Scoring 评分: points for a target and an actual value, by rules that are data (catalog/scoring.toml).

scheme    the form: points of the groups, rules, grades, bands; a ledger may override
weights   points of each indicator, exact, adding up to the group's points
share     target and actual value -> the share of the points earned, or what is missing
printed   exact scores as printed numbers that add up
"""

from mingzhang.perform.scoring.printed import half_up, printed_parts
from mingzhang.perform.scoring.scheme import BadScheme, Grade, Overshoot, Scheme, scheme_of
from mingzhang.perform.scoring.share import Given, Graded, Share, execution_share, share_of
from mingzhang.perform.scoring.weights import Weighed, even, weigh

__all__ = [
    "BadScheme",
    "Given",
    "Grade",
    "Graded",
    "Overshoot",
    "Scheme",
    "Share",
    "Weighed",
    "even",
    "execution_share",
    "half_up",
    "printed_parts",
    "scheme_of",
    "share_of",
    "weigh",
]
