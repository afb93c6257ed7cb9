"""Value types: plain Python objects that describe attributes, commands, events, errors, devices and properties.

They hold values only; nothing here talks to a device. All are printed, compared, copied and pickled in one way, see
:class:`tango.structs.base.Struct`. Compiled code makes one with ``cls.__new__(cls)`` and fills its ``__dict__``.
"""

from tango.structs import attr_prop, config, database, error, events, idl, info, pipes, time, vectors
from tango.structs.attr_prop import *
from tango.structs.base import Struct as Struct
from tango.structs.base import TypedList as TypedList
from tango.structs.base import each_instance as each_instance
from tango.structs.base import struct_repr as struct_repr
from tango.structs.base import struct_str as struct_str
from tango.structs.config import *
from tango.structs.database import *
from tango.structs.error import *
from tango.structs.events import *
from tango.structs.idl import *
from tango.structs.info import *
from tango.structs.pipes import *
from tango.structs.time import *
from tango.structs.vectors import *

__all__ = []
__all__ += attr_prop.__all__
__all__ += config.__all__
__all__ += database.__all__
__all__ += error.__all__
__all__ += events.__all__
__all__ += idl.__all__
__all__ += info.__all__
__all__ += pipes.__all__
__all__ += time.__all__
__all__ += vectors.__all__
