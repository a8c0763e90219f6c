"""Frameworks whose routes are files: Nitro (Nuxt's server), SvelteKit, Astro's endpoints, Vercel's functions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.node._file_routes import (
    SERVED,
    below,
    compared_methods,
    default_export,
    exported_functions,
    keep,
    served_path,
)
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Module
from reviewer.model.facts.routing import Route

if TYPE_CHECKING:
    from reviewer.gather.index import Index

ECMA = ("JavaScript", "TypeScript")
NITRO, SVELTEKIT, ASTRO, VERCEL = "Nitro", "SvelteKit", "Astro", "Vercel Functions"
NITRO_HANDLERS = re.compile(r"(?:define|cached|lazy)\w*Event\w*Handler|eventHandler|defineHandler")
NITRO_METHOD = re.compile(r"\.(get|post|put|patch|delete|head|options)\.[cm]?[jt]s$", re.IGNORECASE)
NITRO_FOLDERS = {"routes": "", "api": "api/"}
NITRO_SETTINGS = ("nitro.config.ts", "nitro.config.js", "nitro.config.mjs")
SVELTE_FILE = re.compile(r"(?:^|/)\+server\.[jt]s$")
SVELTE_FOLDER = ("src/routes",)
ASTRO_FOLDER = ("src/pages",)
ASTRO_FILE = re.compile(r"\.[jt]s$")
VERCEL_MODULE = "@vercel/node"
DEFAULT = "default"


def read_nitro(module: Module, kept: Kept) -> None:
    """``export default defineEventHandler(...)``."""
    handler = default_export(module)
    if handler is not None and any(NITRO_HANDLERS.search(name) for name in handler.wrappers):
        keep(kept, NITRO, handler)


def expand_nitro(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The path from that of the file, the method from its suffix."""
    del route
    inside = _inside_nitro(index, path)
    if inside is None:
        return [Expansion(method="")]
    found = NITRO_METHOD.search(inside)
    stem = inside[: found.start()] + ".ts" if found else inside
    return [Expansion(method=found[1].upper() if found else "ANY", suffix=served_path(stem))]


def _inside_nitro(index: Index, path: str) -> str | None:
    """The path as it is served: within the folder of routes, which lies in ``server`` or beside the settings."""
    for folder in ("server", *_with_settings(index, path)):
        for name, base in NITRO_FOLDERS.items():
            inside = below(path, (posixpath.join(folder, name),))
            if inside is not None:
                return f"{base}{inside}"
    return None


def _with_settings(index: Index, path: str) -> Iterator[str]:
    """The folders around a file that hold Nitro's settings, from the inside out."""
    folder = posixpath.dirname(path)
    while folder:
        folder = posixpath.dirname(folder)
        if any(posixpath.join(folder, name) in index.files for name in NITRO_SETTINGS):
            yield folder


def read_exported_methods(module: Module, kept: Kept) -> None:
    """Exported functions under the names of methods, for SvelteKit and Astro alike."""
    for framework, marks in ((SVELTEKIT, ("@sveltejs/kit", "./$types", "$lib", "$env")), (ASTRO, ("astro",))):
        if module.imported(*marks):
            for found in exported_functions(module, SERVED):
                keep(kept, framework, found)


def expand_svelte(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """``src/routes/users/[id]/+server.ts``."""
    del index
    inside = below(path, SVELTE_FOLDER)
    served = inside is not None and SVELTE_FILE.search(path)
    return [Expansion(method=route.name if served else "", suffix=served_path((inside or "").rpartition("/")[0]))]


def expand_astro(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """``src/pages/users/[id].ts``, also as ``users.json.ts``."""
    del index
    inside = below(path, ASTRO_FOLDER)
    served = inside is not None and ASTRO_FILE.search(path)
    return [Expansion(method=route.name if served else "", suffix=served_path(inside or ""))]


def read_vercel(module: Module, kept: Kept) -> None:
    """``export default (req: VercelRequest, res: VercelResponse) => ...``."""
    handler = default_export(module)
    if module.imported(VERCEL_MODULE) and handler is not None and handler.function is not None:
        keep(kept, VERCEL, handler, ",".join(compared_methods(module, handler.function)) or DEFAULT)


def expand_vercel(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """``api/users/[id].ts``."""
    del index
    inside = below(path, ("api",))
    methods = ["ANY"] if route.name == DEFAULT else route.name.split(",")
    return [
        Expansion(method=method if inside is not None else "", suffix=f"/api{served_path(inside or '')}")
        for method in methods
    ]


def _nothing(module: Module, kept: Kept) -> None:
    """Astro's endpoints are read with SvelteKit's."""
    del module, kept


NITRO_SERVER = Framework(
    name=NITRO,
    languages=ECMA,
    read=read_nitro,
    packages=("nitropack", "nuxt"),
    expand=expand_nitro,
)
SVELTE_KIT = Framework(
    name=SVELTEKIT,
    languages=ECMA,
    read=read_exported_methods,
    packages=("@sveltejs/kit",),
    expand=expand_svelte,
    serves=lambda path: SVELTE_FILE.search(path) is not None,
)
ASTRO_ENDPOINTS = Framework(
    name=ASTRO,
    languages=ECMA,
    read=_nothing,
    packages=("astro",),
    expand=expand_astro,
    serves=lambda path: below(path, ASTRO_FOLDER) is not None,
)
VERCEL_FUNCTIONS = Framework(
    name=VERCEL,
    languages=ECMA,
    read=read_vercel,
    packages=("@vercel/node",),
    expand=expand_vercel,
    serves=lambda path: below(path, ("api",)) is not None,
)
