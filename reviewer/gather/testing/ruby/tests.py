"""RSpec, Minitest and test-unit, with their factories, fixtures, mocks and clients."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.ruby._dsl import Blocks
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, dotted, plain
from reviewer.gather.testing._draft import Drafts, is_remote
from reviewer.gather.testing.ruby._assertions import read_assertions, skips
from reviewer.gather.testing.ruby._cases import GROUPS, find_cases, is_test_class
from reviewer.gather.testing.ruby._requests import Requests

LIBRARIES = {
    "capybara": "Capybara",
    "factory_bot": "FactoryBot",
    "factory_girl": "FactoryBot",
    "webmock": "WebMock",
    "vcr": "VCR",
    "rack/test": "Rack::Test",
    "cucumber": "Cucumber",
    "mocha": "Mocha (Ruby)",
    "database_cleaner": "DatabaseCleaner",
    "selenium-webdriver": "Selenium",
}
BY_NAME = {
    "Capybara": "Capybara",
    "FactoryBot": "FactoryBot",
    "FactoryGirl": "FactoryBot",
    "WebMock": "WebMock",
    "VCR": "VCR",
    "DatabaseCleaner": "DatabaseCleaner",
    "Shoulda": "shoulda-matchers",
    "Rack.Test": "Rack::Test",
}
HOOKS = words("before setup let let! fixtures before_all background given subject use_vcr_cassette")
MOCKS = words(
    "allow double instance_double class_double spy instance_spy allow_any_instance_of stub_request stub_const receive"
    " stub stubs expects any_instance mock stub_env use_cassette object_double"
)
NETWORK_MOCKS = ("webmock", "vcr", "WebMock", "VCR", "stub_request", "use_cassette")
FACTORIES = words("create create_list create! insert_list FactoryBot.create FactoryGirl.create Fabricate")
DATABASE_SETTINGS = ("use_transactional_fixtures", "use_transactional_tests", "DatabaseCleaner", "maintain_test_schema")
CLIENTS = re.compile(r"(?:Net\.HTTP|HTTParty|Faraday|RestClient|HTTP|URI|OpenURI|Typhoeus|Excon)\.?")
FIXTURE = re.compile(r"[a-z][a-z_]*s\Z")
STEPS = words("Given When Then And But")


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    names = {call.name for call in module.calls}
    if "minimum_coverage" in module.text and any(name.endswith("minimum_coverage") for name in names):
        kept.coverage_threshold = True
    classes = any(is_test_class(item) for item in module.classes)
    helper = names & {"RSpec.configure", "FactoryBot.define", "FactoryGirl.define", "Capybara.configure"}
    if not (names & GROUPS or classes or helper or _is_steps(module)):
        if "expect" in names:
            none = Drafts(module, ())
            none.hand_over(kept, read_assertions(look_at(module), none))
        return
    look = look_at(module)
    blocks = Blocks.of(look)
    drafts_found, groups = find_cases(blocks)
    drafts = Drafts(module, drafts_found)
    helpers = read_assertions(look, drafts)
    _read_calls(look, drafts)
    drafts.hand_over(kept, helpers)
    drafts.keep(kept)
    kept.test_libraries.extend(_libraries(look, names))
    prepared = any(function.name in ("setup", "before_setup") for function in module.functions)
    kept.test_fixtures = kept.test_fixtures or prepared or bool(names & HOOKS) or "FactoryBot.define" in names
    kept.test_mocks = kept.test_mocks or any(call.last in MOCKS for call in module.calls)
    kept.test_database = kept.test_database or _uses_database(look, bool(drafts.all))
    if drafts.all or helper or _is_steps(module):
        kept.requests.extend(dict.fromkeys(Requests(blocks, groups).all()))


def _is_steps(module: Module) -> bool:
    """Steps of Cucumber: patterns with their code."""
    return any(call.name in STEPS and len(call.args) == 2 for call in module.calls)


def _read_calls(look: Look, drafts: Drafts) -> None:
    """Waits, skips and requests to other people's hosts."""
    mocked = any(name in look.module.text for name in NETWORK_MOCKS)
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        if call.name in ("sleep", "Kernel.sleep") and not call.loops:
            draft.sleeps = True
        elif skips(call):
            draft.skipped = True
        elif (
            not mocked
            and CLIENTS.match(call.name)
            and any(is_remote(look.value(arg, call.function)) for arg in call.args)
        ):
            draft.real_network = True


def _libraries(look: Look, names: set[str]) -> list[str]:
    found = [name for module, name in LIBRARIES.items() if look.imports(module)]
    for name in names:
        for start, library in BY_NAME.items():
            if name.startswith(f"{start}."):
                found.append(library)
    for call in look.module.calls:
        if call.name == "include":
            found += [BY_NAME[start] for arg in call.args for start in BY_NAME if dotted(arg).startswith(start)]
    if names & {"visit", "fill_in", "click_button", "click_on", "click_link"}:
        found.append("Capybara")
    if _is_steps(look.module):
        found.append("Cucumber")
    return found


def _uses_database(look: Look, tests: bool) -> bool:
    """Factories that save, fixtures, models that are created, or the setting by which each test is rolled back."""
    if any(name in look.module.text for name in DATABASE_SETTINGS):
        return True
    return tests and any(_saves(call) for call in look.module.calls)


def _saves(call: Call) -> bool:
    first = plain(call.args[0]) if call.args else None
    if call.name in FACTORIES and first:
        return True
    if call.last in ("create", "create!", "save!", "save") and "." in call.name:
        return not call.name.startswith(("File", "this.client", "Stripe"))
    return bool(first) and call.name == last(call.name) and bool(FIXTURE.match(call.name)) and len(call.args) == 1


RUBY_TESTS = Reader(name="Ruby tests", languages=("Ruby",), read=read)
