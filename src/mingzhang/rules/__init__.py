"""Rules: what no sum can tell. One file, one rule, one permanent id."""

from mingzhang.rules.registry import ALL, explain, load, run
from mingzhang.rules.rule import Rule

__all__ = ["ALL", "Rule", "explain", "load", "run"]
