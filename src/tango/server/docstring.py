"""Read what a docstring says of a command's argument and result.

Understood are the fields of reStructuredText (``:param x:``) and Epydoc (``@param x:``) and the sections of the
Google and numpy styles.
"""

from __future__ import annotations

import inspect
import re
from typing import NamedTuple

__all__ = ("DocItem", "parse_docstring")


class DocItem(NamedTuple):
    """A documented argument or result."""

    name: str
    type_name: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.name} ({self.type_name}): {self.text}"


_FIELD = re.compile(r"^(?P<mark>[:@])(?P<words>[a-zA-Z][^:\n]*):(?P<text>.*(?:\n(?![:@][a-zA-Z]).*)*)", re.MULTILINE)
_PARAM_WORDS = frozenset({"param", "parameter", "arg", "argument", "key", "keyword"})
_RETURN_WORDS = frozenset({"return", "returns"})
_SECTION_WORDS = {
    "args": "param",
    "arguments": "param",
    "parameters": "param",
    "params": "param",
    "returns": "return",
    "return": "return",
}
_GOOGLE_ITEM = re.compile(r"^(?P<name>[*\w.]+)\s*(?:\((?P<type>[^)]*)\))?:\s?(?P<text>.*)", re.DOTALL)
_GOOGLE_RETURN = re.compile(r"^(?P<type>[\w.\[\], ]+):\s+(?P<text>.*)", re.DOTALL)


def parse_docstring(doc: str | None) -> tuple[DocItem | None, DocItem | None]:
    """Find the first documented argument and the documented result.

    Parameters
    ----------
    doc
        The docstring.

    Returns
    -------
    tuple
        The argument and the result, each None if the docstring does not mention it.
    """
    if not doc:
        return None, None
    text = inspect.cleandoc(doc)
    for style in (_parse_fields, _parse_numpy, _parse_google):
        found = style(text)
        if found != (None, None):
            return found
    return None, None


def _join(text: str) -> str:
    first, _, rest = text.strip("\n").partition("\n")
    rest = inspect.cleandoc(rest).strip()
    return f"{first.strip()}\n{rest}" if rest else first.strip()


def _parse_fields(text: str) -> tuple[DocItem | None, DocItem | None]:
    argument: DocItem | None = None
    result: str | None = None
    types: dict[str, str] = {}
    for match in _FIELD.finditer(text):
        word, *rest = match["words"].split()
        content = _join(match["text"])
        if word in _PARAM_WORDS and rest:
            if argument is None:
                argument = DocItem(rest[-1], " ".join(rest[:-1]) or None, content)
        elif word == "type" and rest:
            types[rest[-1]] = content
        elif word in _RETURN_WORDS:
            result = content
        elif word == "rtype":
            types["return"] = content
    if argument is not None and argument.type_name is None:
        argument = argument._replace(type_name=types.get(argument.name))
    return argument, None if result is None else DocItem("returns", types.get("return"), result)


def _items(body: str) -> list[str]:
    """Split an indented section into its items, each with its continuation lines."""
    return [item for item in re.split(r"\n(?=\S)", inspect.cleandoc("\n" + body)) if item.strip()]


def _parse_numpy(text: str) -> tuple[DocItem | None, DocItem | None]:
    argument = result = None
    parts = re.split(r"^(\w[\w ]*)\n-{3,}[ \t]*$", text, flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        kind = _SECTION_WORDS.get(title.strip().lower())
        items = _items(body)
        if kind is None or not items:
            continue
        head, _, rest = items[0].partition("\n")
        name, colon, type_name = (part.strip() for part in head.partition(":"))
        type_name = type_name.removesuffix(", optional")
        if kind == "param":
            argument = DocItem(name, type_name or None, inspect.cleandoc(rest))
        else:
            result = DocItem("returns", (type_name if colon else name) or None, inspect.cleandoc(rest))
    return argument, result


def _parse_google(text: str) -> tuple[DocItem | None, DocItem | None]:
    argument = result = None
    parts = re.split(r"^(\w[\w ]*):[ \t]*$", text, flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        kind = _SECTION_WORDS.get(title.strip().lower())
        block = re.match(r"\n((?:[ \t]+.*(?:\n|$)|\n)*)", body)
        if kind is None or block is None or not block[1].strip():
            continue
        if kind == "param":
            item = _GOOGLE_ITEM.match(_items(block[1])[0])
            if item is not None:
                type_name = (item["type"] or "").removesuffix(", optional") or None
                argument = DocItem(item["name"], type_name, _join(item["text"]))
        else:
            content = inspect.cleandoc(block[1])
            returned = _GOOGLE_RETURN.match(content)
            if returned is not None:
                result = DocItem("returns", returned["type"], _join(returned["text"]))
            else:
                result = DocItem("returns", None, _join(content))
    return argument, result
