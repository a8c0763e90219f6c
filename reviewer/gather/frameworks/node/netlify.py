"""Netlify's functions: files of one folder, served under their names, and where a rewrite says so below it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.node._file_routes import below, compared_methods, exported_functions, keep
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Module
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Ref

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NETLIFY = "Netlify Functions"
NETLIFY_MODULE = "@netlify/functions"
NETLIFY_FOLDERS = ("netlify/functions", "netlify-functions")
NETLIFY_BASE = "/.netlify/functions"
SETTINGS = "netlify.toml"
FOLDER, SERVED_BELOW = "netlify:functions", "netlify:below"
"""Under what the settings file keeps the folder of the functions, and the path that is rewritten to them."""
ANY = "handler"


def read_netlify(module: Module, kept: Kept) -> None:
    """``exports.handler``; only the file's path tells whether it is served."""
    wanted = ("handler", "default") if module.imported(NETLIFY_MODULE) else ("handler",)
    for found in exported_functions(module, wanted):
        if found.function is not None and len(found.function.parameters) < 4:
            keep(kept, NETLIFY, found, ",".join(compared_methods(module, found.function)) or ANY)


def expand_netlify(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A function is served under the name of its file or folder."""
    found = next(_places(index, path), None)
    if found is None or found[0].count("/") > 1:
        return [Expansion(method="")]
    inside, base = found
    name = inside.partition("/")[0].partition(".")[0]
    if "/" in inside and posixpath.basename(inside).partition(".")[0] not in (name, "index"):
        return [Expansion(method="")]
    methods = ["ANY"] if route.name == ANY else route.name.split(",")
    return [Expansion(method=method, suffix=f"{base}/{name}") for method in methods]


def _places(index: Index, path: str) -> Iterator[tuple[str, str]]:
    """The path within the folder of functions, and what they are served below; the nearest settings come first."""
    folder = posixpath.dirname(path)
    while folder:
        folder = posixpath.dirname(folder)
        settings = posixpath.join(folder, SETTINGS)
        said = index.text(settings, (Ref(name=FOLDER),)) if settings in index.files else ""
        start = posixpath.normpath(posixpath.join(folder, said.lstrip("/"))) + "/" if said else ""
        if start and path.startswith(start):
            yield path.removeprefix(start), index.text(settings, (Ref(name=SERVED_BELOW),)) or NETLIFY_BASE
    inside = below(path, NETLIFY_FOLDERS)
    if inside is not None:
        yield inside, NETLIFY_BASE


def serves_netlify(path: str) -> bool:
    """Whether Netlify looks for functions in a file of this path unless told otherwise, or is told so by it."""
    return posixpath.basename(path) == SETTINGS or below(path, NETLIFY_FOLDERS) is not None


FRAMEWORK = Framework(
    name=NETLIFY,
    languages=("JavaScript", "TypeScript"),
    read=read_netlify,
    packages=("@netlify/functions",),
    expand=expand_netlify,
    serves=serves_netlify,
)
