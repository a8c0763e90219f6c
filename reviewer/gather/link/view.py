"""The files of a repository, sorted once into the groups that linking asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar

import msgspec

from reviewer.gather._sides import is_below
from reviewer.gather.kinds import BACKEND_LANGUAGES
from reviewer.gather.link.beside import beside_server
from reviewer.gather.roles import frontend_roots, is_example
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.repository import FileRole, SourceFile, Standing
from reviewer.model.facts.values import At, Place

T = TypeVar("T")
EVIDENCE_MOST = 6
CLIENT_LIBRARIES = (
    "react", "@testing-library/", "enzyme", "@angular/", "@vue/", "vue", "svelte", "preact",
)  # fmt: skip
BROWSER_TOOLS = ("@playwright/",)
"""Libraries that drive a browser, of a client's tests unless these ask the server as well."""
TASK_LIBRARIES = frozenset({
    "fabric", "fabric2", "invoke", "Deployer", "pulumi", "pulumi_aws", "@pulumi", "aws_cdk", "aws-cdk-lib", "@aws-cdk",
    "cdktf",
})  # fmt: skip
"""Libraries of tasks that somebody runs by hand: putting the program onto a machine, making the machines."""
LOAD_LIBRARIES = frozenset({"locust", "k6", "autocannon", "loadtest"})
"""Libraries that put load on a server."""
BROWSER_DRIVERS = frozenset({
    "selenium", "seleniumbase", "playwright", "pyppeteer", "splinter", "helium", "puppeteer", "puppeteer-core",
    "selenium-webdriver", "webdriverio", "nightwatch", "testcafe", "watir",
})  # fmt: skip
"""Libraries that drive a browser: a test below a folder that says so, and somewhere else maybe part of a program."""
FOR_TESTS = re.compile(r"(?:^|[/._ -])(?i:tests?|specs?|e2e|black-?box|uat)(?=[/._ -]|[A-Z\d])")
"""Paths of what is made for tests, wherever they lie."""
BROWSER_LANGUAGES = frozenset({"JavaScript", "TypeScript"})


class View:
    """Groups of files. ``own`` are those that anybody of the repository wrote (not vendored, generated, ...)."""

    def __init__(self, files: tuple[SourceFile, ...]) -> None:
        roots = frontend_roots(file.path for file in files)
        refined = tuple(_refined(file, roots) for file in files)
        extends = _extends(refined)
        served = tuple(_of_browser(file) for file in refined) if extends else refined
        self.files = _examples_apart(beside_server(served))

    @cached_property
    def own(self) -> tuple[SourceFile, ...]:
        """Files of the project's own that were read."""
        return tuple(file for file in self.files if file.standing is Standing.OWN and file.facts is not None)

    @cached_property
    def server(self) -> tuple[SourceFile, ...]:
        """Own programs in a backend language that are neither tests nor front end."""
        roles = (FileRole.SERVER, FileRole.SCRIPTS, FileRole.SCHEMA, FileRole.CONFIG)
        return tuple(file for file in self.own if file.language in BACKEND_LANGUAGES and file.role in roles)

    @cached_property
    def settings(self) -> tuple[SourceFile, ...]:
        """Own documents that are no tests' and no client's: tables of routes, settings, manifests, contracts."""
        skipped = (FileRole.TESTS, FileRole.FRONTEND)
        return tuple(
            file
            for file in self.own
            if (file.language is None and file.role is FileRole.CONFIG)
            or (file.kind == "proto" and file.role not in skipped)
        )

    @cached_property
    def tests(self) -> tuple[SourceFile, ...]:
        """Own files that hold tests, or help them."""
        return tuple(file for file in self.own if file.role is FileRole.TESTS)

    @cached_property
    def frontend(self) -> tuple[SourceFile, ...]:
        """Own files of a client."""
        return tuple(file for file in self.own if file.role is FileRole.FRONTEND)


def facts_by_path(files: Iterable[SourceFile]) -> dict[str, FileFacts]:
    """Facts by path, for `reviewer.gather.index.Index`."""
    return {file.path: file.facts for file in files if file.facts is not None}


def located(files: Iterable[SourceFile], group: str) -> Iterator[At[T]]:
    """Every fact of one group (a field of `FileFacts`) with its path."""
    for file in files:
        for fact in getattr(file.facts, group):
            yield At(path=file.path, fact=fact)


def places(items: Iterable[At[T]], most: int = EVIDENCE_MOST) -> tuple[Place, ...]:
    """Where the first few of some facts stand, one place per line."""
    found: dict[Place, None] = {}
    for item in items:
        line, end = getattr(item.fact, "line", 0), getattr(item.fact, "end_line", 0)
        found.setdefault(Place(path=item.path, line=line, end_line=end))
        if len(found) >= most:
            break
    return tuple(found)


def _refined(file: SourceFile, roots: frozenset[str]) -> SourceFile:
    """What a file holds decides over what its path promises: a file with test cases is a test, of server or client."""
    tests = file.facts.tests if file.facts else None
    if file.role is FileRole.TESTS and _of_client(file, roots):
        return msgspec.structs.replace(file, role=FileRole.FRONTEND)
    if tests and tests.cases and file.role not in (FileRole.TESTS, FileRole.FRONTEND):
        return msgspec.structs.replace(file, role=FileRole.TESTS)
    if _measures(file):
        return msgspec.structs.replace(file, role=FileRole.TESTS)
    if file.role is FileRole.SERVER and _imports(file, TASK_LIBRARIES):
        return msgspec.structs.replace(file, role=FileRole.SCRIPTS)
    if file.facts and file.facts.routing and file.facts.routing.routes and file.role is FileRole.FRONTEND:
        return msgspec.structs.replace(file, role=FileRole.SERVER)
    return file


def _measures(file: SourceFile) -> bool:
    """Whether a file puts load on a server that runs elsewhere, or drives its pages to test them."""
    if file.role not in (FileRole.SERVER, FileRole.SCRIPTS):
        return False
    return _imports(file, LOAD_LIBRARIES) or (
        FOR_TESTS.search(file.path) is not None and _imports(file, BROWSER_DRIVERS)
    )


def _imports(file: SourceFile, libraries: frozenset[str]) -> bool:
    found = file.facts.imports if file.facts else ()
    return any(item.module.partition("/")[0].partition(".")[0] in libraries for item in found)


def _examples_apart(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """Examples beside a program of some size are no part of the server: like tests, they only use it."""
    programs = (FileRole.SERVER, FileRole.SCRIPTS)
    lines = {False: 0, True: 0}
    for file in files:
        if file.role is FileRole.SERVER and file.standing is Standing.OWN and file.facts is not None:
            lines[is_example(file.path)] += file.facts.lines
    if not lines[True] or lines[True] >= lines[False] < PROGRAM:
        return files
    return tuple(
        msgspec.structs.replace(file, role=FileRole.TESTS) if file.role in programs and is_example(file.path) else file
        for file in files
    )


def _extends(files: tuple[SourceFile, ...]) -> bool:
    """Whether all that is served comes from extensions of a content management system written in PHP."""
    own = [file.facts for file in files if file.standing is Standing.OWN and file.facts is not None]
    serving = {file.language for file in files if file.facts and file.facts.routing and file.facts.routing.routes}
    marked = any(facts.document is not None and facts.document.cms is not None for facts in own)
    return marked and serving.isdisjoint(BROWSER_LANGUAGES)


def _of_browser(file: SourceFile) -> SourceFile:
    """Scripts beside such an extension run in the browser: nothing there would serve them."""
    if file.language in BROWSER_LANGUAGES and file.role is FileRole.SERVER:
        return msgspec.structs.replace(file, role=FileRole.FRONTEND)
    return file


PROGRAM = 300
"""Lines from which on a program stands for itself, however much its examples hold."""
SERVER_SIDE = re.compile(r"(?:^|/)server/|\.server\.|/\+(?:page\.|layout\.)?server\b")
"""Paths of what runs on the server in frameworks that keep both sides in one place (SvelteKit, Nuxt, Remix)."""


def _of_client(file: SourceFile, roots: frozenset[str]) -> bool:
    """Whether a test is one of a front end: it lies in its folder, is written in JSX, or imports its libraries."""
    if file.language not in BROWSER_LANGUAGES or file.facts is None:
        return False
    if SERVER_SIDE.search(file.path):
        return False
    if file.path.endswith((".jsx", ".tsx")) or is_below(file.path, roots):
        return True
    asks = file.facts.tests is not None and bool(file.facts.tests.requests)
    libraries = CLIENT_LIBRARIES if asks else (*CLIENT_LIBRARIES, *BROWSER_TOOLS)
    return any(item.module.startswith(libraries) for item in file.facts.imports)
