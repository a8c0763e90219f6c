"""Which databases are used, which only by the tests, and which are merely named."""

from __future__ import annotations

import re
from enum import IntEnum

from reviewer.gather.data.fallbacks import STANDS_IN
from reviewer.gather.data.names import KINDS, data_use
from reviewer.gather.data.packages import database_of_image, database_of_package
from reviewer.gather.link.view import View, places
from reviewer.model.facts.data import DataKind, DataUse, How, Role
from reviewer.model.facts.repository import Database, FileRole, NamedUse, SourceFile
from reviewer.model.facts.values import At

STRONG = (How.CONFIGURED, How.CONNECTED, How.QUERIED)
OTHER_LAYER = re.compile(r"mongo|motor|beanie|cassandra|datastax|gocql|dynamo|aws sdk|redis|neo4j|elastic|hbase", re.I)
"""Data layers of databases without SQL, by their names."""

IMAGE = "image "
"""How the detail of a use begins that an image in a compose file shows."""

DIALECT = "dialect:"
"""How the detail of a use begins that a file of SQL shows by what it is written in."""

TEST_SETTINGS = re.compile(
    r"(^|/)(application[-_](test|it|ci|integration)[\w-]*\.(ya?ml|properties)|appsettings\.(test|testing|ci|integration\w*)\.json|"
    r"[\w.-]*phpunit[\w.-]*|(docker-)?compose[._-](test|ci|e2e)[\w.-]*|[\w-]+[._-]test(ing)?\.(ya?ml|properties|json|xml|ini))\Z"
    r"|(^|/)config/packages/test/",
    re.IGNORECASE,
)
"""Settings that hold for runs of tests alone, going by their path."""

SETS_UP = re.compile(
    r"(^|/)((application|appsettings|config|configuration|settings|database|parameters|persistence|hibernate[.]cfg"
    r"|ormconfig|phpunit|doctrine|(docker-)?compose)([._-][\w.-]*)?[.](ya?ml|json|properties|xml|ini|toml|conf|cfg|dist)"
    r"|[^/]*[.]env([._-][^/]*)?|Dockerfile[^/]*)\Z|(^|/)config/|[.](properties|ini|config|xml)\Z",
    re.IGNORECASE,
)
"""Documents beside tests that set something up, going by their path; others hold what tests read and expect."""
EXAMPLES = 3
"""Databases that one document beside tests names, from which on it holds examples of them."""

ENVIRONMENT = re.compile(r"(^|/)[^/]*\.env(?:[._-][^/]*)?\Z")
"""Files of variables, which often hold addresses that a template came with."""

SAMPLE = re.compile(r"[._-](?:example|sample|dist|template|tpl)(?=\.|\Z)", re.IGNORECASE)
"""What the name of a file has that shows how another one is to be filled in."""

TEST_PROJECT = re.compile(r"tests?\.(cs|fs|vb)proj\Z", re.IGNORECASE)
OWN_DRIVER = frozenset({"SQLite"})
"""Databases that languages reach by themselves."""
TEXTS = ("URL", "connection string")
"""The details of uses that a text of a program alone shows."""
EMBEDDED = frozenset({"H2", "HSQLDB", "Derby"})
"""Databases that tests on the JVM can use by depending on them: nothing has to be configured."""


class Asked(IntEnum):
    """Whether anything in the repository could ask a database of SQL."""

    BY_NO_CODE = 0
    """There is nothing but SQL."""
    NOT = 1
    """There is a program, and nothing shows that it asks one."""
    BY_CODE = 2
    """A program asks one, through a layer or by statements of its own."""


def asked_by(view: View, layers: tuple[NamedUse, ...]) -> Asked:
    """What asks databases of SQL."""
    code = [file for file in view.server if file.language != "SQL"]
    layered = any(not OTHER_LAYER.search(layer.name) for layer in layers)
    if layered or any(item.layer != "cql" for file in code if file.facts for item in file.facts.statements):
        return Asked.BY_CODE
    return Asked.NOT if any(file.role is FileRole.SERVER for file in code) else Asked.BY_NO_CODE


def named_uses(view: View) -> list[At[DataUse]]:
    """Drivers in manifests and images in compose files: names, not yet use."""
    found: list[At[DataUse]] = []
    for file in view.own:
        document = file.facts.document if file.facts else None
        manifest = document.manifest if document else None
        for item in manifest.dependencies if manifest else ():
            name = database_of_package(manifest.ecosystem, item.name) if manifest else None
            if name:
                use = data_use(name, How.DEPENDENCY, item.line, item.name, tests=item.dev or _is_test_project(file))
                found.append(At(path=file.path, fact=use))
        for image in document.container.services if document and document.container else ():
            name = database_of_image(image)
            if name:
                found.append(At(path=file.path, fact=data_use(name, How.DEPENDENCY, 1, f"{IMAGE}{image}")))
    return found


def _is_test_project(file: SourceFile) -> bool:
    return file.role is FileRole.TESTS or bool(TEST_PROJECT.search(file.path))


def sets_up_tests(file: SourceFile) -> bool:
    """Whether what a file beside tests names is used by them: a program, or settings."""
    if file.language is not None:
        return True
    uses = file.facts.data if file.facts else ()
    return bool(SETS_UP.search(file.path)) and len({use.name for use in uses}) < EXAMPLES


def for_tests(item: At[DataUse]) -> bool:
    """Whether a use shows what runs of tests alone have."""
    return item.fact.tests or bool(TEST_SETTINGS.search(item.path))


def databases(
    uses: list[At[DataUse]], in_tests: list[At[DataUse]], asked: Asked, tests_ask: bool
) -> tuple[Database, ...]:
    """Every database that is shown, with its role and where it shows itself best.

    Args:
        uses: What the program and its manifests show.
        in_tests: What tests, their settings and their dependencies show.
        asked: Whether anything in the repository could ask a database of SQL.
        tests_ask: Whether a test shows that it asks a database.
    """
    in_tests = _reached(uses, in_tests)
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in (*uses, *in_tests):
        if item.fact.kind is not DataKind.LAYER:
            by_name.setdefault(item.fact.name, []).append(item)
    used = _used(uses, asked)
    stands_in = EMBEDDED if tests_ask or not _told(uses) else frozenset()
    tests = {item.path for item in in_tests}
    found = []
    for name, items in sorted(by_name.items()):
        tested = any(item.fact.how in STRONG or name in stands_in for item in in_tests if item.fact.name == name)
        role = Role.USED if name in used else Role.TESTS if tested else Role.NAMED
        best = sorted(items, key=lambda item: (item.path in tests, *_rank(item)))
        found.append(Database(name=name, kind=items[0].fact.kind, role=role, evidence=places(best)))
    return tuple(found)


def _rank(item: At[DataUse]) -> tuple[int, str, int]:
    """The strongest sign first, then by place."""
    return -list(How).index(item.fact.how), item.path, item.fact.line


def _reached(uses: list[At[DataUse]], in_tests: list[At[DataUse]]) -> list[At[DataUse]]:
    """What tests show, without addresses that are mere texts: nothing in the repository reaches their database."""
    known = {item.fact.name for item in (*uses, *in_tests) if item.fact.detail not in TEXTS} | OWN_DRIVER
    return [item for item in in_tests if item.fact.name in known]


def _told(uses: list[At[DataUse]]) -> bool:
    """Whether the program's own settings name its database of SQL: tests that set nothing else run on the same one."""
    return any(
        item.fact.how is How.CONFIGURED and item.fact.kind is DataKind.SQL and not item.fact.detail.startswith(DIALECT)
        for item in uses
    )


def _used(uses: list[At[DataUse]], asked: Asked) -> set[str]:
    """The databases in use.

    A file of SQL shows its database where there is no program, where a driver leads there too, or where a program asks
    one that nothing else names. A driver alone will do where a program asks, and nothing names another database; an
    image in a compose file where there is not even a driver. Where a setting only stands in for one of the environment,
    the database that is started beside the program and has its driver there is used as well.
    """
    uses = _without_samples(uses)
    shown = [item.fact for item in uses if item.fact.kind is not DataKind.LAYER]
    used = {fact.name for fact in shown if fact.how in STRONG and not fact.detail.startswith(DIALECT)}
    drivers = {fact.name for fact in shown if fact.how in (How.DEPENDENCY, How.IMPORTED)}
    used -= (_left_over(uses) | _unreachable(uses)) - drivers
    if asked is Asked.BY_CODE and any(fact.detail.startswith(STANDS_IN) for fact in shown):
        used |= _relational(_started(shown))
    unnamed = asked is Asked.BY_CODE and not _relational(used)
    written = {fact.name for fact in shown if fact.detail.startswith(DIALECT)}
    used |= {name for name in written if asked is Asked.BY_NO_CODE or name in drivers or unnamed}
    if asked is Asked.BY_CODE and not _relational(used):
        packages = {fact.name for fact in shown if fact.how is not How.DEPENDENCY or not fact.detail.startswith(IMAGE)}
        used |= _relational(drivers & packages) or _relational(drivers)
    return used


def _started(shown: list[DataUse]) -> set[str]:
    """The databases that are started beside the program, which has a driver for them."""
    depended = [fact for fact in shown if fact.how in (How.DEPENDENCY, How.IMPORTED)]
    images = {fact.name for fact in depended if fact.detail.startswith(IMAGE)}
    return images & {fact.name for fact in depended if not fact.detail.startswith(IMAGE)}


def _without_samples(uses: list[At[DataUse]]) -> list[At[DataUse]]:
    """Uses without those of a sample of settings beside which the settings themselves name a database of its kind."""
    settings = {(item.path, item.fact.kind) for item in uses if item.fact.how is How.CONFIGURED}
    return [
        item
        for item in uses
        if not SAMPLE.search(item.path) or (SAMPLE.sub("", item.path), item.fact.kind) not in settings
    ]


def _left_over(uses: list[At[DataUse]]) -> set[str]:
    """Caches that show in files of variables alone: without a driver, nothing reads those addresses."""
    strong = [item for item in uses if item.fact.how in STRONG and item.fact.kind is DataKind.CACHE]
    read = {item.fact.name for item in strong if not ENVIRONMENT.search(item.path)}
    return {item.fact.name for item in strong} - read


def _unreachable(uses: list[At[DataUse]]) -> set[str]:
    """Relational databases that Go code only spells the address of, beside the driver of another one.

    Go's standard library reaches none: what a program can be told to connect to, it must import the driver of.
    """
    strong = [item for item in uses if item.fact.how in STRONG and item.fact.kind is DataKind.SQL]
    if not any(item.path.endswith(".go") and item.fact.how is How.IMPORTED for item in uses):
        return set()
    return {item.fact.name for item in strong} - {item.fact.name for item in strong if not item.path.endswith(".go")}


def _relational(names: set[str]) -> set[str]:
    return {name for name in names if KINDS.get(name) is DataKind.SQL}
