"""What `help()` and signatures show: all that the front door leads to is said, named and typed."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Iterable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.core.attributes import Attribute, declared
from spec.support.front_door import CALLS, CLASSES, COLLECTIONS, MODELS, is_ours

UNNAMED = {
    "filter **lookups": "an attribute and an operator in one name, such as state__in; the attributes are named before",
    "all **lookups": "as of filter",
    "only *names": "as many attributes as are wanted",
    "order_by *names": "as many attributes as are wanted",
    "table *names": "as many columns as are wanted",
    "list_* **query": "the server's own parameters, which are passed on as they are",
    "SubExecutions.new **attributes": "it takes nothing, and says so whatever it is given",
    # Of no model: those of each name the attributes.
    "Model **attributes": "the base class knows no attributes",
    "Model.update **attributes": "the base class knows no attributes",
    "Collection.all **filters": "the base class knows no attributes",
    "Collection.create **attributes": "the base class knows no attributes",
    "Collection.new **attributes": "the base class knows no attributes",
}
"""What takes any number of arguments, or arguments of any name; and why."""

# The others are made by what Python has for that: enumerations, and errors of one message.
MADE = {name: cls for name, cls in CLASSES.items() if is_ours(cls.__init__)}
SIGNATURES = {name: inspect.signature(one) for name, one in {**CALLS, **MADE}.items()}


PLACES = sorted({"fogflow", *CLASSES})


def of(place: str, names: Iterable[str]) -> list[str]:
    """Of these calls, those of a class, or those of modules for "fogflow"."""
    return [name for name in names if name == place or name.rpartition(".")[0].startswith(place)]


def unnamed_in(name: str) -> set[str]:
    """The arguments without a name of a call or a class, each by the call's own name, too, and that of its kind."""
    method = name.rpartition(".")[2]
    kind = "list_*" if method.startswith("list_") else method
    return {
        f"{where} {'*' if one.kind is one.VAR_POSITIONAL else '**'}{one.name}"
        for one in SIGNATURES[name].parameters.values()
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        for where in {name, kind}
    }


def it_is_led_everywhere_by_the_front_door() -> None:
    assert {"WorkflowService", "Retries", "Graph", "Draft", "Response", "ExecutionReport"} <= CLASSES.keys()
    assert {name for name in dir(errors) if not name.startswith("_")} <= CLASSES.keys()
    assert {"fogflow.connect", "fogflow.local.cloud", "WorkflowService.create_execution", "Graph.dot"} <= CALLS.keys()
    assert len(MODELS) == 12
    assert len(COLLECTIONS) == 13


@pytest.mark.parametrize("place", PLACES)
def it_says_what_there_is(place: str) -> None:
    assert place == "fogflow" or inspect.getdoc(CLASSES[place])
    assert [
        name for name in of(place, CALLS) if not inspect.getdoc(CALLS[name] if place == "fogflow" else shown(name))
    ] == []


def shown(name: str) -> Any:
    """A method or a property, as its class has it."""
    cls, _, attribute = name.rpartition(".")
    found = inspect.getattr_static(CLASSES[cls], attribute)
    return found if isinstance(found, property) else getattr(CLASSES[cls], attribute)


@pytest.mark.parametrize("place", PLACES)
def it_types_what_is_taken_and_returned(place: str) -> None:
    for name in of(place, SIGNATURES):
        signature = SIGNATURES[name]
        taken = [one for one in signature.parameters.values() if one.name not in ("self", "instance")]

        assert [one.name for one in taken if one.annotation is one.empty] == [], name
        assert signature.return_annotation is not signature.empty, name


@pytest.mark.parametrize("place", PLACES)
def it_names_what_is_taken(place: str) -> None:
    unnamed = {name: unnamed_in(name) for name in of(place, SIGNATURES)}

    assert [name for name, those in unnamed.items() if those and not those & UNNAMED.keys()] == []


def it_excuses_no_more_than_there_is() -> None:
    assert UNNAMED.keys() <= set().union(*map(unnamed_in, SIGNATURES))


@pytest.mark.parametrize(("model", "name"), [(model, name) for model in MODELS for name in declared(MODELS[model])])
def it_says_of_an_attribute_what_it_is_and_its_type(model: str, name: str) -> None:
    attribute = declared(MODELS[model])[name]

    assert attribute.about.endswith(".")
    assert shown(f"{model}.{name}").__doc__ == f"{annotated(MODELS[model])[name]}: {attribute.described()}"


def annotated(cls: type) -> dict[str, str]:
    return {name: one for base in reversed(cls.__mro__) for name, one in vars(base).get("__annotations__", {}).items()}


def it_says_what_can_be_done_with_an_attribute() -> None:
    variables = declared(MODELS["Environment"])["variables"]

    assert isinstance(variables, Attribute)
    assert variables.described().endswith("Can be set when it is made and afterwards. Left out of ``summary()``.")
    assert "and emptied by None" in declared(MODELS["Environment"])["description"].described()
    assert "Filtered by ``eq gt gte lt lte neq``" in declared(MODELS["Execution"])["created_at"].described()


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def it_names_what_an_object_is_made_with(name: str) -> None:
    attributes = {one for one, other in declared(COLLECTIONS[name].model).items() if other.create}

    assert attributes <= inspect.signature(COLLECTIONS[name].create).parameters.keys()


@pytest.mark.parametrize("name", sorted(COLLECTIONS.keys() - {"SubExecutions"}))  # which makes none
def it_takes_each_name_that_it_shows(name: str) -> None:
    collection = COLLECTIONS[name](None)

    taken = inspect.signature(collection.create).parameters

    for one in taken.keys() - {"definition", "content"}:
        assert not collection.new(**{one: None}).changed
    for one in taken.keys() & {"definition", "content"}:  # which cannot be None
        assert collection.new(**{one: "a text"}).changed == {one}


def it_names_the_keywords_of_a_base_class_too() -> None:
    executions = inspect.signature(COLLECTIONS["Executions"].create).parameters
    triggers = inspect.signature(COLLECTIONS["CronTriggers"].create).parameters

    assert {"workflow", "env", "workflow_name", "input"} <= executions.keys()
    assert {"workflow", "pattern"} <= triggers.keys()
    assert "env" not in triggers


def it_names_what_a_collection_is_narrowed_by() -> None:
    taken = inspect.signature(COLLECTIONS["Executions"].filter).parameters

    assert {"state", "created_at", "all_projects", "include_output"} <= taken.keys()
    assert not {"output", "id"} & taken.keys()
    assert taken["tags"].annotation == list[str] | str | None


def it_names_what_can_be_updated() -> None:
    assert [*inspect.signature(MODELS["Execution"].update).parameters] == ["self", "description", "params", "state"]
    assert [*inspect.signature(MODELS["Task"].update).parameters] == ["self"]


def it_returns_what_the_class_at_hand_returns() -> None:
    assert inspect.signature(COLLECTIONS["Tasks"].filter).return_annotation is COLLECTIONS["Tasks"]
    assert inspect.signature(COLLECTIONS["Tasks"].create).return_annotation is MODELS["Task"]


@pytest.mark.parametrize("connect", [fogflow.connect, CLASSES["Cloud"].connect])
def it_names_the_options_with_fogs_behind(connect: Any) -> None:
    taken = [*inspect.signature(fogflow.connect).parameters]

    assert taken[:4] == ["options", "cloud", "session", "endpoint"]
    assert taken.index("openstack_auth_url") > taken.index("retries")


@pytest.mark.parametrize("name", sorted({**MODELS, **COLLECTIONS, "WorkflowService": None}))
def it_shows_nothing_private(name: str) -> None:
    shown = pydoc.render_doc(CLASSES[name], renderer=pydoc.plaintext)

    assert [line for line in shown.splitlines() if line.startswith(" |  _") and not line.startswith(" |  __")] in (
        [],
        [" |  _is_protocol = False"],  # of typing's Generic
    )
    assert "__attrs_init__" not in shown


def it_leads_from_the_front_door_to_the_rest() -> None:
    shown = pydoc.render_doc(fogflow, renderer=pydoc.plaintext)

    for name in ("fogflow.connect", "service.executions", "service.create_execution", "fogflow.errors", "fogflow.mock"):
        assert name in shown.partition("PACKAGE CONTENTS")[0]
