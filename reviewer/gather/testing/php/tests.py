"""PHPUnit, Pest, Codeception, phpspec and Behat, with the test clients of Laravel, Symfony and Slim."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Items, Module, Number, dotted
from reviewer.gather.testing._draft import Drafts, is_remote
from reviewer.gather.testing.php._assertions import read_assertions
from reviewer.gather.testing.php._cases import PEST_GROUPS, SKIPPING, find_cases, has_setup
from reviewer.gather.testing.php._requests import read_requests

LIBRARIES = {
    "Mockery": "Mockery",
    "Prophecy": "Prophecy",
    "Behat": "Behat",
    "Codeception": "Codeception",
    "Laravel.Dusk": "Laravel Dusk",
    "Symfony.Component.Panther": "Panther",
    "Infection": "Infection",
    "Spatie.Snapshots": "Spatie Snapshots",
    "Brain.Monkey": "Brain Monkey",
    "WP_Mock": "WP_Mock",
}
HINT = re.compile(
    r"TestCase|PHPUnit|\bit\(|\btest\(|\barch\(|Tester \$I|Behat|ObjectBehavior|\$I->|beforeEach|Mockery|\bassert[A-Z]"
)
DATABASE_TRAITS = words(
    "RefreshDatabase DatabaseMigrations DatabaseTransactions LazilyRefreshDatabase DatabaseTestTrait DatabaseTruncation"
    " UseDatabaseTrait RefreshDatabaseTrait ReloadDatabaseTrait FixturesTrait ResetDatabase"
)
DATABASE_CALLS = words(
    "assertDatabaseHas assertDatabaseMissing assertDatabaseCount seeInDatabase assertModelExists assertSoftDeleted"
    " dontSeeInDatabase grabFromDatabase haveInDatabase assertModelMissing loadFixtures createSchema"
    " missingFromDatabase notSeeInDatabase grabEntityFromRepository getConnection"
)
DATABASE_BASES = re.compile(
    r"(?:WP_\w{0,30}UnitTestCase|WP_Test_REST\w{0,40}|WC_Unit_Test_Case|\w{0,60}KernelTestBase|\w{0,60}BrowserTestBase"
    r"|WebDriverTestBase|DrupalWebTestCase|WebTestBase|WebapiAbstract)\Z"
)
"""Bases under which a content management system runs with a database of its own."""
CONNECTIONS = words("PDO mysqli MongoDB.Client Capsule Redis SQLite3")
"""Classes whose objects are connections, which a base class of cases opens for them."""
DATABASE_MODULES = ("Magento.TestFramework",)
MOCKING = words(
    "createMock createStub getMockBuilder createPartialMock prophesize spy fake partialMock createConfiguredMock"
)
REMOTE_CALLS = words("get post request curl_init file_get_contents")
SLEEPS = words("sleep usleep")


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    if not HINT.search(module.text):
        return
    look = look_at(module)
    drafts = Drafts(module, find_cases(look))
    helps = _helps(look)
    if not drafts.all and not helps:
        if "this->assert" in module.text:
            drafts.hand_over(kept, read_assertions(look, drafts))
        return
    helpers = read_assertions(look, drafts)
    _read_calls(look, drafts)
    drafts.hand_over(kept, helpers)
    drafts.keep(kept)
    found = {draft.framework for draft in drafts.all}
    found |= {
        name for module_name, name in LIBRARIES.items() if look.imports(module_name) or _mentions(look, module_name)
    }
    kept.test_libraries.extend(sorted(found))
    kept.test_fixtures = kept.test_fixtures or has_setup(look) or _fixtures(look) or "::factory()" in module.text
    kept.test_mocks = kept.test_mocks or _mocks(look)
    kept.test_database = kept.test_database or _uses_database(look)
    kept.requests.extend(dict.fromkeys(read_requests(look)))


def _helps(look: Look) -> bool:
    """Whether a file without cases serves others: a base class, a trait, Pest's settings, Behat's steps."""
    for item in look.module.classes:
        bases = {last(look.origin(dotted(base))) for base in item.bases}
        if item.name.endswith(("TestCase", "TestBase")) or any(name.endswith("TestCase") for name in bases):
            return True
        if bases & words("Context RawMinkContext MinkContext BehatContext"):
            return True
    return any(call.name in PEST_GROUPS for call in look.module.calls) and not look.module.classes


def _mentions(look: Look, module: str) -> bool:
    if module not in ("Mockery", "Behat"):
        return False
    return f"{module}::" in look.module.text or f"{module}\\" in look.module.text


def _read_calls(look: Look, drafts: Drafts) -> None:
    firsts = {call.function: call for call in reversed(look.module.calls)}
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        if call.name in SLEEPS and call.args and not call.loops and not _is_zero(call):
            draft.sleeps = True
        elif call.last in SKIPPING and (not draft.assertions or firsts.get(call.function) is call):
            draft.skipped = True
        elif call.last in REMOTE_CALLS and any(is_remote(arg) for arg in call.args[:2]) and not _faked(look):
            draft.real_network = True


def _is_zero(call: Call) -> bool:
    return isinstance(call.args[0], Number) and call.args[0].text == "0"


def _faked(look: Look) -> bool:
    return "Http::fake" in look.module.text or "MockHandler" in look.module.text or "MockHttpClient" in look.module.text


def _fixtures(look: Look) -> bool:
    """Rows that CakePHP puts into the tables before each case: ``$fixtures = ['app.Users']``, ``getFixtures()``."""
    if not look.imports("Cake"):
        return False
    listed = any(item.target == "fixtures" and isinstance(item.value, Items) for item in look.module.assignments)
    return listed or any(item.name == "getFixtures" for item in look.module.functions)


def _mocks(look: Look) -> bool:
    return look.imports("Mockery", "Prophecy") or any(_is_mock(call) for call in look.module.calls)


def _is_mock(call: Call) -> bool:
    return call.last in MOCKING or call.name in ("Mockery.mock", "this.mock", "Mockery.spy")


def _uses_database(look: Look) -> bool:
    bases = [last(look.origin(dotted(base))) for item in look.module.classes for base in item.bases]
    if any(base in DATABASE_TRAITS or DATABASE_BASES.match(base) for base in bases):
        return True
    if look.imports(*DATABASE_MODULES) or _fixtures(look):
        return True
    for call in look.module.calls:
        if call.last in DATABASE_CALLS or (call.new and call.name in CONNECTIONS):
            return True
        using = call.name in ("uses", "pest") or call.last in ("use", "uses", "extend")
        if using and any(last(dotted(arg).removesuffix(".class")) in DATABASE_TRAITS for arg in call.args):
            return True
    return any(
        isinstance(part, str) and part.startswith("sqlite:") for text, _ in look.module.texts for part in text.parts[:1]
    )


PHP_TESTS = Reader(name="PHP tests", languages=("PHP",), read=read)
