"""Routes that are declared with the code that answers them: ``get "/users/:id" do ... end`` of Sinatra and its like."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.frameworks.ruby._dsl import Blocks, Env
from reviewer.gather.frameworks.ruby._guards import is_guarding, refuses
from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Expr, Other, Text, dotted, plain
from reviewer.model.facts.values import Value

TEMPLATES = words(
    "erb haml slim scss sass less coffee markdown liquid builder erubi erubis mustache textile rdoc asciidoc nokogiri"
    " redirect redirect_to send_page view render_template partial"
)
DATA_CALLS = re.compile(r"json|serializ|to_xml\Z|send_file", re.IGNORECASE)
VIEW = re.compile(r"(?:\A|_)view\.(?:call|render)(?:\.to_s)?\Z")
"""Objects of the project that render: ``home_view.call``."""
MARKUP = re.compile(r"\s{0,20}<(?:!doctype|html|head|body|h[1-6]|p|div|form|a|ul|ol|table|img|b|br|strong)\b", re.I)
GROUP = re.compile(r"\((\?<(\w{1,60})>|\?[:=!])?[^()]{0,200}\)[?*+]?")
SIGNING_IN = re.compile(r"log_?in|sign|auth|session|forbidden|denied|\A/\Z", re.IGNORECASE)
GROUPS_MOST = 6
"""Groups inside one another that are taken out of a regular expression."""
ANCHORS = re.compile(r"\\[AzZ]|[\^$]|\\")
OPTIONAL_END = re.compile(r"(?:/\?|\(/\)\?|\(\.:\w+\)\??|\.\?:format\??|\.:format\?)+\Z")


def path_of(blocks: Blocks, expr: Expr | None, env: Env | None = None) -> Value | None:
    """The path of a route: a text or a regular expression; None for anything else."""
    value = blocks.value(expr, env or {})
    if isinstance(value, Other) and value.kind == "regex":
        return (_of_pattern(plain(value.operands[0]) or ""),)
    if not isinstance(value, Text):
        return None
    found = blocks.path(value, env or {})
    if found and isinstance(found[-1], str):
        found = (*found[:-1], OPTIONAL_END.sub("", found[-1]))
    return tuple(named_splats(part) if isinstance(part, str) else part for part in found)


def _of_pattern(text: str) -> str:
    """A regular expression as a path: groups are parameters."""
    for _ in range(GROUPS_MOST):
        shorter = GROUP.sub(_parameter, text)
        if shorter == text:
            break
        text = shorter
    return ANCHORS.sub("", text)


def _parameter(match: re.Match[str]) -> str:
    kind, name = match[1] or "", match[2]
    return "" if kind in ("?=", "?!") else f"{{{name or 'value'}}}"


REST = re.compile(r"/?\{\w+\}")
"""A path that is one splat: what answers every method, or ``OPTIONS``, there answers where no other route does."""


def named_splats(text: str) -> str:
    """``/files/*`` with its rest as a parameter."""
    return re.sub(r"\*(\w*)", lambda match: f"{{{match[1] or 'splat'}}}", text)


def shows_page(calls: list[Call]) -> bool:
    """Whether a block renders or sends the browser on, and does not answer with data."""
    if any(DATA_CALLS.search(call.last) or _says_json(call) for call in calls):
        return False
    return any(call.name in TEMPLATES or VIEW.search(call.name) for call in calls)


def writes_page(blocks: Blocks, calls: list[Call], function: int) -> bool:
    """Whether a block answers with markup of its own: ``"<h1>Hello</h1>"``."""
    if any(DATA_CALLS.search(call.last) or _says_json(call) for call in calls):
        return False
    texts = (text for text, where in blocks.module.texts if where == function)
    return any(MARKUP.match(text.parts[0]) for text in texts if text.parts and isinstance(text.parts[0], str))


def _says_json(call: Call) -> bool:
    return call.last == "content_type" and any("json" in (plain(arg) or "") for arg in call.args)


def _turns_away(call: Call) -> bool:
    """``halt 401``, ``redirect "/login"``: an answer to somebody who is not known."""
    if call.name not in ("redirect", "redirect_to", "to"):
        return call.name == call.last and call.name not in TEMPLATES and refuses([call])
    return any(SIGNING_IN.search(plain(part) or dotted(part)) for arg in call.args for part in inside(arg))


def guards_in(calls: list[Call]) -> tuple[str, ...]:
    """What in a block, by its name, keeps strangers out."""
    found = [call.last for call in calls if call.name == call.last and is_guarding(call.last)]
    asked = [name for name in found if name.endswith("?")]
    sure = [name for name in found if not name.endswith("?")]
    if asked and any(_turns_away(call) for call in calls):
        sure += asked
    return tuple(f"guard {name.rstrip('?')}" for name in dict.fromkeys(sure))
