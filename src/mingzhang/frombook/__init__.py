"""A published book back into a ledger 底账 that reproduces it (``mingzhang ledger from-book``)."""

from mingzhang.frombook.recover import Recovered, recover

__all__ = ["Recovered", "recover"]
