"""Old import path of :class:`tango.Util` and of values for polling buffers."""

from tango._core.threads import EnsureOmniThread, is_omni_thread
from tango.server.arguments import parse_args
from tango.server.classic import Util
from tango.server.classic.registry import class_list, cpp_class_list
from tango.structs import TimedAttrData, TimedCmdData

__all__ = [
    "EnsureOmniThread",
    "TimedAttrData",
    "TimedCmdData",
    "Util",
    "class_list",
    "cpp_class_list",
    "is_omni_thread",
    "parse_args",
]
