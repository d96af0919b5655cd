"""Executions: workflows that run, or have run (`/v2/executions`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, json_attribute, json_text, model, time_attribute
from fogflow.core.bulk import WORKERS, Progress
from fogflow.core.query import Query
from fogflow.core.signatures import made_with, spelled_out
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import is_uuid
from fogflow.models.lookups import EXACT, PROSE, TAGS, TEXT, TIME
from fogflow.models.starting import StartingCollection, StartsWorkflow, require_mapping
from fogflow.models.states import FINAL_STATES, HasState
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.drawing import Graph
    from fogflow.models.following import Following, OnLook
    from fogflow.models.reports import ExecutionReport
    from fogflow.models.sub_executions import SubExecutions
    from fogflow.models.tasks import Task, Tasks

OnChange = Callable[["Execution"], object]
"""Told of an execution whose state is another than before."""

# The states from which an execution does not go on by itself. PAUSED is not one: somebody may resume it.
_FINAL_STATES = FINAL_STATES - {"SKIPPED"}

# The server answers well to some others, and does nothing.
_SETTABLE_STATES = _FINAL_STATES | {"RUNNING", "PAUSED"}

# What of an execution is otherwise at its end.
_CHANGING = frozenset({"state", "state_info", "output", "published_global", "params", "description", "updated_at"})

# What the engine adds to the parameters of a sub-workflow's execution; repeated, they would make it one again.
_ENGINES_OWN = frozenset({"namespace", "root_execution_id", "task_execution_id", "index"})


@model
class Execution(HasState, StartsWorkflow):
    """A run of a workflow."""

    __slots__ = ()

    resource_name = "execution"
    summary_names = ("id", "workflow_name", "state")

    id: str = attribute("Its id, a UUID; one is made up where none is given.", create=True, sort=True)
    workflow_id: str = attribute("The id of the workflow that it runs.", create=True, lookups=EXACT, sort=True)
    workflow_name: str = attribute("The name of the workflow that it runs.", create=True, lookups=TEXT, sort=True)
    workflow_namespace: str = attribute("In which namespace that name is.", create=True, sort=True)
    description: str | None = attribute(words.DESCRIPTION, create=True, update=True, lookups=TEXT, sort=True)
    tags: list[str] = attribute("The tags of its workflow.", lookups=TAGS)
    params: dict[str, Any] = json_attribute(
        "How it runs beside its input: a mapping, with `env`, `task_name`, `notify` among others.",
        create=True,
        update=True,
        heavy=True,
    )
    task_execution_id: str | None = attribute(
        "The id of the task that started it; None where no task did.", lookups=EXACT
    )
    root_execution_id: str | None = attribute(
        "The id of the execution at the top; None where no task started it.", lookups=EXACT
    )
    source_execution_id: str | None = attribute("The id of the execution that it repeats.", create=True, computed=True)
    state: str = attribute(
        'How it stands: "IDLE", "RUNNING", "PAUSED", "SUCCESS", "ERROR" or "CANCELLED".',
        update=True,
        lookups=TEXT,
        sort=True,
    )
    state_info: str | None = attribute(words.STATE_INFO, lookups=PROSE, heavy=True)
    input: dict[str, Any] = json_attribute("What the workflow was given, by name.", create=True, heavy=True)
    output: dict[str, Any] = json_attribute("What came out, by name.", heavy=True)
    published_global: dict[str, Any] = json_attribute(
        "What its tasks have published for all branches, by name.", computed=True, heavy=True
    )
    project_id: str = attribute(words.PROJECT, lookups=EXACT, sort=True)
    created_at: datetime = time_attribute("When it was started.", lookups=TIME, sort=True)
    updated_at: datetime = time_attribute(words.STATE_CHANGED, lookups=TIME, sort=True)

    # -- waiting for it

    def wait(
        self,
        timeout: float | None = 600,
        check: bool = True,
        interval: float | None = None,
        *,
        progress: bool = False,
    ) -> Execution:
        """Waits until it has ended.

        Args:
            timeout: seconds to wait at the most; None waits for ever. A paused execution does not end by itself.
            check: whether to raise when it has ended otherwise than in SUCCESS.
            interval: seconds between two looks; by default short at first, then longer, up to a minute.
            progress: whether to draw a bar of its tasks that have ended, on the standard error or in a notebook; takes
                the extra `fogflow[progress]`. There are those that it has so far, and those of the definition that may
                still come. A look then takes one request more, for the tasks, and the first another, for the workflow;
                if they fail, a warning says so, and the wait goes on.

        Returns:
            itself, as it is at its end.

        Raises:
            errors.ExecutionError: it has ended in ERROR or CANCELLED; names the tasks that failed.
            errors.TimeoutError: the time is over.
            errors.NotFound: it was deleted meanwhile.
            errors.MissingExtraError: `progress` without tqdm; nothing was sent.
        """
        if progress:
            from fogflow.models.progress import TaskProgress

            with TaskProgress() as bar:
                self.wait_for(lambda one: bar.look(one).ready, timeout=timeout, interval=interval)
        else:
            self.wait_for(lambda one: one.ready, timeout=timeout, interval=interval)
        if check and not self.success:
            raise errors.ExecutionError(self, list(self.tasks.filter(state="ERROR")))
        return self

    def _notice(self, row: Mapping[str, Any]) -> None:
        """Takes in what a list told of it; what else may be otherwise by now is fetched when it is read."""
        kept = {name: value for name, value in (self._row or {}).items() if name not in _CHANGING}
        self._absorb({**kept, **row})

    def _describe(self) -> str:
        return f"execution {self.id} of workflow {self.workflow_name!r}, which is in {self.state}"

    # -- what can be done with it

    def pause(self) -> Execution:
        """Starts no further tasks until it is resumed. Returns itself."""
        return self._change(state="PAUSED")

    def resume(self, env: Mapping[str, Any] | None = None) -> Execution:
        """Goes on with a paused execution. One in ERROR goes on by `Task.rerun`.

        Args:
            env: values to change in its environment.

        Returns:
            itself. The server leaves one as it is that is not paused, and says nothing; `state` tells.

        Raises:
            errors.ArgumentError: `env` is no mapping.
        """
        require_mapping("the env of an execution", env)
        return self._change(state="RUNNING", **({"params": {"env": env}} if env else {}))

    def cancel(self, reason: str | None = None) -> Execution:
        """Ends it in CANCELLED; `reason` becomes its `state_info`. Returns itself."""
        return self.stop("CANCELLED", reason)

    def stop(self, state: str = "ERROR", reason: str | None = None) -> Execution:
        """Ends it.

        Args:
            state: "SUCCESS", "ERROR" or "CANCELLED".
            reason: what becomes its `state_info`.

        Returns:
            itself.

        Raises:
            errors.ArgumentError: another state.
            errors.BadRequest: it cannot go there from where it is.
        """
        if state not in _FINAL_STATES:
            raise errors.ArgumentError(f"an execution stops in {', '.join(sorted(_FINAL_STATES))}, not in {state!r}")
        return self._change(state=state, **({"state_info": reason} if reason else {}))

    def rerun(self, description: str | None = None) -> Execution:
        """Starts a new execution with this one's workflow, input and parameters.

        Returns:
            the new execution. The server adds to its description where it comes from.
        """
        return Executions(self.service).create(
            source_execution_id=self.identity,
            # The server copies the workflow alone, whatever its documentation says of inputs and parameters.
            input=self.input,
            params={name: value for name, value in (self.params or {}).items() if name not in _ENGINES_OWN},
            description=description,
        )

    def destroy(self, force: bool = False) -> bool:
        """Deletes it, with its tasks.

        Args:
            force: also when it has not ended.

        Returns:
            True.

        Raises:
            errors.Forbidden: it has not ended, and `force` is not set.
            errors.NotFound: it is gone already.
        """
        self._require_persisted("destroy")
        Executions(self.service).destroy(self.identity, force=force)
        self._destroyed = True
        return True

    def _change(self, **changes: Any) -> Execution:
        self._require_persisted("change")
        return self._answered(self._sent(changes), *changes)

    def _sent(self, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._changed_once(
            lambda: self.service.change_execution(self.identity, changes),
            # Only to go on is sent once. Whether one that stands still went on, and stopped again, cannot be told.
            lambda now: changes.get("state") == "RUNNING" and now.get("state") in ("RUNNING", "SUCCESS"),
        )

    # -- what belongs to it

    @property
    def tasks(self) -> Tasks:
        """Its tasks."""
        from fogflow.models.tasks import Tasks

        return self._related(Tasks, workflow_execution_id=self.identity)

    @property
    def sub_executions(self) -> SubExecutions:
        """The executions that its tasks started, and those that they started, however deep."""
        from fogflow.models.sub_executions import SubExecutions

        self._require_persisted("follow")
        return SubExecutions(self.service, Query(flags={"id": self.identity}))

    @property
    def parent_task(self) -> Task | None:
        """The task that started it; None when it was started by itself."""
        if self.task_execution_id is None:
            return None
        found: Task | None = self.service.tasks.get(self.task_execution_id)
        return found

    def report(
        self, *, errors_only: bool = False, max_depth: int | None = None, statistics_only: bool = False
    ) -> ExecutionReport:
        """What became of it, with its tasks, their actions, and the executions below them.

        Args:
            errors_only: leaves out what has not failed.
            max_depth: how deep to go into sub-workflows; 0 stays out of them, None goes to their end.
            statistics_only: leaves out all but the counts.
        """
        from fogflow.models.reports import ExecutionReport

        self._require_persisted("report on")
        answer = self.service.get_execution_report(
            self.identity, errors_only=errors_only, max_depth=max_depth, statistics_only=statistics_only
        )
        return ExecutionReport.from_row(row(answer))

    def graph(self) -> Graph:
        """Its picture: the workflow's, with the state and the duration of each task, and the ways that were taken.

        What has not run is grey and dashed. Where the workflow is gone, or was changed so that it is another, the
        tasks alone are drawn, in the order of time. Asks for the workflow and for the tasks; the execution's own
        state is that of the server's last answer.
        """
        from fogflow.models import pictures

        return pictures.of_execution(self)

    # -- how it is saved

    def _insert(self) -> Mapping[str, Any]:
        chosen, given = _uuid(self.id), self.id
        # The server starts one execution per id, so a start can be sent again.
        self.id = chosen  # type: ignore[misc]  # mypy does not see the generated properties
        try:
            started = super()._insert()
        except errors.Error as error:
            # Kept where the outcome is unknown: another save() then asks for the same execution.
            if not error.may_have_happened:
                self.id = given  # type: ignore[misc]
            raise
        # An execution with an id that was chosen at random just now is the one that this call started.
        if given:
            self._require_same(started)
        return started

    def _create(self) -> Mapping[str, Any]:
        if self.source_execution_id is None:
            self._require_one_workflow()
        self._require_mappings("input", "params")
        return row(
            self.service.create_execution(
                self.workflow_name,
                self.input,
                id=self.id,
                workflow_id=self.workflow_id,
                namespace=self.workflow_namespace,
                params=self.params,
                description=self.description,
                source_execution_id=self.source_execution_id,
            )
        )

    def _find_created(self) -> Mapping[str, Any] | None:
        try:
            found = row(self.service.get_execution(self.id))
        except errors.NotFound:
            return None
        # An answer without the id, of a gateway for example, does not show that the execution exists.
        return found if found.get("id") == self.id else None

    def _require_same(self, answer: Mapping[str, Any]) -> None:
        """Raise Conflict if the execution with the id that the caller gave differs from what was to be started.

        The server answers a start whose id exists with the existing execution, whatever its workflow and input are.
        """
        found = Execution.from_row(None, answer, complete=True)
        # Compared as sent: tuples become lists, and keys texts.
        wanted = json.loads(json_text(self.input or {}))
        # The server adds the defaults of inputs that were not given.
        other_input = json_text({**(found.input or {}), **wanted}, sort_keys=True) != json_text(
            found.input or {}, sort_keys=True
        )
        # The server takes an id for a name and a name for an id.
        workflow = self.workflow_id or self.workflow_name
        of_the_found = {found.workflow_id, found.workflow_name} - {None}
        other_workflow = bool(workflow and of_the_found) and workflow not in of_the_found
        if not (other_input or other_workflow):
            return
        conflict = errors.Conflict(
            f"execution {self.id} exists, of workflow {found.workflow_name!r}, and its "
            f"{'input' if other_input else 'workflow'} is not the one given; use another id to start a new execution",
            method="POST",
            url="executions",
            response=Response(409, {}, answer),
        )
        # Databases that ignore case or accents find a workflow by a name that is spelled differently.
        conflict.may_have_happened = not other_input and not is_uuid(workflow)
        raise conflict

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        changes: dict[str, Any] = {}
        if "state" in changed:
            if self.state not in _SETTABLE_STATES:
                states = ", ".join(sorted(_SETTABLE_STATES))
                raise errors.ArgumentError(f"the state of an execution is set to {states}, not to {self.state!r}")
            changes["state"] = self.state
        if "params" in changed:
            changes["params"] = {"env": self._changed_env()}
        # The server refuses a description together with anything else.
        if "description" in changed:
            if not self.description:
                raise errors.ArgumentError("the API cannot empty the description of an execution")
            self._change(description=self.description)
        return self._sent(changes) if changes else {}

    def _changed_env(self) -> Mapping[str, Any]:
        """The env to send. The server adds it to the one that is there, and refuses or drops all else of params."""
        self._require_mappings("params")
        said, wanted = self._said("params") or {}, self.params or {}
        # What is left out was given at the start, or is the engine's own, and stays.
        others = sorted(name for name in wanted.keys() - {"env"} if said.get(name) != wanted[name])
        if others:
            raise errors.ArgumentError(f"of an execution's params the API updates env alone, not {', '.join(others)}")
        env: Mapping[str, Any] = wanted.get("env") or {}
        require_mapping("the env of an execution", env)
        gone = sorted((said.get("env") or {}).keys() - env.keys())
        if gone:
            raise errors.ArgumentError(f"the API takes nothing out of an execution's env: {', '.join(gone)}")
        return env


class Executions(StartingCollection[Execution]):
    """`service.executions`, and those of one workflow, `workflow.executions`.

    `create` and `start_all` start them, `filter`, `get` and `first` find them, `wait` follows many to their ends.
    Nothing is sent before the collection is looked into.
    """

    model = Execution
    flags: ClassVar[dict[str, type]] = {"all_projects": bool, "include_output": bool}
    has_nulls = True

    @spelled_out(made_with)
    def new(self, *, env: Mapping[str, Any] | str | None = None, **attributes: Any) -> Execution:
        """An execution that has not started.

        Args:
            env: the environment: variables, or the name of a stored one. Becomes part of `params`.
            attributes: `workflow_name`, `workflow_id`, or `workflow`, a Workflow; `workflow_namespace`, `input`,
                `params`, `description`, `source_execution_id`, and `id`, which is otherwise chosen when it is saved.

        Raises:
            errors.ArgumentError: there is no such attribute, or the workflow is told twice.
        """
        if env is not None:
            attributes["params"] = {**(attributes.get("params") or {}), "env": env}
        return super().new(**attributes)

    def start_all(
        self, starts: Iterable[Mapping[str, Any]], *, workers: int = WORKERS, on_progress: Progress | None = None
    ) -> list[Execution]:
        """Starts many, several at a time, each exactly once::

            nightly.executions.start_all({"input": {"host": host}} for host in hosts)

        Args:
            starts: for each what `create` takes, as mappings: `{"workflow_name": "hello", "input": {"who": "fog"}}`.
            workers, on_progress: as of `create_all`.

        Returns:
            the executions, in the order of `starts`.

        Raises:
            errors.BulkError: some were not started; it has those that were, and the others with their errors.
        """
        return self.create_all(starts, workers=workers, on_progress=on_progress)

    def wait(
        self,
        executions: Iterable[Execution | str],
        timeout: float | None = 600,
        *,
        interval: float | None = None,
        on_change: OnChange | None = None,
        progress: bool = False,
    ) -> list[Execution]:
        """Waits until all of them have ended, well or not, for a few requests a look, however many they are.

        Args:
            executions: Executions, a collection of them, or ids. What is only known by its id is fetched once.
            timeout: seconds to wait at the most; None waits for ever.
            interval: seconds between two looks; by default short at first, then longer, up to a minute.
            on_change: called with each execution whose state has changed, when that is seen.
            progress: whether to draw a bar of those that have ended, with how many of them failed, on the standard
                error or in a notebook; takes the extra `fogflow[progress]`. No request more is sent for it: the tasks
                of each would be as many requests as there are executions. What `on_change` prints is above the bar.

        Returns:
            them, in their order, as they are at their ends. What a list does not tell, such as the output, is fetched
            when it is read.

        Raises:
            errors.TimeoutError: the time is over; names those that have not ended.
            errors.NotFound: some were deleted meanwhile; the others have ended.
            errors.MissingExtraError: `progress` without tqdm; nothing was sent.
        """
        if not progress:
            return self._following(executions, on_change).wait(timeout, interval)
        from fogflow.models.progress import EndProgress

        with EndProgress() as bar:
            return self._following(executions, bar.above(on_change), bar.look).wait(timeout, interval)

    def _following(
        self, executions: Iterable[Execution | str], on_change: OnChange | None, on_look: OnLook | None = None
    ) -> Following:
        from fogflow.models.following import Following

        several = [self._followed(one) for one in executions]
        return Following(type(self)(self.service), several, on_change, on_look)

    def _followed(self, one: Execution | str) -> Execution:
        if isinstance(one, str):
            return Execution.from_row(self.service, {"id": one})
        if not isinstance(one, Execution):
            raise errors.ArgumentError(f"wait() takes Executions or their ids, not {type(one).__name__}")
        return one

    def destroy(self, identity: str, *, force: bool = False) -> bool:
        """Deletes an execution without loading it; raises as `Execution.destroy` does.

        Args:
            identity: its id.
            force: also when it has not ended.

        Returns:
            True.
        """
        if self.query.lookups:
            return self.find_by_id(identity).destroy(force=force)
        self._request("delete", identity, force=force)
        return True

    def destroy_all(
        self, *, force: bool = False, workers: int = WORKERS, on_progress: Progress | None = None
    ) -> list[Execution]:
        """Deletes all of a narrowed collection; see `Collection.destroy_all`. `force`: also those that have not ended.

        Raises:
            errors.BulkError: some were not deleted; it has those that were, and the others with their errors.
        """
        return self._destroy_all(lambda one: one.destroy(force=force), workers, on_progress)


def _uuid(identity: str | None) -> str:
    """An id as the server finds it, or a new one."""
    # Loaded by whoever starts an execution.
    import uuid

    if not identity:
        return str(uuid.uuid4())
    # The server takes any text for an id, and then finds it neither by a filter nor as a marker.
    try:
        return str(uuid.UUID(identity))
    except (ValueError, AttributeError, TypeError):
        raise errors.ArgumentError(f"the id of an execution is a UUID, not {identity!r}") from None
