"""Scripts of a page that call an API."""

from __future__ import annotations

from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, is_browser, keep
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

JQUERY = words("$.ajax $.get $.post $.getJSON jQuery.ajax jQuery.get jQuery.post jQuery.getJSON")
ANGULAR = tuple(
    f"this.{name}.{verb}"
    for name in ("http", "httpClient", "_http")
    for verb in ("get", "post", "put", "patch", "delete")
)
FETCHES = words(
    "fetch window.fetch axios axios.get axios.post axios.put axios.patch axios.delete axios.request ky ky.get ky.post"
)


def read(module: Module, kept: Kept) -> None:
    """``fetch``, axios, ``XMLHttpRequest`` and jQuery's, in scripts that run in a browser."""
    look = look_at(module)
    calls = [
        call
        for call in module.calls
        if call.name in JQUERY | FETCHES or call.name in ANGULAR or call.name == "XMLHttpRequest"
    ]
    if not calls or not (is_browser(look) or any(call.name in JQUERY for call in calls)):
        return
    for call in calls:
        if call.args or call.new:
            keep(kept, look, SignKind.CLIENT_CALL, call, call.name)


CLIENT_CALLS = Reader(name="client calls", languages=ECMA, read=read)
