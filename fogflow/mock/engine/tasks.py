"""Tasks: how each begins, runs its actions or workflows, is tried again, and ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fogflow.language.specs import TaskSpec
from fogflow.mock.engine.actions import Action
from fogflow.mock.engine.states import FINAL
from fogflow.mock.exchange import Project
from fogflow.mock.scripts import UNSAID, ActionScript, ExecutionScript, Run, value_of
from fogflow.mock.store import Row

if TYPE_CHECKING:
    from fogflow.mock.engine.engine import Engine


DEEPEST = 50
"""How deep workflows may be nested; one that calls itself without an end fails there."""


class Tasks:
    """The tasks of all executions of a mock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # -- the beginning

    def create(self, execution: Row, spec: TaskSpec, triggered_by: list[dict[str, str]]) -> Row:
        """A task that has not begun; one that joins others waits for them."""
        engine = self._engine
        copied = ("workflow_name", "workflow_namespace", "workflow_id", "scope")
        # An administrator who lets another project's execution go on has what follows for himself.
        project = engine.timeline.on_behalf_of or execution["project"]
        task = engine.store["tasks"].insert(
            {
                **{name: execution[name] for name in copied},
                "project": project,
                "project_id": project.id,
                "name": spec.name,
                "type": "WORKFLOW" if spec.is_workflow else "ACTION",
                "workflow_execution_id": execution["id"],
                "tags": spec.tags,
                "state": "WAITING" if spec.join else "IDLE",
                "state_info": None,
                "runtime_context": {"triggered_by": triggered_by} if triggered_by else {},
                "published": {},
                "processed": False,
                "started_at": None,
                "finished_at": None,
                "created_at": engine.second,
                "updated_at": engine.second,
                "spec": spec,
                "next_tasks": [],
                "error_handled": False,
                "attempt": 0,
                "being_rerun": False,
            }
        )
        execution["latest"][spec.name] = task
        execution["open"].add(task["id"])
        return task

    def begin(self, task: Row, *, resumed: bool = False) -> None:
        """Lets a task run, once its policies let it.

        Args:
            resumed: whether it was held back by `pause-before`, and may go on now.
        """
        spec: TaskSpec = task["spec"]
        execution = self._engine.execution_of(task)
        self._engine.touch(task, started_at=task["started_at"] or self._engine.second)
        if spec.policy("pause-before") is True and not resumed:
            self._engine.touch(task, state="IDLE", state_info="Set by 'pause-before' policy")
            self._engine.pause(execution)
            return
        wait = spec.policy("wait-before") or 0
        if wait:
            task["runtime_context"]["wait_before_policy"] = {"skip": True}
            self._engine.touch(task, state="DELAYED", state_info=f"Delayed by 'wait-before' policy [delay={wait}]")
            self._later(task, wait, lambda: self.run(task))
        else:
            self.run(task)

    def run(self, task: Row, *, only: set[int] | None = None) -> None:
        """Runs what a task runs: an action or a workflow, once or for each item.

        Args:
            only: the numbers of the items to run; all by default.
        """
        spec: TaskSpec = task["spec"]
        task["attempt"] += 1
        self._engine.touch(task, state="RUNNING", state_info=None)
        timeout = spec.policy("timeout") or 0
        if timeout:
            self._later(task, timeout, lambda: self._time_out(task, timeout))
        inputs = self._inputs(task)
        if spec.items is not None:
            task["runtime_context"]["with_items"] = {"capacity": None, "count": len(inputs)}
            if not inputs:
                self._complete(task, "SUCCESS", None)
        task["expected"] = len(inputs)
        for number, given in enumerate(inputs):
            if task["state"] == "RUNNING" and (only is None or number in only):
                (self._run_workflow if spec.is_workflow else self._run_action)(task, number, given)

    def _later(self, task: Row, delay: float, happen: Any) -> None:
        """Has something happen to a task, if nobody runs or ends it before."""
        attempt = task["attempt"]

        def happen_still() -> None:
            if task["attempt"] == attempt and task["state"] not in FINAL and self._engine.is_there(task):
                happen()

        self._engine.timeline.schedule(delay, happen_still)

    def _inputs(self, task: Row) -> list[dict[str, Any]]:
        """The input of each run, with the items put in where a whole value is an item."""
        spec: TaskSpec = task["spec"]
        items = spec.items
        if items is None:
            return [spec.input]
        if spec.has_computed_items:
            # How many there are, only the results in a script can tell.
            results = value_of(self._script(task).result, self._run_of(task, {}))
            items = [{} for _ in results] if isinstance(results, list) else items
        return [{name: _item(value, variables) for name, value in spec.input.items()} for variables in items]

    # -- actions and workflows

    def _run_action(self, task: Row, number: int, given: Mapping[str, Any]) -> None:
        engine = self._engine
        spec: TaskSpec = task["spec"]
        namespace = task["workflow_namespace"]
        action = self._find_action(task, spec.runs)
        if action is None:
            self._break(task, f"Failed to find action [action_name={spec.runs}, namespace={namespace}]")
            return
        wrong = action.wrong_input(given)
        if wrong:
            self._break(task, wrong)
            return
        row = engine.runs.create(
            task["project"],
            name=action.name,
            input=action.complete_input(given),
            workflow_name=task["workflow_name"],
            workflow_namespace=namespace,
            task_execution_id=task["id"],
            index=number,
            updated_at=engine.second,
        )
        tries = len(engine.store["action_executions"].where(task_execution_id=task["id"], index=number)) - 1
        script = self._script_of_item(task, number)
        outcome = engine.actions.outcome(action, self._run_of(task, given), script, tries, row["id"])
        engine.runs.end_later(row, outcome)

    def _find_action(self, task: Row, name: str) -> Action | None:
        execution = self._engine.execution_of(task)
        project: Project = task["project"]
        inside = f"{execution['workbook_name']}.{name}" if execution["workbook_name"] else name
        actions, namespace = self._engine.actions, task["workflow_namespace"]
        return actions.find(inside, namespace, project) or actions.find(name, namespace, project)

    def _run_workflow(self, task: Row, number: int, given: Mapping[str, Any]) -> None:
        engine = self._engine
        spec: TaskSpec = task["spec"]
        execution = engine.execution_of(task)
        namespace = execution["params"].get("namespace", "")
        definition = engine.find_sub_workflow(execution, spec.runs, namespace)
        if definition is None:
            self._complete(task, "ERROR", f"Failed to find workflow [name={spec.runs}] [namespace={namespace}]")
            return
        if execution["depth"] >= DEEPEST:
            self._complete(task, "ERROR", f"The mock runs workflows within workflows no deeper than {DEEPEST}")
            return
        said = self._script_of_item(task, number)
        script = engine.scripts.execution(definition["name"])
        if said != ActionScript():
            script = ExecutionScript(
                output=said.result, state=said.state, after=0 if said.after is UNSAID else said.after
            )
        params = {
            "root_execution_id": execution["root_execution_id"] or execution["id"],
            "task_execution_id": task["id"],
            "index": number,
            "namespace": namespace,
            "env": execution["params"]["env"],
        }
        # In a moment, not at once: a workflow may call itself without an end.
        self._later(task, 0, lambda: engine.start_sub_workflow(task, definition, dict(given), params, script))

    def _script(self, task: Row) -> ActionScript:
        script: ExecutionScript = self._engine.execution_of(task)["script"]
        return script.tasks.get(task["name"], ActionScript())

    def _script_of_item(self, task: Row, number: int) -> ActionScript:
        """The script of one run: of a list of results for a task with items, each run has its own."""
        script = self._script(task)
        if task["spec"].items is None or script.result is UNSAID:
            return script
        results = value_of(script.result, self._run_of(task, {}))
        if not isinstance(results, list) or number >= len(results):
            return script
        return ActionScript(result=results[number], state=script.state, after=script.after, fails=script.fails)

    def _run_of(self, task: Row, given: Mapping[str, Any]) -> Run:
        return self._engine.run_of(self._engine.execution_of(task), given)

    # -- the end

    def on_child_end(self, task: Row) -> None:
        """Goes on with a task, one of whose actions or executions has ended."""
        if task["state"] in FINAL or task["state"] == "DELAYED":
            return
        children = [child for child in self._engine.children_of(task) if child["accepted"]]
        ended = [child for child in children if child["state"] in FINAL]
        if len(ended) < task["expected"]:
            return
        states = {child["state"] for child in ended}
        state = next((one for one in ("ERROR", "CANCELLED") if one in states), "SUCCESS")
        info = next((_reason(child) for child in ended if child["state"] == state), None) if state == "ERROR" else None
        spec: TaskSpec = task["spec"]
        if spec.items is not None and state == "ERROR":
            info = "One or more actions had failed."
        if state == "SUCCESS" and spec.policy("fail-on") is True:
            state, info = "ERROR", "Failed by 'fail-on' policy"
        self._end_try(task, state, info)

    def _end_try(self, task: Row, state: str, info: str | None) -> None:
        spec: TaskSpec = task["spec"]
        count, delay = spec.retry
        done = task["runtime_context"].get("retry_task_policy", {}).get("retry_no", 0)
        if state == "ERROR" and done < count:
            task["runtime_context"]["retry_task_policy"] = {"retry_no": done + 1}
            self.discard_results(task)
            self._engine.touch(task, state="DELAYED", state_info=info)
            self._later(task, delay, lambda: self.run(task))
            return
        wait = spec.policy("wait-after") or 0
        if wait:
            task["runtime_context"]["wait_after_policy"] = {"skip": True}
            self._engine.touch(task, state="DELAYED", state_info=f"Delayed by 'wait-after' policy [delay={wait}]")
            self._later(task, wait, lambda: self._complete(task, state, info))
        else:
            self._complete(task, state, info)

    def discard_results(self, task: Row) -> None:
        """Lets nothing count that was run so far."""
        for child in self._engine.children_of(task):
            self._engine.touch(child, accepted=False)

    def _time_out(self, task: Row, timeout: float) -> None:
        self._complete(task, "ERROR", f"Task timed out [timeout(s)={timeout}].")

    def _break(self, task: Row, error: str) -> None:
        """Fails a task that could not be run, and its execution with it."""
        info = f"Failed to run task [error={error}, wf={task['workflow_name']}, task={task['name']}]:\n"
        self._engine.touch(task, state="ERROR", state_info=info, finished_at=self._end_of(task))
        self._engine.end(self._engine.execution_of(task), "ERROR", info)

    def _end_of(self, task: Row) -> datetime | None:
        # Of a task that is run again, and ends before it has begun, the server notes no end.
        return None if task["being_rerun"] else self._engine.second

    def skip(self, task: Row) -> None:
        """Ends a task as if there had been nothing to do."""
        self._complete(task, "SKIPPED", "Task was skipped.")

    def fail(self, task: Row, info: str | None) -> None:
        """Ends a task that can never start."""
        self._complete(task, "ERROR", info)

    def _complete(self, task: Row, state: str, info: str | None) -> None:
        engine = self._engine
        spec: TaskSpec = task["spec"]
        execution = engine.execution_of(task)
        branch, everywhere = spec.publishes(state)
        said = self._script(task).published
        if said is not UNSAID and state == "SUCCESS":
            branch = dict(value_of(said, self._run_of(task, spec.input)))
        if everywhere:
            task["published_global"] = everywhere
        execution["published_global"].update(everywhere)
        execution["context"].update({**everywhere, **branch})
        execution["published"].update(branch)
        following = spec.after(state)
        engine.touch(
            task,
            state=state,
            state_info=info,
            published=branch,
            finished_at=self._end_of(task),
            next_tasks=following,
            error_handled=any(clause == "on-error" for _, clause in following),
        )
        engine.close(task)
        engine.go_on(execution)


def _item(value: Any, variables: Mapping[str, Any]) -> Any:
    """An item in the place of an expression that is nothing but its name."""
    for name, item in variables.items():
        if isinstance(value, str) and value.replace(" ", "") in (f"<%$.{name}%>", f"{{{{_.{name}}}}}"):
            return item
    return value


def _reason(child: Row) -> str | None:
    """Why an action or an execution failed."""
    reason = child["state_info"] or (child["output"] or {}).get("result")
    return reason if reason is None or isinstance(reason, str) else str(reason)
