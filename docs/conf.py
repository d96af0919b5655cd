"""How Sphinx builds the documentation: `make docs`. Nothing is fetched from anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from fogflow.version import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "fogflow"
author = "The fogflow founders"
project_copyright = author
release = version = __version__

extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", "declared"]
nitpicky = True
# What stands in docstrings between single backticks: a name of fogflow, and then a link, or any other piece of code.
default_role = "py:obj"
nitpick_ignore_regex = [
    ("py:obj", r".*"),
    # Others' names, whose documentation is not asked for.
    ("py:class", r"(collections|datetime|keystoneauth1|pathlib|typing)(\..*)?"),
    ("py:class", r"Self|Session"),
]

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_default_options = {
    "members": True,
    # What a subclass says of itself to the base classes.
    "exclude-members": "address_names, default_order, flags, has_markers, has_nulls, identity_name, light_page_size, "
    "model, page_size, resource_name, summary_names, takes_names, unique_names",
}
autodoc_type_aliases = dict.fromkeys(("ConnectOptions", "auth.ConnectOptions"), "fogflow.auth.ConnectOptions")
add_module_names = False
python_use_unqualified_type_names = True
maximum_signature_line_length = 100
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"fogflow {__version__}"
html_show_sourcelink = False
html_static_path = ["static"]
html_css_files = ["pages.css"]
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
