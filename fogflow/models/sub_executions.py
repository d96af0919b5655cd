"""Sub-executions: all that an execution or a task started (`/v2/executions/{id}/executions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from fogflow import errors
from fogflow.core.query import Query
from fogflow.models.executions import Execution
from fogflow.models.lists import ResourceCollection
from fogflow.models.unpaged import UnpagedCollection
from fogflow.response import Response


class SubExecutions(UnpagedCollection[Execution]):
    """`execution.sub_executions` and `task.sub_executions`.

    `filter` takes, beside the attributes, `errors_only` (only the paths that failed), `max_depth` (how deep to go; 1
    for what was started directly) and `include_output`.
    """

    model = Execution
    flags: ClassVar[dict[str, type]] = {"errors_only": bool, "max_depth": int, "include_output": bool}

    def _fetch_page(self, query: Query, size: int, position: Any) -> tuple[list[Mapping[str, Any]], None]:
        found, _ = super()._fetch_page(query, size, position)
        # The server begins with the execution itself.
        return [one for one in found if one.get("id") != query.flags.get("id")], None

    def _list_request(self, **query: Any) -> Response:
        answer: Response = self.service.list_sub_executions(**query)
        return answer

    def new(self, **attributes: Any) -> Execution:
        """Raises ArgumentError: what an execution started, it starts itself."""
        raise errors.ArgumentError(
            "sub-executions are started by their execution; service.executions.create starts one"
        )

    def destroy(self, identity: str) -> bool:
        """Deletes one of them; raises as `Execution.destroy` does."""
        return self.find_by_id(identity).destroy()

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        listed, _ = self._fetch_page(self.query, self.page_size, None)
        if not any(one.get("id") == identity for one in listed):
            raise self._outside(Execution.from_row(self.service, {"id": identity}))
        # As it is by itself: a list has no output.
        return ResourceCollection._fetch(self, identity)
