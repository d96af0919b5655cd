"""What attributes of several models are, in the same words; `help()` and the reference show them."""

from __future__ import annotations

ID = "The server's id of it, a UUID."
PROJECT = "The id of the project that it belongs to."
CREATED = "When the server made it."
SCOPE = 'Who sees it: "private", its project alone, or "public", all projects.'
TAGS_OF_DEFINITION = "The tags of its definition."
UPDATED = "When it was last changed."
NAMESPACE = 'In which namespace its name is; "" is the nameless one.'
STATE_INFO = "Why it is in that state, in the server's words."
STATE_CHANGED = "When its state or anything else of it last changed."
DESCRIPTION = "A text of the caller's."
DEFINITION = "Its YAML text. Set to a text, a mapping or a `pathlib.Path`."
NAME_OF_DEFINITION = "Its name, which its definition tells."
WORKFLOW_ID = "The id of the workflow that it starts."
WORKFLOW_INPUT = "What the workflow is given, by name."
WORKFLOW_PARAMS = "The `params` of each execution that it starts."
