"""What starts workflows has in common: executions, and the triggers by clock and by event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from fogflow import errors
from fogflow.core.attributes import declared, one_of
from fogflow.core.signatures import made_with, spelled_out
from fogflow.models.base import Resource
from fogflow.models.lists import ResourceCollection

if TYPE_CHECKING:
    from fogflow.models.workflows import Workflow

S = TypeVar("S", bound="StartsWorkflow")


class StartsWorkflow(Resource):
    """The base of the models with a `workflow_id`."""

    __slots__ = ()

    @property
    def workflow(self) -> Workflow | None:
        """Its workflow; None when that was deleted, which the server lets happen to executions, not to triggers."""
        self._require_persisted("follow")
        found: Workflow | None = self.service.workflows.get(getattr(self, "workflow_id"))  # noqa: B009
        return found

    def _require_one_workflow(self) -> None:
        named = [name for name in ("workflow_id", "workflow_name") if getattr(self, name)]
        if not named:
            raise errors.ArgumentError(f"{one_of(type(self))} needs workflow=, workflow_name= or workflow_id=")
        if len(named) > 1:
            raise errors.ArgumentError("workflow_id and workflow_name are given; the server would not heed the name")

    def _require_mappings(self, *names: str) -> None:
        for name in names:
            require_mapping(f"the {name} of {one_of(type(self))}", getattr(self, name))


class StartingCollection(ResourceCollection[S]):
    """The base of their collections: what they make can be told its workflow as such."""

    @spelled_out(made_with)
    def new(self, *, workflow: Workflow | None = None, **attributes: Any) -> S:
        """One that is not saved.

        Args:
            workflow: what it is to start, in place of `workflow_id` or `workflow_name`.
            attributes: the others, see `create`.

        Raises:
            errors.ArgumentError: there is no such attribute, or the workflow is told twice.
        """
        if workflow is None:
            return super().new(**attributes)
        if getattr(workflow, "resource_name", None) != "workflow":
            raise errors.ArgumentError(
                f"workflow= takes a Workflow, workflow_name= a name, not {type(workflow).__name__}"
            )
        told = [name for name in ("workflow_id", "workflow_name", "workflow_namespace") if name in attributes]
        if told:
            raise errors.ArgumentError(f"workflow= says what {', '.join(told)} would; give one of them")
        workflow._require_persisted("start")
        if "workflow_namespace" in declared(self.model):
            attributes["workflow_namespace"] = workflow.namespace
        return super().new(workflow_id=workflow.id, **attributes)


def require_mapping(what: str, value: Any) -> None:
    """Refuses what is neither a mapping nor None; does not show it, for inputs are private."""
    if value is not None and not isinstance(value, Mapping):
        raise errors.ArgumentError(f"{what} is a mapping, not {type(value).__name__}")
