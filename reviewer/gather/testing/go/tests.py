"""Go's testing package with testify, Ginkgo, gocheck and the libraries around them."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.go._dialects import bare_module
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Name, Other, plain
from reviewer.gather.testing._draft import Drafts, is_remote
from reviewer.gather.testing.go._assertions import names_failure, read_assertions
from reviewer.gather.testing.go._cases import find_cases
from reviewer.gather.testing.go._procedures import read_procedures
from reviewer.gather.testing.go._requests import read_requests

LIBRARIES = {
    "github.com/stretchr/testify": "testify",
    "github.com/onsi/ginkgo": "Ginkgo",
    "github.com/onsi/gomega": "Gomega",
    "github.com/smartystreets/goconvey": "GoConvey",
    "github.com/golang/mock": "gomock",
    "go.uber.org/mock": "gomock",
    "github.com/DATA-DOG/go-sqlmock": "go-sqlmock",
    "gopkg.in/DATA-DOG/go-sqlmock": "go-sqlmock",
    "github.com/testcontainers/testcontainers-go": "Testcontainers",
    "github.com/ory/dockertest": "dockertest",
    "github.com/gavv/httpexpect": "httpexpect",
    "gopkg.in/gavv/httpexpect": "httpexpect",
    "github.com/steinfletcher/apitest": "apitest",
    "github.com/jarcoal/httpmock": "httpmock",
    "gopkg.in/h2non/gock": "gock",
    "github.com/h2non/gock": "gock",
    "github.com/google/go-cmp": "go-cmp",
    "gotest.tools": "gotest.tools",
    "github.com/frankban/quicktest": "quicktest",
    "github.com/alicebob/miniredis": "miniredis",
    "github.com/fergusstrange/embedded-postgres": "embedded-postgres",
    "github.com/cucumber/godog": "godog",
    "gopkg.in/check": "gocheck",
    "pgregory.net/rapid": "rapid",
    "github.com/undefinedlabs/go-mpatch": "go-mpatch",
    "github.com/agiledragon/gomonkey": "gomonkey",
    "github.com/go-redis/redismock": "redismock",
    "github.com/pashagolub/pgxmock": "pgxmock",
}
MOCKS = frozenset(
    {"gomock", "go-sqlmock", "httpmock", "gock", "miniredis", "go-mpatch", "gomonkey", "redismock", "pgxmock"}
)
DATABASES = frozenset({"Testcontainers", "dockertest", "embedded-postgres"})
OPENING = frozenset(
    {
        *(
            "sql.Open",
            "gorm.Open",
            "sqlx.Connect",
            "sqlx.Open",
            "pgx.Connect",
            "pgxpool.New",
            "mongo.Connect",
            "pgxpool.Connect",
        ),
        *("migrate.New", "migrate.NewWithDatabaseInstance", "goose.Up"),
        *("enttest.Open", "ent.Open", "bun.NewDB", "xorm.NewEngine", "mtest.New", "sqlx.MustConnect"),
    }
)
SET_UP_DATABASE = re.compile(
    r"(?:set_?up|connect|open|init|new|create|clear|reset|clean|seed|test)\w{0,14}(?:db|database)(?:init|mock)?$",
    re.IGNORECASE,
)
OWN_DATABASE = re.compile(
    r"(?:\w*(?:db|database|postgres|mysql|mongo|sqlite|gorm))\.(?:test_?)?(?:set_?up|connect|init|initialize|open|migrate)(?:test|ion|db)?",
    re.IGNORECASE,
)
"""Functions of a package of the project that open its database: ``database.TestSetup()``."""
RUNS = words("Exec ExecContext MustExec Query QueryContext QueryRow QueryRowContext NamedExec Get Select")
STATEMENT = re.compile(
    r"\s*(?:insert into|delete from|select|update|truncate|create table|alter|drop)\b", re.IGNORECASE
)
HOOKS = words("TestMain SetupTest SetupSuite BeforeTest TearDownTest SetUpTest SetUpSuite")
GINKGO_HOOKS = words("BeforeEach BeforeSuite JustBeforeEach BeforeAll")
SLEEPS = frozenset({"time.Sleep", "time.After"})
NETWORK = frozenset({"http.Get", "http.Post", "http.PostForm", "http.Head"})


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    if not _tests_anything(module):
        return
    look = look_at(module)
    drafts = Drafts(module, find_cases(look))
    found = sorted({name for item in module.imports for key, name in LIBRARIES.items() if _is(item.module, key)})
    hooked = _has_hooks(look)
    if not (drafts.all or found or hooked):
        return
    helpers = read_assertions(look, drafts)
    _read_calls(look, drafts)
    _read_tables(look, drafts)
    drafts.hand_over(kept, helpers)
    drafts.keep(kept)
    names = {draft.framework for draft in drafts.all}
    kept.test_libraries.extend(sorted({*found, *names}))
    kept.test_fixtures = kept.test_fixtures or hooked
    kept.test_mocks = kept.test_mocks or bool(MOCKS & set(found)) or look.imports("github.com/stretchr/testify/mock")
    if drafts.all or hooked or "httptest." in module.text:
        kept.requests.extend(dict.fromkeys((*read_requests(look), *read_procedures(look))))
    kept.test_database = kept.test_database or _uses_database(look, set(found))


TEST_MODULES = tuple(LIBRARIES)


def _tests_anything(module: Module) -> bool:
    """Whether a file imports what tests rest on, or holds cases of a suite that another file declares."""
    if any(item.module == "testing" or bare_module(item.module).startswith(TEST_MODULES) for item in module.imports):
        return True
    return "Suite)" in module.text and any(item.receiver and item.name.startswith("Test") for item in module.functions)


def _is(module: str, key: str) -> bool:
    return module == key or module.startswith((f"{key}/", f"{key}.v"))


def _has_hooks(look: Look) -> bool:
    """Whether something is prepared before the cases."""
    if any(item.name in HOOKS for item in look.module.functions):
        return True
    return any(call.last in GINKGO_HOOKS or call.name in ("t.Cleanup", "suite.Run") for call in look.module.calls)


def _read_calls(look: Look, drafts: Drafts) -> None:
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        draft.sleeps = draft.sleeps or (call.name == "time.Sleep" and not call.loops)
        if call.name in NETWORK and call.args and is_remote(look.value(call.args[0], call.function)):
            draft.real_network = True
        if call.name == "t.Run" and call.args and not draft.negative:
            draft.looks_at_outcome = draft.looks_at_outcome or draft.assertions > 0


def _read_tables(look: Look, drafts: Drafts) -> None:
    """Cases that go through a table of the package which holds failures."""
    failing = {
        item.target
        for item in look.module.assignments
        if item.function == -1 and item.owner == -1 and any(_fails(row) for row in _rows(item.value))
    }
    for item in look.module.assignments if failing else ():
        value = item.value
        if isinstance(value, Other) and value.kind == "range" and value.operands:
            first = value.operands[0]
            draft = drafts.at(item.function)
            if draft is not None and isinstance(first, Name) and first.dotted in failing:
                draft.negative = True


def _rows(value: object) -> tuple[object, ...]:
    return getattr(value, "values", ()) if not isinstance(value, Call) else value.args


def _fails(row: object) -> bool:
    return isinstance(row, Call) and any(names_failure(value) for value in (*row.keywords.values(), *row.args))


def _uses_database(look: Look, libraries: set[str]) -> bool:
    if libraries & DATABASES:
        return True
    mocked = bool({"go-sqlmock", "pgxmock"} & libraries)
    for call in look.module.calls if not mocked else ():
        if call.name in OPENING or call.last == "AutoMigrate":
            return True
        if not call.new and (SET_UP_DATABASE.search(call.last) or OWN_DATABASE.fullmatch(call.name[:100])):
            return True
        if call.last in RUNS and "." in call.name and any(STATEMENT.match(plain(arg) or "") for arg in call.args[:3]):
            return True
    return any((plain(text) or "").endswith(":memory:") for text, _ in look.module.texts)


GO_TESTS = Reader(name="Go tests", languages=("Go",), read=read)
