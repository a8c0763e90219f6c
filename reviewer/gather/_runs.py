"""How a file is run where it tells by itself: in a browser, or by somebody who starts it by hand."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Module
from reviewer.model.facts.file import Runs

PAGE = (
    "document.getElement", "document.querySelector", "document.addEventListener", "document.createElement",
    "window.addEventListener", "window.location.", "navigator.mediaDevices.", "navigator.geolocation.",
    "navigator.serviceWorker.",
)  # fmt: skip
"""Calls that only a page can answer."""
CLIENTS = (
    ".", "/", "http:", "https:", "jquery", "axios", "bootstrap", "d3", "chart.js", "socket.io-client", "simple-peer",
    "lodash", "moment", "leaflet", "three", "react", "vue", "sweetalert2", "@stomp/", "sockjs-client",
)  # fmt: skip
"""What scripts of a page import, from files beside them or by a bundler."""
HANDED_OVER = frozenset({"evaluate", "evaluateHandle", "$eval", "$$eval", "waitForFunction", "addInitScript"})
"""Calls by which a program hands a function to a page that it drives."""
GUARD = re.compile(r"^if\s*\(?\s*__name__\s*==\s*['\"]__main__['\"]", re.MULTILINE)
STARTS = frozenset(
    "run serve run_app run_forever serve_forever run_simple run_until_complete run_polling start start_server listen "
    "quickstart wait_for_termination start_consuming execute_from_command_line make_server worker_main launch "
    "basic_consume subscribe cmdloop Process Thread".split()
)
"""Calls by which a program starts a server, or a worker or a prompt that goes on."""
ENDLESS = re.compile(r"^\s*while\s*\(?(?:True|1)\b", re.MULTILINE)
ECMA = frozenset({"JavaScript", "TypeScript"})


def how_run(module: Module) -> Runs | None:
    """How a file is run; None where nothing in it tells."""
    if module.language in ECMA:
        return Runs.IN_BROWSER if _in_browser(module) else None
    if module.language == "Python" and "__main__" in module.text:
        return Runs.BY_HAND if _by_hand(module) else None
    return None


def _in_browser(module: Module) -> bool:
    text = module.text
    if "document." not in text and "window." not in text and "navigator." not in text:
        return False
    if "process.env" in text or not all(item.module.startswith(CLIENTS) for item in module.imports):
        return False
    names = {call.name for call in module.calls}
    return any(name.startswith(PAGE) for name in names) and HANDED_OVER.isdisjoint(
        name.rpartition(".")[2] for name in names
    )


def _by_hand(module: Module) -> bool:
    if not GUARD.search(module.text) or ENDLESS.search(module.text):
        return False
    return not any(call.last in STARTS and not call.name.startswith("subprocess.") for call in module.calls)
