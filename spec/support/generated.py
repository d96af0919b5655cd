"""What nobody would send, and somebody does: texts, values and definitions for hypothesis to choose from."""

from __future__ import annotations

import json

from hypothesis import strategies as st

# One of each plane at least, those that are not characters and the halves of surrogate pairs among them.
PLANES = [chr(plane * 0x10000 + within) for plane in range(17) for within in (0x41, 0xFFFE)]
TRAPS = ["", ".", "..", "/", "../executions", "a/b", "a%2Fb", "%2e%2e", "a?b=c", "a#b", "a;b", "a\\b", "@elsewhere"]
TRAPS += [
    "//elsewhere",
    "\x00",
    "\r\nX-Evil: 1",
    " a ",
    "in:a,b",
    "nin:",
    "has:",
    "ключ",
    "\ud800",
    "\udfff",
    "x" * 3000,
]

NAMES = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(), max_size=8),
    st.text(
        st.sampled_from(["/", ".", "%", "2", "F", "\\", "?", "#", "\n", "\x7f", " ", "\udcff", *PLANES]), max_size=8
    ),
)

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), NAMES)

JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
"""What JSON can say; NaN, infinity and halves of surrogate pairs, which it cannot, among it."""

NOT_JSON = st.one_of(
    st.binary(max_size=4),
    st.frozensets(st.integers(), max_size=2),
    st.tuples(st.integers()),
    st.dates(),
    st.datetimes(),
    st.complex_numbers(),
    st.builds(object),
    st.dictionaries(st.integers() | st.tuples(st.integers()), st.none(), max_size=2),
)

DEFINITIONS = st.one_of(
    NAMES,
    st.dictionaries(NAMES, JSON, max_size=3),
    st.builds(lambda name, task: {"version": "2.0", name: {"tasks": {task: {"action": "std.noop"}}}}, NAMES, NAMES),
    st.builds(lambda name, what: json.dumps({"version": "2.0", name: what}), NAMES, JSON),
    st.sampled_from(["[" * 5000, "{a: " * 500, "a: *b", "&a [*a]", "!!python/object:os.system {}", "- " * 2000, "\t"]),
)

VALUES = st.one_of(NAMES, JSON, NOT_JSON, DEFINITIONS)
"""Anything that an argument may be given."""
