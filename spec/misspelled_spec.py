"""What is typed wrong: the error names what may have been meant, whatever was done with the name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.core.attributes import declared
from spec.support.front_door import COLLECTIONS

MADE = sorted(COLLECTIONS.keys() - {"SubExecutions"})
"""The collections that make objects."""


def misspelled(name: str) -> str:
    """With two letters the wrong way round, as hands do."""
    return name[:-2] + name[-1] + name[-2]


def a_name_of(collection: str, permission: str) -> str:
    """An attribute of the collection's model of which this is so; too long a name to be taken for another's."""
    names = declared(COLLECTIONS[collection].model)
    return max((name for name, one in names.items() if getattr(one, permission)), key=len)


def it_names_the_neighbour_of_what_is_read() -> None:
    for collection in MADE:
        name = a_name_of(collection, "about")
        with pytest.raises(AttributeError, match=f"did you mean '{name}'"):
            getattr(COLLECTIONS[collection](None).new(), misspelled(name))


def it_names_the_neighbour_of_what_is_set() -> None:
    for collection in MADE:
        name = a_name_of(collection, "about")
        with pytest.raises(AttributeError, match=f"did you mean '{name}'"):
            setattr(COLLECTIONS[collection](None).new(), misspelled(name), "a value")


KEYWORDS: dict[str, Callable[[Any, str], Any]] = {
    "new": lambda collection, name: collection.new(**{name: "a value"}),
    "create": lambda collection, name: collection.create(**{name: "a value"}),
    "update": lambda collection, name: collection.new().update(**{name: "a value"}),
    "only": lambda collection, name: collection.only(name),
    "order_by": lambda collection, name: collection.order_by(f"-{name}"),
    "table": lambda collection, name: collection.table(name),
}


@pytest.mark.parametrize("collection", MADE)
@pytest.mark.parametrize("call", KEYWORDS)
def it_names_the_neighbour_of_what_a_call_is_given(call: str, collection: str) -> None:
    name = a_name_of(collection, "about")

    with pytest.raises(errors.ArgumentError, match=f"did you mean '{name}'"):
        KEYWORDS[call](COLLECTIONS[collection](None), misspelled(name))


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
@pytest.mark.parametrize("operator", ["", "__in", "__neq"])
def it_names_the_neighbour_of_what_is_filtered_by(operator: str, collection: str) -> None:
    name = a_name_of(collection, "lookups")

    with pytest.raises(errors.ArgumentError, match=f"did you mean '{name}'"):
        COLLECTIONS[collection](None).filter(**{f"{misspelled(name)}{operator}": "a value"})


def it_names_the_neighbour_of_a_switch_of_a_list() -> None:
    with pytest.raises(errors.ArgumentError, match="did you mean 'all_projects'"):
        COLLECTIONS["Executions"](None).filter(all_project=True)


def it_names_the_neighbour_of_a_keyword_that_is_no_attribute() -> None:
    with pytest.raises(errors.ArgumentError, match="did you mean 'workflow'"):
        COLLECTIONS["Executions"](None).create(workflw="hello")
    with pytest.raises(errors.ArgumentError, match="did you mean 'env'"):
        COLLECTIONS["Executions"](None).create(enf={})


def it_names_the_neighbour_of_a_property_in_a_table() -> None:
    with pytest.raises(errors.ArgumentError, match="did you mean 'ready'"):
        COLLECTIONS["Executions"](None).table("redy")


@pytest.mark.parametrize(("name", "meant"), [("exections", "executions"), ("creat_execution", "create_execution")])
def it_names_the_neighbour_in_a_service(name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"did you mean '{meant}'"):
        getattr(fogflow.connect(endpoint="http://127.0.0.1:9"), name)


def it_names_the_neighbour_of_a_method_of_a_collection() -> None:
    with pytest.raises(AttributeError, match="did you mean 'filter'"):
        COLLECTIONS["Tasks"](None).fliter  # noqa: B018


def it_lists_no_more_than_anybody_reads() -> None:
    with pytest.raises(AttributeError, match="nothing has a name like it") as raised:
        fogflow.connect(endpoint="http://127.0.0.1:9").zzz  # noqa: B018

    assert len(str(raised.value)) < 100


def it_names_a_neighbour_once() -> None:
    # As Python prints what nobody has caught, with a remark of its own where it knows the object.
    script = "import fogflow; fogflow.connect(endpoint='http://127.0.0.1:9').executions.new().stat"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr

    assert printed.lower().count("did you mean 'state'") == 1
    assert printed.lower().count("did you mean") == 1


def it_says_nothing_of_what_programs_look_for() -> None:
    with pytest.raises(AttributeError, match=r"^Executions has no attribute '_ipython_display_'$"):
        COLLECTIONS["Executions"](None)._ipython_display_  # noqa: B018
