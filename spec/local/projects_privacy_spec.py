"""The passwords of further projects are told to whoever makes them, and to no log."""

from __future__ import annotations

import logging

import pytest
from keystoneauth1 import token_endpoint
from keystoneauth1.session import Session

from fogflow import errors
from fogflow.local.projects import create_project
from spec.support.server import Server


@pytest.fixture
def administrator(server: Server) -> Session:
    return Session(token_endpoint.Token(server.url, "any"))


def it_logs_no_password(administrator: Session, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    for kind in ("project", "user"):
        server.answer(f"/{kind}s", {kind: {"id": kind}}, 201)
    server.answer("/roles", {"roles": [{"id": "member"}]})
    caplog.set_level(logging.DEBUG)

    password = create_project(administrator, server.url, "guests")

    assert server.heard[1].body["user"]["password"] == password
    assert password not in caplog.text


def it_takes_no_password_along_where_the_name_is_refused(administrator: Session, server: Server) -> None:
    server.answer("/projects", {"project": {"id": "1"}}, 201)
    server.answer("/users", {"error": {"message": "Conflict occurred"}}, 409)

    with pytest.raises(errors.ArgumentError, match="Conflict occurred") as refused:
        create_project(administrator, server.url, "guests")

    assert refused.value.__context__ is None
