"""Proposals 结果应用: from an evaluation to next year's ledger, each amount with its reason.

found = propose(ledger, evaluation)
next_year = apply(ledger, found, evaluation)
"""

from mingzhang.perform.proposals.apply import apply
from mingzhang.perform.proposals.propose import Proposal, propose

__all__ = ["Proposal", "apply", "propose"]
