"""The actions that the server brings with it, but for `std.wait_ssh`, which is a definition."""

from __future__ import annotations

from typing import Any

import attrs

from fogflow.language.specs import REQUIRED


@attrs.frozen
class SystemAction:
    """An action of the server's own.

    Attributes:
        name, input: as the API tells them.
        description: what it does.
        class_name: what the server's messages call it.
        declared: its parameters with their defaults, or REQUIRED.
    """

    name: str
    input: str
    description: str
    class_name: str

    @property
    def declared(self) -> dict[str, Any]:
        parameters = [parameter.partition("=") for parameter in self.input.split(", ") if parameter]
        return {name: value if equals else REQUIRED for name, equals, value in parameters}


_HTTP = (
    'url, method="GET", params=null, body=null, json=null, headers=null, cookies=null, auth=null, timeout=null, '
    "allow_redirects=null, proxies=null, verify=null"
)
_SSH = "cmd, host, username"

SYSTEM_ACTIONS = {
    action.name: action
    for action in (
        SystemAction("std.async_noop", "", "Asynchronous no-operation action.", "AsyncNoOpAction"),
        SystemAction("std.echo", "output, delay=0", "Echo action.", "EchoAction"),
        SystemAction(
            "std.email",
            "from_addr, to_addrs, smtp_server, reply_to=null, cc_addrs=null, bcc_addrs=null, smtp_password=null, "
            "subject=null, body=null, html_body=null",
            "Sends a mail.",
            "SendEmailAction",
        ),
        SystemAction("std.fail", "error_data=null", "'Always fail' action.", "FailAction"),
        SystemAction("std.http", _HTTP, "HTTP action.", "HTTPAction"),
        SystemAction("std.javascript", "script, context=null", "Evaluates given JavaScript.", "JavaScriptAction"),
        SystemAction("std.js", "script, context=null", "Evaluates given JavaScript.", "JavaScriptAction"),
        SystemAction("std.mistral_http", _HTTP, "HTTP action.", "MistralHTTPAction"),
        SystemAction("std.noop", "", "No-operation action.", "NoOpAction"),
        SystemAction("std.sleep", "seconds=1", "Sleep action.", "SleepAction"),
        SystemAction(
            "std.ssh",
            f'{_SSH}, password="", private_key_filename=null, private_key=null, return_result_on_error=false',
            "Runs Secure Shell (SSH) command on provided single or multiple hosts.",
            "SSHAction",
        ),
        SystemAction(
            "std.ssh_proxied",
            f"{_SSH}, private_key_filename, gateway_host, gateway_username=null, password=null, "
            "proxy_command=null, private_key=null",
            "Runs Secure Shell (SSH) command on provided single or multiple hosts.",
            "SSHProxiedAction",
        ),
        SystemAction("std.test_dict", 'size=0, key_prefix="", val=""', "Generates test dict.", "TestDictAction"),
    )
}
"""By their names."""

ASYNCHRONOUS = frozenset({"std.async_noop", "std.mistral_http"})
"""Those that end when somebody says so."""
