"""Disclosure audit 披露审计: can a withheld (涉密) amount be worked out from what is published?

``secret`` says what is withheld, ``public`` what a reader knows, ``auditing`` what follows from it and
what else to withhold, ``told`` how the officer is told.
"""

from mingzhang.disclosure.auditing import Audit, audit
from mingzhang.disclosure.secret import Secret, sealed
from mingzhang.disclosure.told import audit_faults, named_faults

__all__ = ["Audit", "Secret", "audit", "audit_faults", "named_faults", "sealed"]
