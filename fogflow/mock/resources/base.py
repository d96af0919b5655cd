"""What the resources share: how a row is shown, how lists are asked for, how bodies are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

import attrs

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Project, Request
from fogflow.mock.faults import Crash, Fault, Page, forbidden, json_answer
from fogflow.mock.listing import Condition, Kind
from fogflow.mock.resources.forms import Form
from fogflow.mock.state import State
from fogflow.mock.store import Duplicate, Row

ANY = "*"
"""In a route's path: whatever stands there, handed to the handler."""

Handler = Callable[..., Answer]
Fields = Mapping[str, Form]
Filters = Mapping[str, Kind]


@attrs.frozen
class Route:
    """Which requests a handler takes.

    Attributes:
        method: "GET" and so on.
        path: the segments, ANY among them.
        handler: called with the request, and with what stands at each ANY.
        short: whether its faults come in the short form.
    """

    method: str
    path: tuple[str, ...]
    handler: Handler
    short: bool = False

    def arguments(self, path: tuple[str, ...]) -> list[str] | None:
        """What stands at each ANY, or None when the path is another."""
        if len(path) != len(self.path):
            return None
        if any(wanted not in (ANY, actual) for wanted, actual in zip(self.path, path, strict=True)):
            return None
        return [actual for wanted, actual in zip(self.path, path, strict=True) if wanted == ANY]


@attrs.frozen
class Said:
    """What a list was asked for, read and not yet looked into."""

    marker: str | None
    limit: int | None
    conditions: list[Condition]


class Resource:
    """The base of the resources.

    A subclass declares its fields, with their forms on the wire, and the filters of its list; and says which requests
    it takes. Everything is checked and answered as the real server does it.
    """

    name: ClassVar[str]
    """As in paths, and as the key of its lists."""

    argument: ClassVar[str] = ""
    """What the server's messages call a body."""

    fields: ClassVar[Fields] = {}
    unlisted: ClassVar[frozenset[str]] = frozenset()
    """Of the fields, those that a list has only when they are asked for."""

    computed: ClassVar[frozenset[str]] = frozenset()
    """Of the fields, those that no list has and no row is sorted by: they are no columns."""

    hidden: ClassVar[frozenset[str]] = frozenset()
    """Columns that no answer shows, and a list may be sorted by."""

    filters: ClassVar[Filters] = {}
    read_first: ClassVar[tuple[str, ...]] = ()
    """Of the filters, those that the server reads before the others, in this order."""

    switches: ClassVar[frozenset[str]] = frozenset()
    """Parameters of its list beside the filters: `all_projects`, `include_output`, `nulls`."""

    taken_by_get: ClassVar[frozenset[str]] = frozenset({"fields"})
    """Parameters of the request for one row."""

    def __init__(self, state: State) -> None:
        self.state = state

    def routes(self) -> list[Route]:
        raise NotImplementedError

    # -- answers

    def shown(self, row: Row, names: list[str] | None = None, leave_out: frozenset[str] = frozenset()) -> Any:
        """A row in its form on the wire.

        Args:
            names: the fields to show; by default all that the row has.
            leave_out: fields not to show.
        """
        return {
            name: form.encode(row[name])
            for name, form in self.fields.items()
            if name in row and name not in leave_out and (names is None or name in names)
        }

    def answer(self, row: Row, status: int = 200, names: list[str] | None = None) -> Answer:
        return json_answer(status, self.shown(row, names))

    def created(self, row: Row, *unsaid: str) -> Answer:
        """A row that has just been made, without the time of a change that there was not, and what was not said."""
        return json_answer(201, self.shown(row, leave_out=frozenset({"updated_at", *unsaid})))

    def gone(self) -> Answer:
        return Answer(204, {}, b"")

    def get_answer(self, request: Request, row: Row) -> Answer:
        """One row, with the fields that were asked for. Raises Fault for what the server does not take beside."""
        require_arguments(request, self.taken_by_get)
        fields = [one for one in listing.names(request.query.get("fields", "")) if one in self.columns]
        return self.answer(row, names=["id", *fields] if request.query.get("fields") else None)

    # -- lists

    def list_answer(
        self,
        request: Request,
        rows: list[Row] | None = None,
        more: tuple[Condition, ...] = (),
        find_marker: Callable[[str], Row] | None = None,
        unlisted: frozenset[str] | None = None,
    ) -> Answer:
        """A page of the list.

        Args:
            rows: what to list of; by default all that the project may see.
            more: conditions that the path says.
            find_marker: finds the row of a marker, or raises Fault; by default by its id.
            unlisted: fields that the rows have only when they are asked for; by default the resource's.

        Raises:
            Fault: it was asked for what the server does not take.
        """
        said = self.said(request)
        self._require_known(request)
        self.authorize_list(request)
        page = self._page(request, said, more)
        marker = None
        if page.marker is not None:
            marker = (find_marker or self.by_id)(page.marker)
        candidates = self._visible(request) if rows is None else rows
        found = page.rows(candidates, marker, self.columns)
        left_out = self.unlisted if unlisted is None else unlisted
        leave_out = (left_out - self._included(request)) | self.computed
        shown = [
            self.listed(row, page.fields) if page.fields else self.shown(row, leave_out=leave_out) for row in found
        ]
        document: dict[str, Any] = {self.name: shown}
        if found and len(found) == page.limit:
            document["next"] = page.link(f"{request.root}/v2/{self.name}", found[-1])
        return json_answer(200, document)

    def _visible(self, request: Request) -> list[Row]:
        everything = self.state.release.lists_everything(request)
        return self.state.store.visible(self.name, request.project, everything=everything)

    def listed(self, row: Row, fields: list[str]) -> Any:
        """A row of a list, with the fields that were asked for."""
        return self.shown(row, names=fields, leave_out=self.computed)

    @property
    def columns(self) -> set[str]:
        """What a list can be sorted by."""
        return (set(self.fields) - self.computed) | self.hidden

    def _included(self, request: Request) -> frozenset[str]:
        return frozenset({"output"}) if request.query.get("include_output") else frozenset()

    def authorize_list(self, request: Request) -> None:
        """Raises Fault when a project may not have the list that it asks for."""
        if request.query.get("all_projects"):
            self.require_administrator(request.project)

    def _require_known(self, request: Request) -> None:
        of_lists = {"limit", "marker", "sort_keys", "sort_dirs", "fields"}
        require_arguments(request, of_lists | set(self.filters) | self.switches)

    def said(self, request: Request) -> Said:
        """The values of a list's parameters, read in the server's order. Raises Fault."""
        query = request.query
        marker = query.get("marker")
        marker = None if marker is None else self.read_marker(marker)
        limit = listing.limit(query)
        nulls = listing.names(query.get("nulls", ""))
        found: dict[str, Condition] = {}
        for name in (*self.read_first, *self.filters):
            if name not in found and (name in query or name in nulls):
                kind = self.filters[name]
                found[name] = kind(name, query[name]) if name in query else Condition(name, "eq", None)
        return Said(marker, limit, [found[name] for name in self.filters if name in found])

    def read_marker(self, said: str) -> str:
        """What a marker may be. Raises Fault."""
        return listing.require_uuid("marker", said)

    def _page(self, request: Request, said: Said, more: tuple[Condition, ...]) -> listing.Page:
        query = request.query
        listing.require_positive(said.limit)
        keys, dirs = listing.sorting(query)
        fields = listing.names(query.get("fields", ""))
        unknown = [field for field in fields if field not in self.fields]
        if unknown:
            raise Fault(
                400,
                f"Some fields do not exist  [{', '.join(unknown)}], please choose from [{', '.join(self.fields)}]",
            )
        if fields and "id" not in fields:
            fields.insert(0, "id")
        return listing.Page(
            conditions=(*more, *said.conditions),
            sort_keys=keys,
            sort_dirs=dirs,
            limit=min(said.limit or self.state.max_limit, self.state.max_limit),
            marker=said.marker,
            fields=fields,
        )

    # -- finding

    def not_found(self, identity: str) -> Fault:
        """The server's words for a row that there is not."""
        raise NotImplementedError

    def by_id(self, identity: str) -> Row:
        row = self.state.store[self.name].rows.get(identity)
        if row is None:
            raise self.not_found(identity)
        return row

    def find(self, request: Request, identity: str) -> Row:
        """The row of an id that the project may see. Raises Fault."""
        row = self.by_id(identity)
        if not self.state.store.sight(self.name, request.project, everything=True)(row):
            raise self.not_found(identity)
        return row

    def named(
        self, request: Request, identity: str | None, namespace: str | None, *, everything: bool = True
    ) -> Row | None:
        """The row of an id or a name, in a namespace where one is given; a name of the project's own comes first."""
        visible = self.state.store.visible(self.name, request.project, everything=everything)
        own_first = sorted(visible, key=lambda row: row.get("project_id") != request.project.id)
        for row in own_first:
            here = namespace is None or row.get("namespace") == namespace
            if row["id"] == identity or (row.get("name") == identity and here):
                return row
        return None

    # -- bodies

    def body(self, request: Request) -> dict[str, Any]:
        """A request's JSON object, its values checked by the fields' forms. Raises Fault."""
        if not request.content_type:
            # It reads the body of a form.
            raise Fault(400, f'Unknown argument: "{request.text}"')
        if request.content_type != "application/json":
            raise Fault(415, f"Unknown mimetype: {request.content_type}")
        if not request.body:
            raise Fault(400, f'Missing argument: "{self.argument}"')
        try:
            said = request.json
        except ValueError:
            raise Fault(400, "Request is not in valid JSON format") from None
        if not isinstance(said, dict):
            raise Fault(500, f"'{type(said).__name__}' object has no attribute 'keys'")
        for name in said:
            if name not in self.fields:
                raise Fault(400, f"Unknown attribute for argument {self.argument}: {name}")
        return {
            name: form.read(name, said[name], self.argument, said) for name, form in self.fields.items() if name in said
        }

    def require_administrator(self, project: Project) -> None:
        """Raises Fault for other projects."""
        if not project.is_administrator:
            raise forbidden()

    def require_trusted(self, project: Project) -> None:
        """Raises Fault for other projects where the release does not leave code and sharing to all."""
        if self.state.release.reserves_code_and_sharing:
            self.require_administrator(project)

    def require_publishable(self, request: Request, scope: str | None) -> None:
        """Raises Fault when a project would share with all, and may not."""
        if scope == "public":
            self.require_trusted(request.project)


def require_arguments(request: Request, known: Collection[str]) -> None:
    """Raises Fault for a parameter of the query that the server does not take."""
    for name in request.query:
        if name not in known:
            raise Fault(400, f'Unknown argument: "{name}"')


class Defined(Resource):
    """The base of what is made of the text of a definition: workflows, workbooks, actions, code sources."""

    taken_by_get = frozenset({"fields", "namespace"})
    kind: ClassVar[str]
    """What the server's message for a duplicate calls it."""

    def insert(self, request: Request, values: Mapping[str, Any]) -> Row:
        self.require_name(str(values["name"]))
        try:
            return self.state.insert(self.name, request.project, values)
        except Duplicate:
            # The server has not got as far as to know the project.
            raise Fault(
                409,
                f"Duplicate entry for {self.kind} ['name', 'namespace', 'project_id']: "
                f"{values['name']}, {values['namespace']}, None",
            ) from None

    def change(self, row: Row, values: Mapping[str, Any]) -> Row:
        self.require_name(str(values.get("name", row["name"])))
        try:
            return self.state.change(self.name, row, values)
        except Duplicate:
            raise Crash from None

    @staticmethod
    def require_name(name: str) -> None:
        if " " in name:
            raise Fault(400, f"Name '{name}' must not contain spaces")

    def definition(self, request: Request) -> str:
        """The text of the body. Raises Fault for a request that the server does not take for one."""
        if request.content_type in ("text/xml", "application/xml") or request.content_type.endswith("+xml"):
            raise Page(415, "XML request bodies are not supported.")
        accepted = request.headers.get("accept", "*/*")
        if not any(kind in accepted for kind in ("*/*", "text/*", "text/plain")):
            raise NotAcceptable
        return request.text

    def scope(self, request: Request) -> str:
        """The scope that the query says, or private. Raises Fault."""
        scope = request.query.get("scope", "private")
        if scope not in ("private", "public"):
            raise Fault(400, f"Scope must be one of the following: {{'private', 'public'}}; actual: {scope}")
        self.require_publishable(request, scope)
        return scope

    def namespace(self, request: Request) -> str:
        return request.query.get("namespace", "")


class NotAcceptable(Fault):
    """A definition's answer is no JSON to the server, however much it is."""

    def __init__(self) -> None:
        super().__init__(406, "Not Acceptable")

    @property
    def short_answer(self) -> Answer:
        return json_answer(406, {"code": 406, "title": "Not Acceptable", "description": None})
