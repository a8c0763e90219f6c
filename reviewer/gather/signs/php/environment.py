"""PHP's configuration: the environment, debugging left on, certificates not checked, secrets in the code."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, plain_or_name, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep, settings
from reviewer.gather.signs._variables import asked_by_helper
from reviewer.gather.signs.php._php import PHP, first_text
from reviewer.gather.signs.secrets_in_code import read as read_settings
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain
from reviewer.model.facts.code import Sign, SignKind

READERS = words("getenv env")
VARIABLE = re.compile(r"_ENV\.([A-Z][A-Z0-9_]{1,60})\Z")
OF_REQUEST = re.compile(
    r"(?:HTTP|REMOTE|REQUEST|SERVER|SCRIPT|QUERY|DOCUMENT|PATH|CONTENT|ORIG|PHP|REDIRECT|GATEWAY)_\w{1,40}|HTTPS|argc|argv|ANSICON|ConEmuANSI|TERM|COLORTERM|COLUMNS"
)
"""What a web server tells about each request, and a terminal about itself, under the name of a variable."""
CURL_CHECKS = words("CURLOPT_SSL_VERIFYPEER CURLOPT_SSL_VERIFYHOST")
TLS_SETTINGS = words("verify_peer verify_peer_name verify")
HTTP_CALLS = words("Client get post put patch delete request withOptions create stream_context_create")
DEBUG_CONSTANTS = words("WP_DEBUG_DISPLAY YII_DEBUG")
DEBUG_SETTINGS = words("displayErrorDetails display_errors")
FIREBASE = re.compile(r"(?:\A|\.)JWT\.(?:encode|decode)\Z")
KEY_LENGTH = 3

ASKED = re.compile(r"\bif\b[^{]{0,150}(?:local|dev|debug|sandbox|test)", re.IGNORECASE)


def read(module: Module, kept: Kept) -> None:
    """Every reader of settings over one file."""
    look = look_at(module)
    _variables(look, kept)
    for call in module.calls:
        _switch(look, kept, call)
    for item in settings(look):
        debugs = item.name in DEBUG_SETTINGS or (item.name in DEBUG_CONSTANTS and item.alone)
        if debugs and truth(item.value) is True:
            keep(kept, look, SignKind.DEBUG_ON, item, item.name, item.function)
        elif item.name in TLS_SETTINGS and truth(item.value) is False and not item.alone:
            keep(kept, look, SignKind.TLS_OFF, item, item.name, item.function)


def _variables(look: Look, kept: Kept) -> None:
    told: set[tuple[int, str]] = set()
    for call in look.module.calls:
        name = first_text(call) if call.name in READERS else asked_by_helper(call)
        if name and not OF_REQUEST.fullmatch(name[:60]):
            told.add((call.line, name))
            keep(kept, look, SignKind.ENV_READ, call, name)
    if "_ENV" not in look.module.text:
        return
    exprs: list[tuple[Expr | None, int]] = [(item.value, item.function) for item in look.module.assignments]
    exprs += [(arg, call.function) for call in look.module.calls for arg in (*call.args, *call.keywords.values())]
    exprs += [(item.value, item.function) for item in look.module.returns]
    for expr, function in exprs:
        for part in inside(expr):
            found = VARIABLE.match(part.dotted[:80]) if isinstance(part, Name) else None
            if found and (part.line, found[1]) not in told and not OF_REQUEST.fullmatch(found[1]):
                told.add((part.line, found[1]))
                keep(kept, look, SignKind.ENV_READ, part, found[1], function)


def _switch(look: Look, kept: Kept, call: Call) -> None:
    name = call.name
    if name == "ini_set" and first_text(call) == "display_errors" and len(call.args) > 1:
        switched_on = plain_or_name(call.args[1]).lower() in ("1", "on", "true", "e_all")
        if switched_on and not _for_development(look, call):
            keep(kept, look, SignKind.DEBUG_ON, call, "display_errors")
    elif call.last == "addErrorMiddleware" and call.args and truth(call.args[0]) is True:
        keep(kept, look, SignKind.DEBUG_ON, call, "displayErrorDetails")
    elif name == "curl_setopt" and len(call.args) > 2 and plain_or_name(call.args[1]) in CURL_CHECKS:
        if not _for_development(look, call) and plain_or_name(call.args[2]).lower() in ("false", "0"):
            keep(kept, look, SignKind.TLS_OFF, call, plain_or_name(call.args[1]))
    elif call.last == "withoutVerifying":
        keep(kept, look, SignKind.TLS_OFF, call, "withoutVerifying")


def _for_development(look: Look, call: Call) -> bool:
    """Whether the lines before ask whether this is a laptop or a sandbox."""
    return any(ASKED.search(line[:200]) for line in look.lines[max(call.line - 7, 0) : call.line - 1])


def read_secrets(module: Module, kept: Kept) -> None:
    """Settings that are named like secrets, and keys that tokens are signed with."""
    look = look_at(module)
    read_settings(module, kept)
    lines = {sign.line for sign in kept.signs if sign.kind is SignKind.SECRET_LITERAL}
    for call in module.calls:
        key = call.args[1] if FIREBASE.search(call.name) and len(call.args) > 1 else None
        if isinstance(key, Call) and key.last == "Key" and key.args:
            key = key.args[0]
        value = look.value(key, call.function)
        if isinstance(value, Text) and len(plain(value) or "") > KEY_LENGTH and value.line not in lines:
            lines.add(value.line)
            kept.signs.append(
                Sign(
                    kind=SignKind.SECRET_LITERAL,
                    line=value.line,
                    end_line=value.end_line,
                    detail=call.name,
                    function=look.qualname(call.function),
                )
            )


ENVIRONMENT_PHP = Reader(name="environment (PHP)", languages=PHP, read=read)
SECRETS_PHP = Reader(name="secrets in code (PHP)", languages=PHP, read=read_secrets)
