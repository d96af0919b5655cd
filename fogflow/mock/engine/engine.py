"""Executions: started, steered, ended, run again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fogflow.language.specs import WorkflowSpec
from fogflow.mock.engine import flow
from fogflow.mock.engine.action_runs import ActionRuns
from fogflow.mock.engine.actions import Actions
from fogflow.mock.engine.parameters import with_defaults, wrong_input
from fogflow.mock.engine.states import FINAL, may_become
from fogflow.mock.engine.tasks import Tasks
from fogflow.mock.exchange import Project
from fogflow.mock.faults import Fault
from fogflow.mock.scripts import UNSAID, ExecutionScript, Run, Scripts, value_of
from fogflow.mock.store import Row, Store
from fogflow.mock.timeline import Timeline

_LONGEST_REASON = 65500  # letters, as the server's database takes them


class Engine:
    """Runs the executions of one mock.

    An execution's row holds, beside what the API shows, `spec` (a WorkflowSpec), `script` (an ExecutionScript),
    `context` (what was given and published), `project` (the Project), `backlog` (what a pause held up), and of its
    tasks the `latest` of each name, those `ended` that nothing has followed yet, the ids of those still `open`.
    """

    def __init__(self, store: Store, timeline: Timeline, scripts: Scripts) -> None:
        self.store = store
        self.timeline = timeline
        self.scripts = scripts
        self.actions = Actions(store, scripts)
        self.tasks = Tasks(self)
        self.runs = ActionRuns(self)

    # -- rows

    @property
    def second(self) -> datetime:
        return self.timeline.second

    def touch(self, row: Row, **changes: Any) -> None:
        """Changes a row; its `updated_at` tells when."""
        row.update(changes, updated_at=self.second)

    def is_there(self, row: Row) -> bool:
        """Whether a task, or an action's run, was not deleted meanwhile."""
        return any(row["id"] in self.store[name].rows for name in ("executions", "tasks", "action_executions"))

    def execution_of(self, task: Row) -> Row:
        return self.store["executions"].rows[task["workflow_execution_id"]]

    def tasks_of(self, execution: Row) -> list[Row]:
        """The tasks of an execution, in the order in which they came."""
        return self.store["tasks"].where(workflow_execution_id=execution["id"])

    def children_of(self, task: Row) -> list[Row]:
        """What a task ran: its actions, or its executions."""
        name = "executions" if task["type"] == "WORKFLOW" else "action_executions"
        return self.store[name].where(task_execution_id=task["id"])

    def sub_executions_of(self, execution: Row) -> list[Row]:
        """The executions that the tasks of an execution started."""
        return [
            child for task in self.tasks_of(execution) if task["type"] == "WORKFLOW" for child in self.children_of(task)
        ]

    def run_of(self, execution: Row, action_input: Mapping[str, Any]) -> Run:
        """What functions in scripts are told."""
        return Run(
            workflow_name=execution["workflow_name"],
            input=execution["input"],
            env=execution["params"]["env"],
            context=execution["context"],
            output=execution["spec"].data.get("output") or {},
            action_input=action_input,
        )

    # -- the beginning

    def start(
        self,
        definition: Row,
        project: Project,
        given: Mapping[str, Any] | None,
        params: Mapping[str, Any],
        *,
        identity: str | None = None,
        description: str | None = "",
        script: ExecutionScript | None = None,
    ) -> Row:
        """Starts an execution.

        Args:
            definition: the workflow's row.
            given: the input.
            params: as the API takes them.
            identity: its id; a new one by default.
            script: what becomes of it; by default what the mock's scripts say.

        Raises:
            Fault: the workflow does not take this input or these parameters.
        """
        spec: WorkflowSpec = definition["spec"]
        wrong = wrong_input(spec.input, given, spec.name, spec.class_name)
        if wrong:
            raise Fault(400, wrong)
        params = {**params}
        params.setdefault("namespace", definition["namespace"])
        params["env"] = self._environment(params.get("env"), project)
        if spec.type == "reverse" and params.get("task_name") not in spec.tasks:
            described = f"{spec.class_name} {spec.data}"
            raise Fault(400, f"Invalid task name [wf_spec={described}, task_name={params.get('task_name')}]")
        complete = with_defaults(spec.input, given)
        parent = self.store["tasks"].rows.get(params.get("task_execution_id") or "")
        execution = self.store["executions"].insert(
            {
                "id": identity or str(uuid.uuid4()),
                "name": definition["name"],
                "workflow_id": definition["id"],
                "workflow_name": definition["name"],
                "workflow_namespace": definition["namespace"],
                "workbook_name": definition.get("workbook_name"),
                "description": description,
                "tags": definition["tags"],
                "params": params,
                "task_execution_id": params.get("task_execution_id"),
                "root_execution_id": params.get("root_execution_id"),
                "state": "RUNNING",
                "state_info": None,
                "input": complete,
                "output": {},
                "created_at": self.second,
                "updated_at": self.second,
                "project_id": project.id,
                "scope": "private",
                "published": {},
                "published_global": {},
                "accepted": False,
                "index": params.get("index", 0),
                "spec": spec,
                "project": project,
                "script": script or self.scripts.execution(definition["name"]),
                "context": {**(spec.data.get("vars") or {}), **complete},
                "depth": self.execution_of(parent)["depth"] + 1 if parent else 0,
                "backlog": [],
                "latest": {},
                "ended": [],
                "open": set(),
            }
        )
        # In a moment: the answer to a start tells of one that runs, whatever becomes of it.
        self.timeline.schedule(0, lambda: self._begin(execution))
        return execution

    def _environment(self, said: Any, project: Project) -> dict[str, Any]:
        if not said:
            return {}
        if isinstance(said, str):
            visible = self.store.visible("environments", project, everything=False)
            found = next((row for row in visible if row["name"] == said), None)
            if found is None:
                raise Fault(400, f"Environment is not found: {said}")
            return dict(found["variables"] or {})
        if not isinstance(said, dict):
            raise Fault(400, f"Unexpected value type for environment [env={said}, type={type(said)}]")
        return said

    def _begin(self, execution: Row) -> None:
        if execution["state"] != "RUNNING" or not self.is_there(execution):
            # Paused before it began, it begins when it goes on.
            execution["unbegun"] = True
            return
        spec: WorkflowSpec = execution["spec"]
        after = execution["script"].after
        if after:
            execution["too_early"] = True
            self.timeline.schedule(after, lambda: self._let_end(execution))
        if spec.type == "reverse":
            first = flow.ready_to_start(spec, execution["params"]["task_name"], {})
        else:
            first = list(spec.start_tasks)
        for task in first:
            self._start_task(execution, task.name, [])

    def find_sub_workflow(self, execution: Row, name: str, namespace: str) -> Row | None:
        """The workflow that a task names: of the same workbook first, in the namespace or in the nameless one."""
        names = [f"{execution['workbook_name']}.{name}"] if execution["workbook_name"] else []
        visible = self.store.visible("workflows", execution["project"], everything=False)
        return next(
            (
                row
                for wanted in [*names, name]
                for space in (namespace, "")
                for row in visible
                if row["name"] == wanted and row["namespace"] == space
            ),
            None,
        )

    def start_sub_workflow(
        self, task: Row, definition: Row, given: dict[str, Any], params: dict[str, Any], script: ExecutionScript
    ) -> None:
        """Starts the execution that a task runs, or fails the task."""
        try:
            self.start(
                definition,
                task["project"],
                given,
                params,
                description="sub-workflow execution",
                script=script,
            )
        except Fault as fault:
            self.tasks.fail(task, fault.message)

    # -- what follows what

    def _start_task(self, execution: Row, name: str, triggered_by: list[dict[str, str]]) -> None:
        spec: WorkflowSpec = execution["spec"]
        task = spec.tasks[name]
        if not task.join:
            self.tasks.begin(self.tasks.create(execution, task, triggered_by))
            return
        last = execution["latest"].get(name)
        if last is None or last["state"] in FINAL:
            self.tasks.create(execution, task, [])

    def go_on(self, execution: Row) -> None:
        """Starts what follows the tasks that have ended, and ends the execution when nothing does."""
        if execution["state"] != "RUNNING" or not self.is_there(execution):
            return
        ended, execution["ended"] = execution["ended"], []
        for task in ended:
            self.touch(task, processed=True)
            self._follow(execution, task)
        self._let_joins_go(execution)
        if execution["spec"].type == "reverse":
            target = execution["params"]["task_name"]
            for ready in flow.ready_to_start(execution["spec"], target, execution["latest"]):
                self._start_task(execution, ready.name, [])
        self._check(execution)

    def _follow(self, execution: Row, task: Row) -> None:
        commands = [(name, {"task_id": task["id"], "event": clause}) for name, clause in task["next_tasks"]]
        while commands and execution["state"] == "RUNNING":
            name, trigger = commands.pop(0)
            if name in execution["spec"].tasks:
                self._start_task(execution, name, [trigger])
            elif name == "fail":
                self.end(execution, "ERROR", None)
            elif name == "succeed":
                self.end(execution, "SUCCESS", None)
            elif name == "pause":
                self.pause(execution)
        if execution["state"] == "PAUSED":
            execution["backlog"] += commands

    def _let_joins_go(self, execution: Row) -> None:
        spec: WorkflowSpec = execution["spec"]
        tasks: dict[str, Row] = execution["latest"]
        for task in [task for task in tasks.values() if task["state"] == "WAITING"]:
            if task["state"] != "WAITING" or execution["state"] != "RUNNING":
                continue
            state, reason = flow.join_state(spec, task["spec"], tasks)
            self.touch(task, state_info=reason)
            if state == "RUNNING":
                task["runtime_context"]["triggered_by"] = flow.triggers(spec, task["name"], tasks)
                self.tasks.begin(task)
            elif state == "ERROR":
                self.tasks.fail(task, reason)

    def close(self, task: Row) -> None:
        """Takes note that a task has ended, and that nothing has followed it yet."""
        execution = self.execution_of(task)
        execution["open"].discard(task["id"])
        execution["ended"].append(task)

    def reopen(self, task: Row) -> None:
        """Takes note that a task that had ended runs again."""
        task["processed"] = False
        self.execution_of(task)["open"].add(task["id"])

    # -- the end

    def _let_end(self, execution: Row) -> None:
        """Takes note that an execution has lasted as long as its script says."""
        execution["too_early"] = False
        self._check(execution)

    def _check(self, execution: Row) -> None:
        """Ends an execution that has nothing left to do."""
        script: ExecutionScript = execution["script"]
        if execution["state"] != "RUNNING" or not self.is_there(execution) or script.after is None:
            return
        if execution.get("too_early"):
            return
        if script.state is None and (execution["open"] or "unbegun" in execution):
            return
        tasks = self.tasks_of(execution)
        cancelled = sorted(task["name"] for task in tasks if task["state"] == "CANCELLED")
        failed = [task for task in tasks if task["state"] == "ERROR" and not task["error_handled"]]
        if script.state is not None:
            self.end(execution, script.state, script.state_info)
        elif cancelled:
            self.end(execution, "CANCELLED", f"Cancelled tasks: {', '.join(cancelled)}")
        elif failed:
            self.end(execution, "ERROR", self._why(failed))
        else:
            self.end(execution, "SUCCESS", None)

    def _why(self, failed: list[Row]) -> str:
        ordered = sorted(failed, key=lambda task: str(task["name"]))
        lines = [f"Failure caused by error in tasks: {', '.join(task['name'] for task in ordered)}\n"]
        for task in ordered:
            lines.append(f"  {task['name']} [task_ex_id={task['id']}] -> {task['state_info']}")
            kind = "wf_ex_id" if task["type"] == "WORKFLOW" else "action_ex_id"
            for number, child in enumerate(self.children_of(task)):
                if child["state"] == "ERROR":
                    reason = (child["output"] or {}).get("result", "Unknown")
                    lines.append(f"    [{kind}={child['id']}, idx={number}]: {reason}")
        # Each level of nested workflows tells twice what the one below it told.
        return ("\n".join(lines) + "\n")[:_LONGEST_REASON]

    def end(self, execution: Row, state: str, info: str | None) -> None:
        """Ends an execution; what still runs in it runs on, and counts no more.

        Raises:
            Fault: it cannot go there from where it is.
        """
        now = execution["state"]
        # The server passes over both.
        if (state == "ERROR" and now == "PAUSED") or (state in ("ERROR", "CANCELLED") and now in FINAL):
            return
        self._set_state(execution, state, info)
        self.touch(execution, accepted=True, output=self._output(execution, state, info))
        if state == "CANCELLED":
            for child in self.sub_executions_of(execution):
                if child["state"] not in FINAL:
                    self.end(child, state, info)
        parent = self.store["tasks"].rows.get(execution["task_execution_id"] or "")
        if parent:
            self.tasks.on_child_end(parent)

    def _output(self, execution: Row, state: str, info: str | None) -> dict[str, Any]:
        data = execution["spec"].data
        scripted = execution["script"].output
        if scripted is not UNSAID:
            return dict(value_of(scripted, self.run_of(execution, {})))
        if state == "SUCCESS":
            return dict(data.get("output") or execution["published"])
        return {"result": info, **((data.get("output-on-error") or execution["published"]) if state == "ERROR" else {})}

    def _set_state(self, execution: Row, state: str, info: str | None = None) -> None:
        if not may_become(execution["state"], state):
            raise Fault(
                400,
                f"Can't change workflow execution state from {execution['state']} to {state}. "
                f"[workflow={execution['name']}, execution_id={execution['id']}]",
            )
        self.touch(execution, state=state, state_info=info)

    # -- steering

    def pause(self, execution: Row) -> None:
        """Pauses an execution and those below it: what runs ends, and nothing new begins. Raises Fault."""
        for child in self.sub_executions_of(execution):
            if child["state"] not in FINAL:
                self.pause(child)
        if execution["state"] != "PAUSED":
            self._set_state(execution, "PAUSED")

    def resume(self, execution: Row, env: Mapping[str, Any] | None = None) -> None:
        """Goes on with a paused execution; one that is not paused stays as it is. Raises Fault."""
        if execution["state"] not in ("PAUSED", "IDLE"):
            return
        for child in self.sub_executions_of(execution):
            if child["state"] not in FINAL:
                self.resume(child)
        self.change_environment(execution, env)
        self._set_state(execution, "RUNNING")
        if execution.pop("unbegun", False):
            self._begin(execution)
        for task in self.tasks_of(execution):
            if task["state"] == "IDLE":
                self.tasks.begin(task, resumed=True)
        waiting, execution["backlog"] = execution["backlog"], []
        for name, trigger in waiting:
            if name in execution["spec"].tasks:
                self._start_task(execution, name, [trigger])
        self.go_on(execution)

    def change_environment(self, execution: Row, env: Mapping[str, Any] | None) -> None:
        """Adds to an execution's environment, level by level. Raises Fault while it runs, or when it went well."""
        if not env:
            return
        if execution["state"] not in ("IDLE", "PAUSED", "ERROR"):
            raise Fault(
                403,
                "Updating env to workflow execution is only permitted if it is in IDLE, PAUSED, or ERROR state.",
            )
        params = {**execution["params"], "env": _merged(execution["params"]["env"], env)}
        self.touch(execution, params=params)

    def rerun(self, task: Row, *, reset: bool, skip: bool, env: Mapping[str, Any] | None) -> None:
        """Runs a failed task again, or passes it over, and goes on with its execution and those above it.

        Args:
            reset: False keeps what went well of a task with items.

        Raises:
            Fault: the execution cannot go on.
        """
        execution = self.execution_of(task)
        if execution["state"] == "PAUSED":
            return
        self.change_environment(execution, env)
        self._revive(execution)
        # Of what has ended meanwhile, nothing follows any more.
        execution["ended"] = []
        for other in self.tasks_of(execution):
            if other["state"] in FINAL:
                other["processed"] = True
        task["runtime_context"] = {}
        if skip:
            self.tasks.skip(task)
            return
        good = {child["index"] for child in self.children_of(task) if child["accepted"] and child["state"] == "SUCCESS"}
        again = None if reset else set(range(task["expected"])) - good
        # Until it runs, which it does in a moment, the server shows it as it was.
        self.timeline.schedule(0, lambda: self._run_again(task, again))

    def _run_again(self, task: Row, again: set[int] | None) -> None:
        if self.is_there(task):
            for child in self.children_of(task):
                if again is None or child["index"] in again:
                    self.touch(child, accepted=False)
            self.reopen(task)
            self.touch(task, started_at=self.second, finished_at=None, being_rerun=True)
            self.tasks.run(task, only=again)
            task["being_rerun"] = False

    def _revive(self, execution: Row) -> None:
        self._set_state(execution, "RUNNING")
        execution["accepted"] = False
        parent = self.store["tasks"].rows.get(execution["task_execution_id"] or "")
        if parent:
            self._revive(self.execution_of(parent))
            self.reopen(parent)
            self.touch(parent, state="RUNNING", state_info=None, finished_at=None)

    def delete(self, execution: Row) -> None:
        """Deletes an execution with its tasks and all below them."""
        for child in self.sub_executions_of(execution):
            self.delete(child)
        for task in self.tasks_of(execution):
            for child in self.children_of(task):
                self.store["action_executions"].delete(child)
            self.store["tasks"].delete(task)
        self.store["executions"].delete(execution)
        for other in self.store["executions"].where(root_execution_id=execution["id"]):
            other["root_execution_id"] = None


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for name, value in other.items():
        known = merged.get(name)
        merged[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged
