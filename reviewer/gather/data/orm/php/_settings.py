"""Databases that settings written in PHP name: DSNs, arrays with a driver, constants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use, database_of_driver, database_of_text
from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.look import words
from reviewer.gather.syntax import Expr, Mapping, Module, Name, Text, plain
from reviewer.model.facts.data import DataUse, How

DSN = re.compile(
    r"(mysql|pgsql|sqlsrv|oci|dblib|odbc|firebird|ibm|informix):\s{0,5}"
    r"(?:host|server|dbname|unix_socket|port|charset|driver|//)|(sqlite):(?=[\w./:]|\Z)",
    re.IGNORECASE,
)
DSN_START = re.compile(r"(mysql|pgsql|sqlsrv|oci|dblib|sqlite):\Z", re.IGNORECASE)
DSN_NAMES = {
    "mysql": "MySQL",
    "pgsql": "PostgreSQL",
    "sqlite": "SQLite",
    "sqlsrv": "SQL Server",
    "dblib": "SQL Server",
    "oci": "Oracle",
    "ibm": "Db2",
}
NAMING = ("driver", "dbdriver", "DBDriver", "adapter", "type", "database_type", "dialect", "engine", "connection")
BESIDE = words(
    "database dbname hostname username host user database_name name server path dsn charset host_name db cacheMetadata"
    " quoteIdentifiers"
)
EMPTY = ("", "''")
CLASS = ".class"
"""How the name of a driver's class ends (``Mysql::class``)."""
TEST_GROUPS = ("tests", "test", "testing")
DRIVERS_MOST = 2
"""Databases that one file of settings names at the most: the stock file of a framework names them all."""
DEFINED = re.compile(r"(?:DB|DATABASE)_?(?:DRIVER|TYPE|ENGINE|CONNECTION|ADAPTER|DIALECT|SGBD)", re.IGNORECASE)
WORDPRESS = frozenset({"DB_NAME", "DB_HOST"})


def database_of_dsn(text: Text) -> str | None:
    """The database of a DSN: ``mysql:host=...``, ``sqlite:/path``, also where parts of it are put in."""
    first = text.parts[0] if text.parts else ""
    if not isinstance(first, str):
        return None
    found = DSN.match(first.strip()) or (DSN_START.match(first.strip()) if len(text.parts) > 1 else None)
    return DSN_NAMES.get(next(name for name in found.groups() if name).lower()) if found else None


def settings(module: Module) -> Iterator[DataUse]:
    """Every database that the settings of a file name, where they do not name them all."""
    found = [*_texts(module), *_arrays(module), *_constants(module)]
    if len({use.name for use in found}) <= DRIVERS_MOST:
        yield from found


def _texts(module: Module) -> Iterator[DataUse]:
    for text, _ in module.texts:
        database = database_of_dsn(text) or database_of_text(text)
        if database and not _is_help(text):
            tests = text.line in _test_lines(module)
            yield data_use(database, How.CONFIGURED, text.line, "DSN", tests=tests)


def _test_lines(module: Module) -> set[int]:
    """The lines of what an array of settings holds for tests: ``'test' => ['url' => ...]``."""
    exprs = [item.value for item in module.returns] + [item.value for item in module.assignments if item.value]
    groups = (
        value
        for expr in exprs
        for item in inside(expr)
        if isinstance(item, Mapping)
        for key, value in item.pairs
        if (plain(key) or "") in TEST_GROUPS
    )
    return {inner.line for value in groups for inner in inside(value) if isinstance(inner, Text)}


def _is_help(text: Text) -> bool:
    """Prose that shows how a DSN looks."""
    return " " in "".join(part for part in text.parts if isinstance(part, str))[:400].strip()


def _arrays(module: Module) -> Iterator[DataUse]:
    exprs = [(item.value, _is_for_tests(item.target)) for item in module.assignments if item.value is not None]
    exprs += [(item.value, False) for item in module.returns]
    exprs += [(arg, False) for call in module.calls for arg in call.args if isinstance(arg, Mapping)]
    seen: set[int] = set()
    for expr, tests in exprs:
        for item in inside(expr):
            if isinstance(item, Mapping) and id(item) not in seen:
                seen.add(id(item))
                yield from _array(item, tests)


def _is_for_tests(target: str) -> bool:
    """Whether a group of settings is the one that tests run with, as CodeIgniter names it."""
    return target.rpartition(".")[2] in TEST_GROUPS


def _array(mapping: Mapping, tests: bool) -> Iterator[DataUse]:
    """The database of one array; stock settings that nobody filled in name a driver and no more."""
    entries = dict(pairs_of(mapping))
    for key in NAMING:
        text = _text_in(entries.get(key))
        database = database_of_driver(text.lower().removeprefix("pdo_").rpartition("\\")[2]) if text else None
        if database and entries.keys() & BESIDE:
            how = How.DEPENDENCY if _is_stock(entries) else How.CONFIGURED
            yield data_use(database, how, entries[key].line, key, tests=tests)
            return


def _is_stock(entries: dict[str, Expr]) -> bool:
    """Settings that nobody filled in: no name of a database, as frameworks ship them."""
    named = [plain(entries[key]) for key in ("database", "dbname", "database_name") if key in entries]
    return bool(named) and all(name in EMPTY for name in named) and plain(entries.get("username")) in EMPTY


def _text_in(expr: Expr | None) -> str:
    """A constant, or the one that stands in for a variable of the environment that is not there."""
    if expr is None:
        return ""
    if isinstance(expr, Name) and expr.dotted.endswith(CLASS):
        return expr.dotted.removesuffix(CLASS).rpartition(".")[2]
    texts = [text for item in inside(expr) if isinstance(item, Text) and (text := plain(item))]
    return texts[-1] if texts else ""


def _constants(module: Module) -> Iterator[DataUse]:
    given = {item.target: item for item in module.assignments if item.function == -1 and plain(item.value) is not None}
    for name, item in given.items():
        database = database_of_driver((plain(item.value) or "").lower().removeprefix("pdo_"))
        if database and DEFINED.fullmatch(name.rpartition(".")[2]):
            yield data_use(database, How.CONFIGURED, item.line, name)
    if given.keys() >= WORDPRESS and "wp-settings" in module.text:
        yield data_use("MySQL", How.CONFIGURED, given["DB_NAME"].line, "wp-config.php")
