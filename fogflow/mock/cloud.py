"""The handle of a mock: where a test says what is to become of executions, and moves the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from types import TracebackType
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

from fogflow import errors
from fogflow.connection import Transport
from fogflow.mock import scripts
from fogflow.mock.adapter import ENDPOINT, mock_transport
from fogflow.mock.application import Application
from fogflow.mock.exchange import ADMINISTRATOR, Answer, Project, Request
from fogflow.mock.releases import Release
from fogflow.mock.scripts import UNSAID, ActionScript, ExecutionScript, Scripted
from fogflow.mock.state import State
from fogflow.service import WorkflowService, stand_ins

_clouds: WeakValueDictionary[str, Cloud] = WeakValueDictionary()
"""The mocks of this process, by their keys: what a pickled service finds its mock by."""


def mock(*, max_limit: int = 1000, mistral: str | None = None) -> Cloud:
    """Makes every later `fogflow.connect(…)`, whatever its options, return a service on a Mistral in memory.

    It keeps state, checks the structure of definitions, answers with Mistral's statuses and messages, and runs
    executions by their structure and by script: see `Cloud.script`. Until `stop()`, or the end of the `with` block;
    of several mocks the one that was made last holds, and then the one before it again.

    Args:
        max_limit: how many rows a list has at the most, the server's `[api] max_limit`. Before release 23 there was
            no such limit.
        mistral: the release of Mistral that it is, "15" to "23", where they differ in what a client sees; by default
            the newest.

    Returns:
        the Cloud, a context manager.

    Raises:
        errors.ArgumentError: it cannot be of that release.
    """
    return Cloud(max_limit=max_limit, mistral=mistral).start()


class Cloud:
    """A Mistral in memory. May be used, and its services too, from several threads.

    One that is made by itself, and not by `fogflow.mock()`, stands behind `fogflow.connect` only once it is started.
    Time passes in it as it does outside, and is moved on by `advance`. Nothing runs in the background: what has become
    due happens when the next request comes.

    Args:
        max_limit: how many rows a list has at the most.
        mistral: the release of Mistral that it is.
    """

    def __init__(self, *, max_limit: int = 1000, mistral: str | None = None) -> None:
        self._state = State(max_limit, Release.of(mistral))
        self._application = Application(self._state)
        self._stopped = False
        self._key = uuid4().hex
        _clouds[self._key] = self

    # -- the mock, switched on and off

    def start(self) -> Cloud:
        """Puts itself behind every later `fogflow.connect`. Returns itself.

        Raises:
            errors.ArgumentError: it was stopped, and stays so.
        """
        if self._stopped:
            raise errors.ArgumentError("this mock has been stopped; make another one")
        stand_ins.append(self._stand_in)
        return self

    def stop(self) -> None:
        """Ends the mock: `fogflow.connect` is as it was before, and the mock's services raise.

        A second call does nothing.
        """
        self._stopped = True
        while self._stand_in in stand_ins:
            stand_ins.remove(self._stand_in)

    def __enter__(self) -> Cloud:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle a reference: the state of a mock stays in its process."""
        return _mock_or_gone, (self._key,)

    def __copy__(self) -> Cloud:
        return self

    def __deepcopy__(self, memo: Any) -> Cloud:
        return self

    def __repr__(self) -> str:
        return f"<Cloud of fogflow.mock{', stopped' if self._stopped else ''}>"

    # -- services

    @property
    def endpoint(self) -> str:
        """The URL at which its services believe it to be."""
        return ENDPOINT

    def connect(self, *, project: str = ADMINISTRATOR) -> WorkflowService:
        """A service on this mock, whether it stands behind `fogflow.connect` or not.

        Args:
            project: the name of the project whose service it is. "admin" is the administrator's, who sees all.
        """
        options = {"endpoint": ENDPOINT}
        if project != ADMINISTRATOR:
            options["openstack_project_name"] = project
        return WorkflowService(options, lambda: self._stand_in(options), self._stand_in)

    def project_id(self, project: str) -> str:
        """The id of a project, to share workflows with: `workflow.members.create(member_id=…)`."""
        return Project(project).id

    def _stand_in(self, options: Mapping[str, Any]) -> Transport:
        named = options.get("openstack_project_name") or options.get("openstack_tenant") or ADMINISTRATOR
        return mock_transport(self.answer, Project(named))

    def answer(self, request: Request) -> Answer:
        """Answers a request, as the server would.

        Raises:
            errors.ConnectionError: the mock has been stopped.
        """
        if self._stopped:
            raise errors.ConnectionError("this mock has been stopped; a service is of one mock, for its lifetime")
        return self._application(request)

    # -- time

    @property
    def now(self) -> datetime:
        """The time in the mock, aware, in UTC."""
        with self._state.lock:
            self._state.timeline.catch_up()
            return self._state.timeline.now.replace(tzinfo=timezone.utc)

    def advance(self, seconds: float) -> None:
        """Moves the mock's clock on; what becomes due happens, each thing at its time: tasks end, triggers fire.

        Args:
            seconds: how far; 0 or more.

        Raises:
            errors.ArgumentError: no such number.
        """
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds >= 0:
            raise errors.ArgumentError(f"the clock moves on by seconds, 0 or more, not {seconds!r}")
        with self._state.lock:
            self._state.timeline.catch_up()
            self._state.timeline.advance(seconds)

    # -- what is to become of executions

    def script(
        self,
        workflow_name: str,
        *,
        output: Scripted = UNSAID,
        state: str | None = None,
        state_info: str | None = None,
        after: float | None = 0,
        tasks: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Says what becomes of the executions of a workflow that start from now on.

        Without a script, an execution's tasks follow one another as the definition says, all conditions hold, and it
        has ended when it is next looked at; expressions are not computed but passed on as they are written::

            cloud.script("hello", output={"greeting": "hello fog"}, after=2)
            cloud.script("deploy", tasks={"boot": {"result": {"id": "77"}, "after": 30}, "check": {"fails": 2}})

        Args:
            workflow_name: the workflow's name, or a pattern such as "*" or "deploy.*". The script that was given last
                holds, whole.
            output: the execution's output, a mapping, or a function that makes it of a `Run`.
            state: in which state it ends, "SUCCESS", "ERROR" or "CANCELLED"; by default as its tasks do.
            state_info: the reason, with `state`.
            after: how many seconds it takes, at the least; None if it does not end by itself.
            tasks: by the names of tasks, what becomes of each: `result` (a value, or a function that makes it of a
                `Run`; where it fails, the reason; of a task with items, a list), `state`, `after` (seconds, None for
                what somebody ends from outside), `fails` (how many tries fail first), `published` (a mapping, or a
                function that makes it of a `Run`). Of a task that runs a workflow, this is said of its execution.

        Raises:
            errors.ArgumentError: there is no such key, state or number.
        """
        made = {
            name: scripts.made(ActionScript, said, f"the script of task {name!r}")
            for name, said in (tasks or {}).items()
        }
        script = ExecutionScript(output=output, state=state, state_info=state_info, after=after, tasks=made)
        with self._state.lock:
            self._state.scripts.add_execution(workflow_name, script)

    def script_action(
        self,
        name: str,
        *,
        result: Scripted = UNSAID,
        state: str | None = None,
        after: float | None = UNSAID,
        fails: int = 0,
    ) -> None:
        """Says what becomes of an action, in tasks that no script says it of, and by itself::

            cloud.script_action("std.http", result={"status": 200})

        Args:
            name: the action's name, or a pattern such as "nova.*".
            result, state, after, fails: as for a task in `script`.

        Raises:
            errors.ArgumentError: there is no such state or number.
        """
        with self._state.lock:
            self._state.scripts.add_action(name, ActionScript(result=result, state=state, after=after, fails=fails))


class _GoneCloud(Cloud):
    """Takes the place of a mock that a pickle refers to and that does not exist in this process."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._stopped = True
        del _clouds[self._key]
        self._key = key

    def _stand_in(self, options: Mapping[str, Any]) -> Transport:
        raise errors.ArgumentError(
            "this service was connected to a fogflow.mock() that does not exist in this process; connect again"
        )


def _mock_or_gone(key: str) -> Cloud:
    return _clouds.get(key) or _GoneCloud(key)
