"""The old import name of :mod:`tango`: ``import PyTango`` gives that package, its submodules likewise."""  # noqa: N999

import sys

import tango
from tango import _alias

_alias.install("PyTango", tango, {"_PyTango": "_tango"})
sys.modules[__name__] = tango
