"""fog's names, and Ruby's for errors and types, with Python's for them. What fogflow has is read off fogflow itself."""

from __future__ import annotations

import inspect
import keyword
import re

import attrs

from fogflow import models
from fogflow.core.attributes import declared
from fogflow.core.model import Model
from fogflow.requests import Requests
from fogflow.response import Response
from fogflow.service import WorkflowService

_MODELS = [one for one in (getattr(models, name) for name in models.__all__) if issubclass(one, Model)]

REQUESTS = frozenset(name for name in dir(Requests) if re.match("[a-z]+_", name))
"""The requests, `create_execution` and the others."""

COLLECTIONS = frozenset(name for name, one in vars(WorkflowService).items() if isinstance(one, property))
"""What holds a collection, of a service and of models."""

ATTRIBUTES = frozenset(
    {name for one in _MODELS for name in declared(one)}
    | {name for one in _MODELS for name in dir(one) if isinstance(getattr(one, name), property)}
    | {one.name for one in attrs.fields(Response)}
) - {"_key"}
"""What models and responses have without being called."""

VERBS = frozenset(
    name for one in _MODELS for name in dir(one) if name.islower() and inspect.isfunction(getattr(one, name))
)
"""What models do."""

SERVICES = re.compile(r"Fog::(Workflow::OpenStack|OpenStack::Workflow)(::V2)?|Fog::Workflow")
"""The classes whose `new` connects to Mistral, over fog's versions."""

USUAL_SERVICES = frozenset({"service", "mistral", "connection", "workflow_service"})
"""What fog's users call a service that the file does not define."""

_ERRORS = {
    r"Fog::(OpenStack::\w+|\w+::OpenStack|Errors|Service)(::V2)?::NotFound": "NotFound",
    r"Fog::(OpenStack::\w+|\w+::OpenStack)(::V2)?::(ServiceError|Error)": "HTTPError",
    r"Fog::OpenStack::Errors::ServiceError": "HTTPError",
    r"Fog::OpenStack::(Errors|\w+)(::V2)?::BadRequest": "BadRequest",
    r"Fog::OpenStack::(Errors|\w+)(::V2)?::ServiceUnavailable": "ServiceUnavailable",
    r"Fog::OpenStack::Auth::Catalog::\w+": "EndpointNotFound",
    r"Fog::Errors::TimeoutError": "TimeoutError",
    r"Fog::Errors::Error": "Error",
    r"Excon::Errors?::(BadRequest|Unauthorized|Forbidden|NotFound|Conflict|UnsupportedMediaType)": r"\1",
    r"Excon::Errors?::TooManyRequests": "TooManyRequests",
    r"Excon::Errors?::ServiceUnavailable": "ServiceUnavailable",
    r"Excon::Errors?::(InternalServerError|BadGateway|GatewayTimeout|Server|ServerError)": "ServerError",
    r"Excon::Errors?::(HTTPStatus|HTTPStatusError|Client|ClientError)": "HTTPError",
    r"Excon::Errors?::(Timeout|Socket|SocketError|Certificate|CertificateError)": "ConnectionError",
    r"Excon::(Error|Errors::Error)": "Error",
}

_RUBY_ERRORS = {
    "ArgumentError": "ValueError",
    "EOFError": "EOFError",
    "Errno::ENOENT": "FileNotFoundError",
    "Exception": "BaseException",
    "IndexError": "IndexError",
    "Interrupt": "KeyboardInterrupt",
    "IOError": "OSError",
    "JSON::ParserError": "json.JSONDecodeError",
    "KeyError": "KeyError",
    "NameError": "NameError",
    "NoMethodError": "AttributeError",
    "NotImplementedError": "NotImplementedError",
    "Psych::SyntaxError": "yaml.YAMLError",
    "RangeError": "ValueError",
    "RuntimeError": "RuntimeError",
    "StandardError": "Exception",
    "StopIteration": "StopIteration",
    "SystemExit": "SystemExit",
    "Timeout::Error": "TimeoutError",
    "TypeError": "TypeError",
    "ZeroDivisionError": "ZeroDivisionError",
}

TYPES = {
    "Array": "list",
    "FalseClass": "bool",
    "Float": "float",
    "Hash": "dict",
    "Integer": "int",
    "Numeric": "(int, float)",
    "String": "str",
    "Symbol": "str",
    "TrueClass": "bool",
}
"""Python's types for Ruby's, as `isinstance` takes them."""

LIBRARIES = re.compile(
    r"fog(/.*|-.*)?|excon|json|yaml|time|date|timeout|securerandom|pp|set|optparse|logger|bundler/.*"
)
"""What `require` brings that Python has already, or that is imported where it is used."""

_OURS = {
    *("copy", "fogflow", "json", "os", "pathlib", "pprint", "re", "sys", "time", "uuid", "yaml"),
    *("any", "all", "bool", "dict", "enumerate", "float", "getattr", "hasattr", "int", "isinstance", "len", "list"),
    *("map", "max", "min", "next", "print", "range", "repr", "round", "sorted", "str", "sum", "super", "type"),
    *("self", "cls", "block"),
}


def error_class(ruby: str) -> str | None:
    """Python's name of an error class; None for one that is nobody's here."""
    for pattern, name in _ERRORS.items():
        if found := re.fullmatch(pattern, ruby):
            return f"fogflow.errors.{found.expand(name)}"
    return _RUBY_ERRORS.get(ruby)


def variable(ruby: str) -> str:
    """A variable's name in Python: none of Python's own words, and nothing that the draft itself needs."""
    name = attribute(ruby)
    return f"{name}_" if name in _OURS else name


def attribute(ruby: str) -> str:
    """A method's or attribute's name in Python, without Ruby's `?` and `!`."""
    name = ruby.lstrip("@$").rstrip("?!=")
    return f"{name}_" if keyword.iskeyword(name) else name
