"""Sphinx configuration; build with `ci/docs`."""

import tango

project = "cytango"
author = "the cytango developers"
release = version = tango.__version__ if hasattr(tango, "__version__") else "0"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "news/*"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "groupwise"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
