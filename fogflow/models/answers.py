"""What answers hold: the attributes of one object, the rows of several. What is not as it should be raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.base import Resource


def row(answer: Response) -> Mapping[str, Any]:
    """The attributes in an answer about one object.

    Raises:
        errors.InvalidResponse: there are none.
    """
    if not isinstance(answer.body, dict):
        raise errors.InvalidResponse(f"the server answered {answer.status} without an object, but with {_kind(answer)}")
    return answer.body


def rows(answer: Response, model: type[Resource]) -> list[Mapping[str, Any]]:
    """The rows in an answer about several objects.

    Raises:
        errors.InvalidResponse: there are none.
    """
    found = answer.body.get(f"{model.resource_name}s") if isinstance(answer.body, dict) else None
    if not isinstance(found, list) or not set(map(type, found)) <= {dict}:
        raise errors.InvalidResponse(f"the server answered {answer.status} without a list, but with {_kind(answer)}")
    return found


def _kind(answer: Response) -> str:
    """What came, without what it says, which may be private."""
    return "nothing" if answer.body == "" else type(answer.body).__name__


def goes_on(answer: Response) -> bool:
    """Whether there is a page after this one.

    Its address is not gone to: it holds the server's own idea of its host, and spoils some filters.
    """
    following = answer.body.get("next") if isinstance(answer.body, dict) else None
    if following is not None and not isinstance(following, str):
        raise errors.InvalidResponse("the server gave no text for the address of the next page")
    return bool(following)


def only_row(answer: Response, model: type[Resource]) -> Mapping[str, Any]:
    """The row in an answer that lists the one object that was asked for.

    Raises:
        errors.InvalidResponse: there is none, or more than one.
    """
    found = rows(answer, model)
    if len(found) != 1:
        raise errors.InvalidResponse(f"the server answered {answer.status} with {len(found)} objects in place of one")
    return found[0]
