"""PHP files that are asked for by their own path: what such a script answers to, and with what.

A file counts where the code outside its functions reads the request, answers it or prints a page. Whether it is served
at all shows only among the other files: what is included by another file is not asked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.look import look_at, words
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain, walk

REQUEST = words("_GET _POST _REQUEST _FILES _COOKIE")
METHOD = "_SERVER.REQUEST_METHOD"
METHODS = words("GET POST PUT PATCH DELETE HEAD")
EQUAL = words("== === case")
UNEQUAL = words("!= !== <>")
JSON_CALLS = words("json_encode sendJson jsonResponse json_response sendResponse respond sendJSON")
SENT = words("send json toJson sendJson success error respond output fail notFound unauthorized created")
RESPONSE = re.compile(r"(?:^|\.)\w*(?:response|Response|ApiAnswer|Json)\w*\.\w+\Z|(?:^|\.)res\.\w+\Z")
SHOWING = words("view render include_view display load_view")
MARKUP = re.compile(r"<!doctype\s|<html\b|<body\b|<form\b|<table\b|<div\b|<h[1-6]\b", re.IGNORECASE)
JSON_TYPE = re.compile(r"content-type:\s{0,5}(application/(json|xml)|text/xml)", re.IGNORECASE)
ALLOWED = re.compile(r"access-control-allow-methods:([\sA-Z,]{1,80})", re.IGNORECASE)
SHIELDED = re.compile(
    r"defined\s{0,3}\(\s{0,3}['\"](?:ABSPATH|WPINC|_JEXEC|BASEPATH|SYSPATH|FCPATH|IN_\w{1,20}|MOODLE_INTERNAL|_PS_VERSION_|"
    r"TYPO3|DIR_APPLICATION|APPPATH|K_COUCH_DIR|_VALID_MOS|PHPUNIT_\w{1,20})['\"]"
)
"""What keeps a file from being asked for by itself."""
COMMAND = re.compile(r"\A#!|\bPHP_SAPI\b|php_sapi_name\(|\$argv\b|\$argc\b|_SERVER\[['\"]argv['\"]\]")
PLATFORM = re.compile(
    r"\b(?:get_header|wp_head|wp_footer|have_posts|the_content|add_action|add_filter|get_template_part|bloginfo|drupal_\w+|"
    r"JFactory|JText|Yii::|Mage::|\$this->load->view|\$this->layout|\$this->extend\(|\$this->Html->|\$this->Form->|"
    r"Illuminate\\|Symfony\\|@extends|\$block->|\$view\[)"
)
"""What only files of a platform or framework hold, which serves them itself."""
DISPATCHING = re.compile(
    r"\bnew\s{1,5}\\?(?:\w{1,60}\\){0,8}(?:Router|App|Application|Kernel|Bootstrap|Core|Dispatcher|FrontController)\s{0,3}[(;]"
)
"""What a file makes that hands every request on to others."""
INNER_FOLDERS = words(
    """
    view views template templates partial partials layout layouts include includes inc component components fragment
    fragments part parts lib libs library config conf settings core model models class classes helper helpers src app
    vendor functions lang locale section sections tests test
    """
)
"""Folders whose pages are parts of others, unless they read a request of their own."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a file answers to when it is asked for. ``methods`` is empty where none is told apart."""

    methods: tuple[str, ...]
    page: bool
    reads: bool


def script_of(module: Module) -> Script | None:
    """The script that a file is, None where it only declares."""
    text = module.text
    if (
        DISPATCHING.search(text)
        or module.namespace
        or SHIELDED.search(text)
        or COMMAND.search(text[:2_000])
        or PLATFORM.search(text)
    ):
        return None
    run = _run(module)
    outside = [call for call in module.calls if call.function in run]
    reads = _reads(module, run)
    markup = _markup(module, outside)
    json = not markup and (_answers_json(module, outside, reads) or (reads and _answers_by_object(outside)))
    moves = any(call.name in ("header", "session_start", "session_destroy") for call in outside)
    if not (reads or json or markup or (moves and outside)):
        return None
    if not (json or markup or reads) and not any(_moves(call) for call in outside):
        return None
    return Script(methods=_methods(module, json), page=not json, reads=reads or json)


def _run(module: Module) -> frozenset[int]:
    """The module itself and its functions that it calls: what runs when the file is asked for."""
    called = {call.name for call in module.calls if call.function == -1}
    return frozenset({-1, *(item.index for item in module.functions if item.owner == -1 and item.name in called)})


def _reads(module: Module, run: frozenset[int]) -> bool:
    """Whether the code that runs by itself reads the request."""
    text = module.text
    if not any(name in text for name in REQUEST) and "php://input" not in text and "REQUEST_METHOD" not in text:
        return False
    return any(_is_request(expr) for expr in _outside(module, run))


def _outside(module: Module, run: frozenset[int]) -> Iterator[Expr]:
    yield from (item.value for item in module.assignments if item.function in run and item.value is not None)
    for call in module.calls:
        if call.function in run:
            yield from call.args
    for compare in module.compares:
        if compare.function in run:
            yield from (compare.left, compare.right)


def _is_request(expr: Expr) -> bool:
    for item in walk(expr):
        if isinstance(item, Name) and (item.dotted.partition(".")[0] in REQUEST or item.dotted == METHOD):
            return True
        if isinstance(item, Text) and item.parts == ("php://input",):
            return True
    return False


def _markup(module: Module, outside: list[Call]) -> bool:
    """Whether HTML stands around the code or is printed by it."""
    head = module.text.partition("<?")[0]
    parts = module.text.split("?>")[1:200]
    if any(MARKUP.search(part.partition("<?")[0][:20_000]) for part in (head, *parts)):
        return True
    printed = (call for call in outside if call.name in ("echo", "print"))
    return any(isinstance(arg, Text) and MARKUP.search(_text(arg)) for call in printed for arg in call.args)


def _text(text: Text) -> str:
    return "".join(part for part in text.parts if isinstance(part, str))[:20_000]


def _answers_json(module: Module, outside: list[Call], reads: bool) -> bool:
    typed = any(call.name == "header" and call.args and JSON_TYPE.match(plain(call.args[0]) or "") for call in outside)
    if typed:
        return True
    calls = module.calls if reads else outside
    return any(call.last in JSON_CALLS for call in calls) and any(
        call.last in ("echo", "print", "exit", "die", "json_response", "jsonResponse", "sendJson", "sendResponse")
        and (call.last not in ("echo", "print", "exit", "die") or _encodes(call))
        for call in calls
    )


def _answers_by_object(outside: list[Call]) -> bool:
    """``$response->send()``, ``Response::json(...)`` of a class of the project's own, and nothing that shows a page."""
    if any(call.name in SHOWING or _moves(call) for call in outside):
        return False
    return any(call.last in SENT and RESPONSE.search(call.name[:80]) for call in outside)


def _encodes(call: Call) -> bool:
    return any(
        isinstance(item, (Name, Text)) or (not isinstance(item, str) and getattr(item, "last", "") == "json_encode")
        for arg in call.args
        for item in walk(arg)
    )


def _methods(module: Module, json: bool) -> tuple[str, ...]:
    """The methods that a script tells apart; of a page, those do not matter."""
    if not json:
        return ()
    compared = tuple(dict.fromkeys(_compared(module)))
    if compared:
        return compared
    for call in module.calls:
        found = ALLOWED.match(plain(call.args[0]) or "") if call.name == "header" and call.args else None
        allowed = [part.strip().upper() for part in found[1].split(",")] if found else []
        allowed = [part for part in allowed if part in METHODS]
        if len(allowed) == 1:
            return tuple(allowed)
    text = module.text
    if "_POST" in text or "php://input" in text:
        return ("POST",)
    return ("GET",) if "_GET" in text else ()


def _compared(module: Module) -> Iterator[str]:
    """Methods that the request's is compared with, or looked up among."""
    look = look_at(module)
    for compare in module.compares:
        if compare.operator not in EQUAL and compare.operator not in UNEQUAL:
            continue
        for one, other in ((compare.left, compare.right), (compare.right, compare.left)):
            method = (plain(other) or "").upper()
            if method in METHODS and is_method(look.value(one, compare.function)):
                yield method


def is_method(expr: Expr | None) -> bool:
    """Whether an expression is the method of the request."""
    return expr is not None and any(
        isinstance(item, Name) and item.dotted.endswith(("REQUEST_METHOD", "requestMethod", "request_method"))
        for item in walk(expr)
    )


def _moves(call: Call) -> bool:
    if call.name == "session_destroy":
        return True
    first = plain(call.args[0]) if call.name == "header" and call.args else None
    return first is not None and first.lower().startswith("location")
