"""xUnit, NUnit, MSTest and TUnit, with the libraries that their tests rest on."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module, dotted
from reviewer.gather.testing._draft import ASSERTING, Drafts
from reviewer.gather.testing._paths import text_value
from reviewer.gather.testing.dotnet._assertions import MOCK_MODULES, look_uses, read_assertions
from reviewer.gather.testing.dotnet._cases import RUNNERS, XUNIT, find_cases, name_of
from reviewer.gather.testing.dotnet._requests import read_requests, remote_call, returned_paths
from reviewer.model.facts.code import Attribute

LIBRARIES = {
    **RUNNERS,
    "Moq": "Moq",
    "NSubstitute": "NSubstitute",
    "FakeItEasy": "FakeItEasy",
    "FluentAssertions": "FluentAssertions",
    "AwesomeAssertions": "FluentAssertions",
    "Shouldly": "Shouldly",
    "Microsoft.AspNetCore.Mvc.Testing": "WebApplicationFactory",
    "Microsoft.AspNetCore.TestHost": "TestServer",
    "Testcontainers": "Testcontainers",
    "DotNet.Testcontainers": "Testcontainers",
    "AutoFixture": "AutoFixture",
    "Bogus": "Bogus",
    "Respawn": "Respawn",
    "Bunit": "bUnit",
    "TechTalk.SpecFlow": "SpecFlow",
    "Reqnroll": "Reqnroll",
    "WireMock": "WireMock.Net",
    "RichardSzalay.MockHttp": "MockHttp",
    "Microsoft.Playwright": "Playwright",
    "OpenQA.Selenium": "Selenium",
    "Alba": "Alba",
    "Aspire.Hosting.Testing": "Aspire",
}
FIXTURE_BASES = re.compile(r"(?:I(?:Class|Collection|Assembly)Fixture|WebApplicationFactory|IAsyncLifetime)\Z")
HOOKS = words(
    "SetUp OneTimeSetUp TearDown OneTimeTearDown TestInitialize ClassInitialize AssemblyInitialize TestCleanup Before"
    " BeforeScenario BeforeFeature CollectionDefinition"
)
CONSTRUCTOR = "constructor"
TEST_NAMESPACE = re.compile(r"(?:^|[._])(?:\w*Tests?|\w*Testing|\w*Specs?)(?:[._]|\Z)")
TEST_CLASS = re.compile(r"(?:Tests?(?:Base|s)?|Fixture|Factory)\Z")
HELPER_CLASS = re.compile(r"Tests?(?:Fixture|Base|Context|Factory|Setup|Helper)\Z|\A(?:Integration|Functional)Tests?")
DATABASE_CALLS = words(
    "UseInMemoryDatabase UseSqlite UseNpgsql UseSqlServer UseMySql EnsureCreated EnsureCreatedAsync MigrateAsync"
    " Migrate CreateScope ResetAsync"
)
STRONG_DATABASE = words("UseInMemoryDatabase UseSqlite UseNpgsql UseSqlServer UseMySql")
CONNECTIONS = words("SqlConnection NpgsqlConnection MySqlConnection SqliteConnection MongoClient")
CONTAINERS = re.compile(
    r"(?:PostgreSql|MsSql|MySql|MariaDb|MongoDb|Redis|Oracle|Cassandra|SqlEdge|Cosmos\w*|Elasticsearch)(?:Builder|Container|"
    r"TestcontainerConfiguration)"
)
MOCKING = words("Mock Substitute.For A.Fake Mock.Of")
SLEEPS = words("Thread.Sleep Task.Delay System.Threading.Thread.Sleep")


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    look = look_at(module)
    drafts = Drafts(module, find_cases(look))
    named = _named(look)
    if TEST_NAMESPACE.search(look.module.namespace[:200]):
        _keep_paths(look, kept)
    if not (drafts.all or named or _helps(look)):
        return
    if helpers := read_assertions(look, drafts):
        kept.constants.append(Attribute(name=ASSERTING, value=(" ".join(helpers),), line=1))
    for call in module.calls:
        draft = drafts.at(call.function)
        if draft is not None:
            draft.sleeps = draft.sleeps or (call.name in SLEEPS and not call.loops)
            draft.real_network = draft.real_network or remote_call(look, call)
    drafts.keep(kept)
    kept.test_libraries.extend(named)
    kept.test_fixtures = kept.test_fixtures or _fixtures(look) or _constructed(look, drafts)
    kept.test_mocks = kept.test_mocks or look_uses(look, MOCK_MODULES) or any(c.name in MOCKING for c in module.calls)
    kept.requests.extend(dict.fromkeys(read_requests(look)))
    kept.test_database = kept.test_database or _uses_database(look)


def _keep_paths(look: Look, kept: Kept) -> None:
    """Keeps the paths that methods of a project of tests give back, for requests of other files."""
    for function, value in returned_paths(look):
        if "static" in function.modifiers:
            path = text_value(look, value, function.index, {})
            kept.constants.append(Attribute(name=function.qualname, value=path, line=function.line))


def _named(look: Look) -> list[str]:
    """The libraries that a file imports, and runners by the attributes of its cases."""
    found: dict[str, None] = {}
    for item in look.module.imports:
        for module, name in LIBRARIES.items():
            if item.module == module or item.module.startswith(f"{module}."):
                found[name] = None
    if any(_base_name(base) == "WebApplicationFactory" for owner in look.module.classes for base in owner.bases):
        found["WebApplicationFactory"] = None
    return list(found)


def _base_name(base: object) -> str:
    return dotted(getattr(base, "callee", base)).rpartition(".")[2]  # type: ignore[arg-type]


def _helps(look: Look) -> bool:
    """Whether a file without cases belongs to a project of tests, going by its names and what it sets up."""
    named = any(HELPER_CLASS.search(owner.name) for owner in look.module.classes)
    if not (named or TEST_NAMESPACE.search(look.module.namespace[:200])):
        return False
    return any(
        call.last in STRONG_DATABASE
        or CONTAINERS.fullmatch(call.last[:60])
        or (named and call.new and call.last in CONNECTIONS)
        for call in look.module.calls
    )


def _fixtures(look: Look) -> bool:
    for owner in look.module.classes:
        if any(FIXTURE_BASES.search(_base_name(base)) for base in owner.bases):
            return True
    return any(name_of(item) in HOOKS for method in look.module.functions for item in method.decorators)


def _constructed(look: Look, drafts: Drafts) -> bool:
    """Whether a class of cases sets its scene in its constructor, which xUnit runs before each of them."""
    owners = {look.module.functions[draft.function].owner for draft in drafts.all if draft.framework == XUNIT}
    return any(
        method.owner in owners and method.name == CONSTRUCTOR and method.statements for method in look.module.functions
    )


def _uses_database(look: Look) -> bool:
    """A database in memory, in a file or in a container, or a host with the application's own behind it."""
    in_tests = bool(TEST_NAMESPACE.search(look.module.namespace[:200])) or look_uses(look, tuple(RUNNERS))
    in_tests = in_tests or any(TEST_CLASS.search(owner.name) for owner in look.module.classes)
    if not in_tests:
        return False
    for call in look.module.calls:
        if (
            call.last in STRONG_DATABASE
            or CONTAINERS.fullmatch(call.last[:60])
            or (call.new and call.last in CONNECTIONS)
        ):
            return True
        if call.last in DATABASE_CALLS and ".Database." in f"{call.name}.":
            return True
    if any(item.module.startswith("Respawn") for item in look.module.imports):
        return True
    return any("DbContext" in generic for generic in _asked_services(look))


def _asked_services(look: Look) -> list[str]:
    """The types that tests ask a host for: ``GetRequiredService<AppDbContext>()``."""
    found = []
    for call in look.module.calls:
        if call.last in ("GetRequiredService", "GetService"):
            found += [dotted(item) for item in getattr(call.keywords.get("<>"), "values", ())]
    return found


TESTS = Reader(name="tests (C#)", languages=("C#",), read=read)
