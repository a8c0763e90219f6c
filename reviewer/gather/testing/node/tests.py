"""Jest, Vitest, Mocha, Jasmine, node:test, node-tap, AVA and Cypress, with supertest, chai-http and the like."""

from __future__ import annotations

import re

from reviewer.gather.expressions import integer
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Lambda, Module, Text, dotted, plain
from reviewer.gather.testing._draft import Draft, Drafts
from reviewer.gather.testing.node._assertions import read_assertions
from reviewer.gather.testing.node._cases import TEST_MODULES, find_cases, framework_of
from reviewer.gather.testing.node._requests import read_requests, remote_call

LIBRARIES = {
    **TEST_MODULES,
    "chai": "Chai",
    "chai-http": "chai-http",
    "supertest": "supertest",
    "sinon": "sinon",
    "nock": "nock",
    "jest-mock-extended": "jest-mock-extended",
    "mongodb-memory-server": "mongodb-memory-server",
    "testcontainers": "Testcontainers",
    "@testcontainers": "Testcontainers",
    "msw": "msw",
    "should": "should.js",
    "pactum": "pactum",
    "frisby": "frisby",
    "@nestjs/testing": "@nestjs/testing",
    "jest": "Jest",
    "cypress": "Cypress",
    "puppeteer": "Puppeteer",
    "proxyquire": "proxyquire",
    "fast-check": "fast-check",
}
HOOKS = words("beforeEach beforeAll before setup")
MOCKS = (
    "jest.fn",
    "jest.mock",
    "jest.spyOn",
    "vi.fn",
    "vi.mock",
    "vi.spyOn",
    "sinon.",
    "td.",
    "jasmine.createSpy",
    "spyOn",
)
MOCK_MODULES = (
    "sinon",
    "nock",
    "jest-mock-extended",
    "vitest-mock-extended",
    "proxyquire",
    "msw",
    "testdouble",
    "mockdate",
    "aws-sdk-client-mock",
    "aws-sdk-mock",
)
NETWORK_MOCKS = ("nock", "msw", "axios-mock-adapter", "fetch-mock", "jest-fetch-mock", "undici.MockAgent", "@pollyjs")
MOCKED_CLIENTS = words("axios node-fetch got request cross-fetch undici superagent")
DATABASE_MODULES = (
    "mongodb-memory-server",
    "mongodb-memory-server-core",
    "testcontainers",
    "@testcontainers",
    "pg-mem",
    "mockgoose",
    "ioredis-mock",
    "@shelf/jest-mongodb",
)
DATABASE_CALLS = words(
    "mongoose.connect sequelize.sync db.sequelize.sync knex.migrate.latest knex.seed.run connection.synchronize"
    " mongoose.connection.dropDatabase db.migrate.latest models.sequelize.sync"
)
ROOTING = ("forRoot", "forRootAsync")
DATABASE_ROOTS = words("TypeOrmModule MongooseModule SequelizeModule MikroOrmModule")
"""Modules of NestJS that connect where they are put at the root."""
SET_UP_DATABASE = re.compile(
    r"(?:set_?up|connect|open|init|clear|reset|clean|seed|start|stop|sync|migrate|drop|truncate|prepare)\w{0,12}(?:db|database)$",
    re.IGNORECASE,
)
DATABASE_CLASSES = words("PrismaClient DataSource Sequelize MongoClient Pool DynamoDBClient DynamoDB")
CONNECTING = words("connect createConnection initialize openConnection")
CONNECTED = re.compile(r"mongo|database|(?:^|\.)db$|data_?source$|connection$|prisma$|orm$|sequelize$", re.IGNORECASE)
DATABASE_SETTING = re.compile(r"process\.env\.\w*(?:MONGO|DATABASE|POSTGRES|MYSQL|DB_?UR[IL]|PG_)")
DATABASE_HELPERS = words("testUtils.db TestUtils.db")
"""What gives the database of an application of AdonisJS, to be migrated, seeded or emptied."""
EMPTYING = words("deleteMany dropDatabase truncate dropCollection")
STORES = re.compile(r"prisma\.\w+$|collection$|(?:^|\.)[A-Z]\w*$|model$|repository$|connection$|(?:^|\.)db$")
"""What is emptied between tests of a real database: tables, collections and models."""
QUERYING = words("query execute exec run none any one oneOrNone raw")
STATEMENT = re.compile(
    r"\s*(?:TRUNCATE\s|DELETE\s+FROM\s|INSERT\s+INTO\s|DROP\s+TABLE\s|CREATE\s+TABLE\s|SELECT\s.{1,150}?\sFROM\s)",
    re.IGNORECASE | re.DOTALL,
)
WAITS = words("sleep delay wait pause timeout setTimeout")
CLOCKS = ("jest.useFakeTimers", "vi.useFakeTimers", "sinon.useFakeTimers", "jasmine.clock")


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    look = look_at(module)
    drafts = Drafts(module, find_cases(look))
    hooked = _has_hooks(look)
    library = look.imports(*LIBRARIES)
    if not (drafts.all or hooked or library):
        if "expect(" in module.text:
            drafts.hand_over(kept, read_assertions(look, drafts))
        return
    helpers = read_assertions(look, drafts)
    if not (hooked or library or _grouped(look) or any(draft.assertions or draft.vacuous for draft in drafts.all)):
        return
    _read_calls(look, drafts)
    drafts.hand_over(kept, helpers)
    drafts.keep(kept)
    _libraries(look, drafts, hooked, kept)
    kept.test_fixtures = kept.test_fixtures or hooked
    kept.test_mocks = kept.test_mocks or _mocks(look)
    if drafts.all or hooked or look.imports("supertest", "chai-http"):
        kept.requests.extend(dict.fromkeys(read_requests(look)))
    kept.test_database = kept.test_database or _uses_database(look, bool(drafts.all) or hooked)


def _grouped(look: Look) -> bool:
    return any(call.name == "describe" for call in look.module.calls)


def _has_hooks(look: Look) -> bool:
    """Whether something is prepared before the cases: a global hook with a function, and no local one of its name."""
    defined = {function.name for function in look.module.functions if function.parent == -1}
    return any(
        call.last in HOOKS
        and call.name.removeprefix("t.").removeprefix("tap.") in HOOKS - defined
        and any(isinstance(arg, Lambda) for arg in call.args)
        for call in look.module.calls
    )


def _read_calls(look: Look, drafts: Drafts) -> None:
    names = {call.name for call in look.module.calls}
    faked = any(name.startswith(CLOCKS) for name in names)
    offline = look.imports(*NETWORK_MOCKS) or _mocks_client(look)
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        draft.sleeps = draft.sleeps or (_waits(call) and not faked and not call.loops and _by_case(look, draft, call))
        if not offline and not draft.real_network:
            draft.real_network = remote_call(look, call)
        if call.name in ("this.skip", "pending"):
            draft.skipped = draft.skipped or not draft.assertions


def _waits(call: Call) -> bool:
    """``setTimeout(..., 500)``, ``sleep(500)``, ``cy.wait(500)``."""
    name = call.last
    if name not in WAITS or call.name.startswith(("this.", "jest.")):
        return False
    return any((integer(arg) or 0) > 0 for arg in call.args)


def _by_case(look: Look, draft: Draft, call: Call) -> bool:
    """Whether the case itself waits: a function that it hands on, such as a handler, may take its time."""
    inner = [function.index for function in look.around(call.function)]
    depth = inner.index(draft.function) if draft.function in inner else 0
    return not depth or (depth == 1 and any(_runs(item, inner[0]) for item in look.module.calls))


def _runs(call: Call, function: int) -> bool:
    """``new Promise((resolve) => ...)`` around a function."""
    return call.name == "Promise" and any(isinstance(arg, Lambda) and arg.function == function for arg in call.args)


def _mocks_client(look: Look) -> bool:
    return any(
        call.name in ("jest.mock", "vi.mock", "vi.stubGlobal", "jest.spyOn") and _names_client(call)
        for call in look.module.calls
    ) or any(item.target in ("global.fetch", "globalThis.fetch") for item in look.module.assignments)


def _names_client(call: Call) -> bool:
    first = call.args[0] if call.args else None
    return (plain(first) or dotted(first)).removeprefix("global.") in MOCKED_CLIENTS | {"fetch", "global", "globalThis"}


def _libraries(look: Look, drafts: Drafts, hooked: bool, kept: Kept) -> None:
    found = {draft.framework for draft in drafts.all}
    found |= {name for module, name in LIBRARIES.items() if look.imports(module)}
    if hooked and not found & set(TEST_MODULES.values()):
        found.add(framework_of(look))
    kept.test_libraries.extend(sorted(found))


def _mocks(look: Look) -> bool:
    return look.imports(*MOCK_MODULES) or any(call.name.startswith(MOCKS) for call in look.module.calls)


def _uses_database(look: Look, tests: bool) -> bool:
    if look.imports(*DATABASE_MODULES):
        return True
    if not tests:
        return False
    for call in look.module.calls:
        if (
            call.name in DATABASE_CALLS
            or SET_UP_DATABASE.match(call.last)
            or (call.new and call.last in DATABASE_CLASSES and not _mocks(look))
            or _connects(call)
            or (call.last in ROOTING and call.name.rpartition(".")[0] in DATABASE_ROOTS and not _mocks(look))
            or dotted(getattr(getattr(call.callee, "value", None), "callee", None)) in DATABASE_HELPERS
            or (call.last in EMPTYING and STORES.search(call.name.rpartition(".")[0]) and not _mocks(look))
            or (call.last in QUERYING and _is_statement(call) and not _mocks(look))
        ):
            return True
    return any(plain(text) == ":memory:" for text, _ in look.module.texts)


def _is_statement(call: Call) -> bool:
    """``pool.query("TRUNCATE users")``: what cases prepare and read a database by."""
    first = call.args[0] if call.args else None
    start = first.parts[0] if isinstance(first, Text) and first.parts else ""
    return isinstance(start, str) and bool(STATEMENT.match(start[:200]))


def _connects(call: Call) -> bool:
    """``MongoHelper.connect(process.env.MONGO_URL)``, ``dataSource.initialize()``."""
    if call.last not in CONNECTING:
        return False
    by_setting = any(DATABASE_SETTING.search(dotted(arg)) for arg in call.args)
    return by_setting or bool(CONNECTED.search(call.name.rpartition(".")[0]))


ECMA_TESTS = Reader(name="JavaScript tests", languages=("JavaScript", "TypeScript"), read=read)
