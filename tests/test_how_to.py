"""The guides: what they show as Python is Python, and what they show as programs runs."""

import ast
import pathlib
import re
import subprocess
import sys

import pytest

DOCS = pathlib.Path(__file__).parents[1] / "docs"
GUIDES = sorted([*DOCS.glob("how-to/*.md"), *DOCS.glob("tutorials/*.md")])
# Pages that show parts of programs, of which there is a test of its own; all other guides are programs from top to bottom.
PARTS = {"database.md", "events.md", "green-modes.md", "test-devices.md", "first-server.md", "first-client.md", "images.md", "pipes.md"}
PROGRAMS = [page for page in GUIDES if page.name not in PARTS]


def blocks(page: pathlib.Path) -> list[str]:
    """The Python code of a page."""
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


def dedented(code: str) -> str:
    """Code that may be part of a class."""
    return f"if True:\n{code}" if code.startswith(" ") else code


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_code_of_a_guide_is_python(page):
    for block in blocks(page):
        compile(dedented(block), page.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST)


@pytest.mark.parametrize("page", PROGRAMS, ids=lambda page: page.stem)
def test_a_guide_runs_from_top_to_bottom(page, tmp_path):
    program = tmp_path / "guide.py"
    program.write_text("\n".join(blocks(page)))
    done = subprocess.run(
        [sys.executable, program.name], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
