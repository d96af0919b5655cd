"""Actions: which there are, whether they take an input, and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from fogflow.language.specs import ActionSpec, is_expression
from fogflow.mock.engine.parameters import with_defaults, wrong_input
from fogflow.mock.engine.system_actions import ASYNCHRONOUS, SYSTEM_ACTIONS
from fogflow.mock.exchange import Project
from fogflow.mock.scripts import UNSAID, ActionScript, Run, Scripts, value_of
from fogflow.mock.store import Row, Store

_LONGEST_CHAIN = 20  # of actions that are based on one another


@attrs.frozen
class Action:
    """An action that was found.

    Attributes:
        name: as it was asked for.
        class_name: what the server's messages call it.
        declared: its parameters with their defaults, or REQUIRED; None if it takes anything.
        chain: the definitions that lead to what it does in the end, itself first.
        base: the server's own action at the end; None for a dynamic one.
    """

    name: str
    class_name: str
    declared: Mapping[str, Any] | None
    chain: tuple[ActionSpec, ...]
    base: str | None

    @property
    def is_asynchronous(self) -> bool:
        return self.base in ASYNCHRONOUS

    def wrong_input(self, given: Mapping[str, Any] | None) -> str | None:
        """The server's words for what is wrong with an input; None when it is right."""
        if self.declared is None:
            return None
        return wrong_input(self.declared, given, self.name, self.class_name)

    def complete_input(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """The input as it is kept: with the defaults of a definition, though not of the server's own actions."""
        return with_defaults(self.chain[0].input, given) if self.chain else dict(given or {})


@attrs.frozen
class Outcome:
    """What becomes of a run of an action.

    Attributes:
        state: in which state it ends.
        result: what comes out; where it fails, the reason.
        after: how many seconds it takes; None if it does not end by itself.
    """

    state: str
    result: Any
    after: float | None


class Actions:
    """All actions of a mock."""

    def __init__(self, store: Store, scripts: Scripts) -> None:
        self._store = store
        self._scripts = scripts

    def find(self, name: str, namespace: str, project: Project) -> Action | None:
        """The action of a name, in a namespace or in the nameless one."""
        chain: list[ActionSpec] = []
        wanted = name
        while wanted not in SYSTEM_ACTIONS and len(chain) < _LONGEST_CHAIN:
            row = self._row("actions", wanted, namespace, project)
            if row is None:
                break
            chain.append(row["spec"])
            wanted = self._based_on(row, namespace, project)
        system = SYSTEM_ACTIONS.get(wanted)
        dynamic = None if system else self._row("dynamic_actions", wanted, namespace, project)
        if system is None and dynamic is None:
            return None
        if chain:
            return Action(
                name, "mistral.actions.adhoc.AdHocAction", chain[0].input, tuple(chain), wanted if system else None
            )
        if system:
            class_name = f"mistral.actions.std_actions.{system.class_name}"
            return Action(name, class_name, system.declared, (), wanted)
        assert dynamic is not None
        return Action(name, dynamic["class_name"], None, (), None)

    def _row(self, table: str, name: str, namespace: str, project: Project) -> Row | None:
        visible = [row for row in self._store.visible(table, project, everything=False) if row["name"] == name]
        return next((row for space in (namespace, "") for row in visible if row["namespace"] == space), None)

    def _based_on(self, row: Row, namespace: str, project: Project) -> str:
        """The name of an action's base: within its workbook first."""
        base: str = row["spec"].base
        inside = f"{row['workbook_name']}.{base}" if row.get("workbook_name") else None
        return inside if inside and self._row("actions", inside, namespace, project) else base

    def outcome(self, action: Action, run: Run, script: ActionScript, tries: int, action_execution_id: Any) -> Outcome:
        """What becomes of a run of an action.

        Args:
            run: what functions in scripts are told.
            script: what the execution's script says of the task; what it leaves unsaid, the action's own may say.
            tries: how often it was run before, in this task.
            action_execution_id: for the message of a failure.
        """
        own = self._scripts.action(action.name)
        said = {
            field.name: getattr(script if _says(script, field.name) else own, field.name)
            for field in attrs.fields(ActionScript)
        }
        natural = _natural(action, run.action_input)
        after = natural.after if said["after"] is UNSAID else said["after"]
        if said["after"] is UNSAID and (said["result"] is not UNSAID or said["state"]):
            after = 0.0
        state = "ERROR" if tries < said["fails"] else said["state"] or natural.state
        result = natural.result if said["result"] is UNSAID else value_of(said["result"], run)
        if state == "ERROR" and (said["result"] is UNSAID or tries < said["fails"]):
            result = _failure(action, natural, action_execution_id)
        return Outcome(state, result, after)


def _says(script: ActionScript, name: str) -> bool:
    return getattr(script, name) not in (UNSAID, None, 0) or (name == "after" and script.after in (0, None))


def _natural(action: Action, given: Mapping[str, Any]) -> Outcome:
    """What an action does by itself, as far as that is known without computing."""
    for spec in action.chain:
        given = spec.base_input
    behaviour = _BEHAVIOURS.get(action.base or "")
    found = behaviour(given) if behaviour else Outcome("SUCCESS", None, 0.0)
    output = next((spec.data["output"] for spec in action.chain if "output" in spec.data), UNSAID)
    if found.state == "SUCCESS" and output is not UNSAID and not is_expression(output):
        return attrs.evolve(found, result=output)
    return found


def _sleep(given: Mapping[str, Any]) -> Outcome:
    seconds = given.get("seconds", 1)
    return Outcome("SUCCESS", None, float(seconds) if isinstance(seconds, (int, float)) else 0.0)


_BEHAVIOURS: dict[str, Callable[[Mapping[str, Any]], Outcome]] = {
    "std.echo": lambda given: Outcome("SUCCESS", given.get("output"), 0.0),
    "std.fail": lambda given: Outcome("ERROR", None, 0.0),
    "std.async_noop": lambda given: Outcome("SUCCESS", None, None),
    "std.mistral_http": lambda given: Outcome("SUCCESS", None, None),
    "std.sleep": _sleep,
}


def _failure(action: Action, natural: Outcome, action_execution_id: Any) -> str:
    what, why = action.name, "Failed by script."
    if natural.state == "ERROR":
        # One that a definition stands for has no other text.
        what = "<mistral.actions.adhoc.AdHocAction object at 0x7f0000000000>" if action.chain else "Fail action"
        why = "Fail action expected exception."
    return f"The action raised an exception [action={what}, action_ex_id={action_execution_id}, msg='{why}']"
