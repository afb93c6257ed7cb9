"""A device that does what a test tells it."""

import ast
import logging
import threading

import tango


class Told:
    """Runs the code that it is sent, in the middle of a request."""

    def Run(self, source):
        """Run some lines; the result is the representation of the value of the last one."""
        names = self.__dict__.setdefault("names", {"device": self, "tango": tango, "logging": logging, "threading": threading})
        *lines, last = ast.parse(source).body
        names["util"] = tango.Util.instance()
        exec(compile(ast.Module(lines, []), "<test>", "exec"), names)
        if isinstance(last, ast.Expr):
            return repr(eval(compile(ast.Expression(last.value), "<test>", "eval"), names))
        exec(compile(ast.Module([last], []), "<test>", "exec"), names)
        return "None"
