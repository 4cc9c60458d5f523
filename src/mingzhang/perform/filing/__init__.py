"""Filing 归档: frozen versions of an evaluation, each with its digest and that of the version before.

    filed = file_version(record, "张某", when, Path("filed"))
    verify(Path("filed")).sound

A later change is a new version; nothing is ever overwritten; the clock is the caller's.
"""

from mingzhang.perform.filing.canonical import canonical, digest_of
from mingzhang.perform.filing.folder import Backdated, Filed, NotSound, file_version
from mingzhang.perform.filing.verify import Verification, Version, verify

__all__ = [
    "Backdated",
    "Filed",
    "NotSound",
    "Verification",
    "Version",
    "canonical",
    "digest_of",
    "file_version",
    "verify",
]
