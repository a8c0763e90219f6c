"""Netlify's settings (netlify.toml): the folder of its functions, and the path that they are served below as well."""

from __future__ import annotations

import msgspec

from reviewer.gather.documents._toml import load_toml
from reviewer.gather.documents._trees import mapping
from reviewer.gather.frameworks.node.netlify import FOLDER, NETLIFY, NETLIFY_BASE, SERVED_BELOW
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Router, Routing

REWRITES_MOST = 100


def read_netlify_settings(source: str, base: FileFacts) -> FileFacts:
    """Keeps the folder that is given, and the first rewrite of a whole path to the functions."""
    tree = mapping(load_toml(source).tree)
    build, functions = mapping(tree.get("build")), mapping(tree.get("functions"))
    folder = functions.get("directory") or build.get("functions")
    if not isinstance(folder, str):
        return base
    inside = build.get("base") if isinstance(build.get("base"), str) else ""
    constants = [Attribute(name=FOLDER, value=("/".join([str(inside), folder]),), line=1)]
    rewritten = _rewritten(tree.get("redirects"))
    if rewritten:
        constants.append(Attribute(name=SERVED_BELOW, value=(rewritten,), line=1))
    return msgspec.structs.replace(
        base,
        constants=(*base.constants, *constants),
        routing=Routing(routers=(Router(symbol=NETLIFY, framework=NETLIFY, line=1),)),
    )


def _rewritten(redirects: object) -> str:
    """``/api`` of ``from = "/api/*"`` with ``to = "/.netlify/functions/:splat"``."""
    for item in redirects[:REWRITES_MOST] if isinstance(redirects, list) else ():
        source, target = mapping(item).get("from"), mapping(item).get("to")
        if isinstance(source, str) and source.endswith("/*") and target == f"{NETLIFY_BASE}/:splat":
            return source.removesuffix("/*")
    return ""


NETLIFY_SETTINGS = DocumentReader("Netlify", ("deploy:Netlify",), read_netlify_settings, reads_generated=True)
