"""One entry of an error stack."""

import textwrap

from tango.enums import ErrSeverity
from tango.structs.base import Struct

__all__ = ["DevError"]


class DevError(Struct):
    """One entry of an error stack.

    Attributes
    ----------
    reason : str
        Short name of the error, for programs.
    desc : str
        What happened, for people.
    origin : str
        Where it happened.
    severity : ErrSeverity
        How grave it is.
    """

    desc: str = ""
    origin: str = ""
    reason: str = ""
    severity: ErrSeverity = ErrSeverity.WARN

    # Without quotes, and with what follows the first line set off: tracebacks are read better as they are.
    def __str__(self) -> str:
        desc, origin = (text.strip().replace("\n", "\n    ") for text in (self.desc, self.origin))
        fields = f"desc = {desc}\norigin = {origin}\nreason = {self.reason}\nseverity = {self.severity}"
        return f"DevError[\n{textwrap.indent(fields, '    ')}\n]"

    # Error stacks are put into sets and used as keys.
    def __hash__(self) -> int:  # type: ignore[override]
        return hash((self.reason, self.desc, self.origin, self.severity))
