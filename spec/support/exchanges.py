"""Requests that are sent as they stand, and their answers in a form in which two servers' can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

import requests

from spec.support import yaml_files

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "mistral"
REQUESTS: list[dict[str, Any]] = yaml_files.load(FOLDER / "requests.yaml")
ANSWERS = FOLDER / "answers.yaml"

# Where definitions are refused, the server quotes its schema, whose order is not the language's.
_SCHEMA = re.compile(r"(Failed validating '\w+' in schema[^\n]*:)\n.*?\n\n(On instance)", re.DOTALL)
_UUID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_PROJECT = re.compile(r"\b[0-9a-f]{32}\b")
_TIME = re.compile(r"\b20[23]\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")
_HOST = re.compile(r"http://[\w.:]+/v2")
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")
_SQL = re.compile(r"\n\[SQL: .*", re.DOTALL)
_TRACEBACK = re.compile(r"Traceback \(most recent.*?(?=\"}\Z|\Z)", re.DOTALL)
# The server names the values of a set, in whatever order.
_CHOICE = re.compile(r"(?<=one of: )\w+, [\w, ]+|(?<=the following: ){[^}]*}|(?<=Params ){[^}]*}")


def replay(
    endpoint: str, tokens: dict[str, str], projects: dict[str, str], let_pass: Callable[[float], Any]
) -> list[Any]:
    """Sends all requests to a server and returns the answers.

    Args:
        endpoint: a URL with `/v2`.
        tokens, projects: tokens and ids by the names of projects, "admin" and "other".
        let_pass: gives the server the time that it takes, in seconds.
    """
    known = {f"{name}_project": identity for name, identity in projects.items()}
    answers = []
    for request in REQUESTS:
        # A connection each: the real server ends one after some of its own errors.
        headers = {"X-Auth-Token": tokens[request.get("as", "admin")], "Connection": "close"}
        answer = requests.request(url=_filled(endpoint, request, known), **_sent(request, known, headers), timeout=60)
        known |= {name: _found(answer.json(), path) for name, path in request.get("keep", {}).items()}
        if request.get("wait"):
            let_pass(request["wait"])
        answers.append(_told(answer, known))
    return answers


def label(request: dict[str, Any]) -> str:
    """A request in a line."""
    body = request.get("json", request.get("text", ""))
    return f"{request['method']} {request['path']} {body if isinstance(body, str) else json.dumps(body)}".strip()


def _filled(endpoint: str, request: dict[str, Any], known: dict[str, str]) -> str:
    root = endpoint if request.get("versioned", True) else endpoint.removesuffix("/v2")
    return root + Template(request["path"]).substitute(known)


def _sent(request: dict[str, Any], known: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    sent: dict[str, Any] = {"method": request["method"], "headers": {**headers, **request.get("headers", {})}}
    if "text" in request:
        sent["data"] = request["text"].encode()
        sent["headers"].setdefault("Content-Type", "text/plain")
    elif "json" in request:
        sent["json"] = json.loads(Template(json.dumps(request["json"])).safe_substitute(known))
    return sent


def _found(document: Any, path: str) -> Any:
    for step in path.split("."):
        document = document[int(step)] if step.isdigit() else document[step]
    return document


def _told(answer: requests.Response, known: dict[str, str]) -> dict[str, Any]:
    """An answer's status and body, without what is another each time."""
    text = answer.text
    for name, value in known.items():
        text = text.replace(value, f"<{name}>")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        return {"status": answer.status_code, "html": " ".join(re.sub(r"<[^>]*>", " ", text).split())[:60]}
    try:
        return {"status": answer.status_code, "body": plain(json.loads(text))}
    except ValueError:
        return {"status": answer.status_code, "text": text}


def plain(value: Any) -> Any:
    """A value without what is another each time: ids, times, the server's address, the order of sets."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, str):
        return value
    for pattern, put in (
        (_SCHEMA, r"\1 … \2"),
        (_TRACEBACK, ""),
        (_SQL, ""),
        (_ADDRESS, "<address>"),
        (_UUID, "<id>"),
        (_PROJECT, "<project>"),
        (_TIME, "<time>"),
        (_HOST, "<endpoint>"),
    ):
        value = pattern.sub(put, value)
    return _CHOICE.sub(lambda found: " ".join(sorted(re.findall(r"\w+", found[0]))), value)
