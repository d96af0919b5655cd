"""Ruby programs that use fog, put into Python that uses fogflow, as a first draft; takes `fogflow[port]`::

    python -m fogflow.port deploy.rb -o deploy.py

`fogflow.port.draft(ruby)` does the same in a program. `docs/porting.rst` shows what becomes of what. A program goes
through here once, and the draft is read by somebody: nothing of it is needed when it runs.

`grammar` reads the Ruby, `survey` looks over what it defines; `statements` and its companions make lines, and
`expressions` and its companions what is in them; `names` has fog's names.
"""

from fogflow.port.draft import Draft, draft
from fogflow.port.porter import Left

__all__ = ["Draft", "Left", "draft"]
