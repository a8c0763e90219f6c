"""Functions that a platform serves under their own name: Firebase, Wix Velo's HTTP functions."""

from __future__ import annotations

import re

from reviewer.gather.expressions import chain
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Lambda, Module, Name
from reviewer.model.facts.routing import Route, Router

ECMA = ("JavaScript", "TypeScript")
FIREBASE = "Firebase Functions"
FIREBASE_MODULES = ("firebase-functions",)
ON_REQUEST = "onRequest"
WIX = "Wix Velo"
WIX_MODULE = "wix-http-functions"
WIX_FUNCTION = re.compile(r"(get|post|put|delete|options|use)_(\w+)")
WIX_BASE = "/_functions/"


def read_firebase(module: Module, kept: Kept) -> None:
    """``exports.hello = functions.https.onRequest((req, res) => {})``; an application given to it routes itself."""
    if not module.imported(*FIREBASE_MODULES):
        return
    names = Names(module)
    functions = {item.qualname for item in module.functions}
    exported = {item.local or item.name: item.name for item in module.exports}
    for item in module.assignments:
        call = item.value
        target = item.target.removeprefix("module.").removeprefix("exports.")
        if not isinstance(call, Call) or (chain(call) or [""])[-1] != ON_REQUEST or not call.args:
            continue
        given = call.args[-1]
        handled = isinstance(given, Lambda) or (isinstance(given, Name) and given.dotted in functions)
        if handled and (target in exported or item.target.startswith(("exports.", "module."))):
            name = exported.get(target, target)
            _root(kept, FIREBASE, call.line)
            kept.routes.append(
                Route(
                    router=FIREBASE,
                    framework=FIREBASE,
                    methods=("ANY",),
                    path=(f"/{name}",),
                    line=item.line,
                    end_line=item.end_line,
                    handler=names.instance(given.dotted) if isinstance(given, Name) else "",
                )
            )


def _root(kept: Kept, framework: str, line: int) -> None:
    if not any(item.framework == framework for item in kept.routers):
        kept.routers.append(Router(symbol=framework, framework=framework, line=line, root=True))


def read_wix(module: Module, kept: Kept) -> None:
    """``export function get_users(request)`` of ``http-functions.js``."""
    if not module.imported(WIX_MODULE):
        return
    exported = {item.name for item in module.exports}
    for function in module.functions:
        found = WIX_FUNCTION.fullmatch(function.name)
        if found is None or function.parent != -1 or function.name not in exported:
            continue
        _root(kept, WIX, function.line)
        kept.routes.append(
            Route(
                router=WIX,
                framework=WIX,
                methods=("ANY" if found[1] == "use" else found[1].upper(),),
                path=(f"{WIX_BASE}{found[2]}",),
                line=function.line,
                end_line=function.end_line,
                handler=function.name,
            )
        )


FIREBASE_FUNCTIONS = Framework(name=FIREBASE, languages=ECMA, read=read_firebase, packages=("firebase-functions",))
WIX_VELO = Framework(name=WIX, languages=ECMA, read=read_wix)
