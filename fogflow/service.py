"""The service: the requests and the collections, on one connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

# Loaded here, and not first by the modules below that use it: CPython 3.11 keeps its stack in pieces, and from as deep
# as that to load as much as this made and dropped a piece two hundred times.
import requests  # noqa: F401

from fogflow import auth, models
from fogflow.connection import Connection, Transport
from fogflow.core.neighbours import NamesNeighbours
from fogflow.requests import Requests

if TYPE_CHECKING:
    from typing_extensions import Unpack

stand_ins: list[Callable[[Mapping[str, Any]], Transport]] = []
"""What `connect` takes its transports from in place of the options' cloud, the last one; `fogflow.mock` adds itself."""


@auth.names_options
def connect(options: Mapping[str, Any] | None = None, /, **more: Unpack[auth.ConnectOptions]) -> WorkflowService:
    """Returns a service on the cloud that the arguments, or else the environment, name.

    Nothing is sent: the first request authenticates. Without any argument, `OS_CLOUD` and the `OS_*` variables
    of OpenStack's clients are used.

    Args:
        options: fog's hash, as it is: `{"openstack_auth_url": …}`. The same names may be given as keywords, which go
            before the hash.
        cloud: a cloud of clouds.yaml; takes the extra `fogflow[clouds]`.
        session: a keystoneauth1 session, used as it is; if it has no timeout, fogflow's requests have 60 seconds.
        endpoint: Mistral's URL, with or without `/v2`. Alone, it is used without authentication; beside
            credentials or a session it goes before the catalog's. fog's `openstack_management_url`.
        region_name: of the catalog's endpoints, that of this region.
        interface: of the catalog's endpoints, the one of this kind; "public" unless given.
        service_type: of the catalog's endpoints, the one of this type; "workflowv2" and its aliases unless given. Of
            several the first is taken that the catalog has.
        timeout: seconds to wait for a connection, and between two pieces of an answer; 60 unless given. It is set for
            the requests to Keystone too, and is always set. fog's `connection_options` go before it.
        retries: how often a request that is safe to repeat is sent again when no answer comes, or 429, 502, 503 or 504:
            a number, or a `fogflow.Retries`, which also says for how long. 5 times within 180 seconds unless given;
            0 never.
        more: these, and fog's: `openstack_auth_url` and the others of `fogflow.auth.FogOptions`, among them
            `connection_options`, see `fogflow.auth.FogConnectionOptions`.

    Raises:
        errors.ArgumentError: an option, an `OS_*` variable or clouds.yaml is wrong or lacks something, or an option
            would not be heeded beside the others; the message names it.
        errors.MissingExtraError: `cloud=` without openstacksdk.

    Warns:
        UserWarning: an option is not known; its nearest neighbour is named.
    """
    given = auth.gathered(options, more)
    stand_in = _stand_in()
    return WorkflowService(given, auth.transport_maker(given, stand_in), stand_in)


class WorkflowService(Requests, NamesNeighbours):
    """OpenStack Workflow (Mistral). Made by `fogflow.connect`; may be shared between threads.

    Its methods are the requests, one call each; its properties are the collections.

    A pickled service keeps its options, but no password, token or session. A restored service connects at its first
    request, as `connect` does. The first request raises ArgumentError if the service was connected with a password, a
    token or a session, or to a mock that does not exist in this process.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        make_transport: Callable[[], Transport],
        stand_in: Callable[[Mapping[str, Any]], Transport] | None = None,
    ) -> None:
        super().__init__(Connection(make_transport, auth.retries_of(options)))
        self._options = dict(options)
        self._stand_in = stand_in

    @property
    def workflows(self) -> models.Workflows:
        """The workflows that the project may see."""
        return models.Workflows(self)

    @property
    def executions(self) -> models.Executions:
        """The executions of workflows."""
        return models.Executions(self)

    @property
    def tasks(self) -> models.Tasks:
        """The tasks of all executions."""
        return models.Tasks(self)

    @property
    def workbooks(self) -> models.Workbooks:
        """Workflows and actions in one definition."""
        return models.Workbooks(self)

    @property
    def actions(self) -> models.Actions:
        """The actions of the nameless namespace, or of the one that it is narrowed to."""
        return models.Actions(self)

    @property
    def action_executions(self) -> models.ActionExecutions:
        """The runs of actions, in tasks and by themselves."""
        return models.ActionExecutions(self)

    @property
    def cron_triggers(self) -> models.CronTriggers:
        """What starts workflows by the clock."""
        return models.CronTriggers(self)

    @property
    def event_triggers(self) -> models.EventTriggers:
        """What starts workflows by events."""
        return models.EventTriggers(self)

    @property
    def environments(self) -> models.Environments:
        """Sets of variables for executions."""
        return models.Environments(self)

    @property
    def code_sources(self) -> models.CodeSources:
        """Python text of which dynamic actions are made."""
        return models.CodeSources(self)

    @property
    def dynamic_actions(self) -> models.DynamicActions:
        """Actions that are classes of a code source."""
        return models.DynamicActions(self)

    @property
    def members(self) -> models.Members:
        """The projects that a workflow is shared with; narrow it by `resource_id`, the workflow's id.

        A project that a workflow is offered to finds the offer here, for it sees the workflow only afterwards.
        """
        return models.Members(self)

    @property
    def validations(self) -> models.Validations:
        """The server's checks of definitions."""
        return models.Validations(self)

    @property
    def project_id(self) -> str | None:
        """The id of the project that it acts for, which Keystone tells; None where there is no Keystone to say so."""
        return self.connection.project_id

    def __repr__(self) -> str:
        return f"<WorkflowService {auth.described(self._options)}>"

    def __copy__(self) -> WorkflowService:
        return self

    def __deepcopy__(self, memo: Any) -> WorkflowService:
        """Itself: a copy of a model is still on the same cloud."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (auth.without_secrets(self._options), self._stand_in)


def _restore(
    options: dict[str, Any], pickled_stand_in: Callable[[Mapping[str, Any]], Transport] | None
) -> WorkflowService:
    # A service of a mock belongs to that mock for good. Any other service follows the rule of `connect`: what stands
    # in for the cloud is decided when the service is made, not at its first request.
    stand_in = pickled_stand_in or _stand_in()
    return WorkflowService(options, lambda: auth.transport_maker(options, stand_in)(), stand_in)


def _stand_in() -> Callable[[Mapping[str, Any]], Transport] | None:
    return stand_ins[-1] if stand_ins else None
