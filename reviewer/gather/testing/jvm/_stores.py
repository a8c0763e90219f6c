"""Whether tests of the JVM reach a database: by annotations, by libraries, by repositories that the context injects."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, words
from reviewer.gather.syntax import plain
from reviewer.gather.testing.jvm._names import DATABASE_MARKS, DATABASE_MODULES, MOCK_BEANS, marks_of

DATABASE_CALLS = words("Database.connect SchemaUtils.create DriverManager.getConnection EmbeddedDatabaseBuilder")
CONTEXTS = words("SpringBootTest MicronautTest QuarkusTest SpringJUnitConfig ContextConfiguration")
"""Annotations of tests whose constructors the context of the application fills."""
INJECTING = words("Autowired Inject Resource PersistenceContext PersistenceUnit")
STORE = re.compile(
    r"(?:\w*(?:Repository|Repo|Dao|DAO)|(?:Test)?EntityManager|(?:NamedParameter)?JdbcTemplate|JdbcClient|DataSource|"
    r"(?:Reactive)?MongoTemplate|R2dbcEntityTemplate|RedisTemplate|StringRedisTemplate|DSLContext|SqlSession)\b"
)
"""Types that stand before a database."""


def uses_database(look: Look, names: frozenset[str], tests: bool) -> bool:
    """Whether a test file reaches a database.

    Args:
        look: the file.
        names: the names of all its annotations.
        tests: it holds cases.
    """
    if names & DATABASE_MARKS or look.imports(*DATABASE_MODULES):
        return True
    if not tests:
        return False
    if look.imports("org.springframework.jdbc.core") or any(call.name in DATABASE_CALLS for call in look.module.calls):
        return True
    if any((plain(text) or "").startswith(("jdbc:", "r2dbc:")) for text, _ in look.module.texts):
        return True
    return bool(_injected(look) & {_receiver(call.name) for call in look.module.calls})


def _injected(look: Look) -> set[str]:
    """Fields and parameters that hold a real repository: the context of the application injects them."""
    found = set()
    made = {item.target.rpartition(".")[2] for item in look.module.assignments if item.value is not None}
    whole = {item.index for item in look.module.classes if marks_of(item.decorators).keys() & CONTEXTS}
    for field in look.module.assignments:
        marks = marks_of(field.decorators).keys()
        name = field.target.rpartition(".")[2]
        given = bool(marks & INJECTING) or (field.owner in whole and name not in made and not marks)
        if field.owner != -1 and given and not marks & MOCK_BEANS and STORE.match(field.type):
            found.add(name)
    for function in look.module.functions:
        by_context = marks_of(function.decorators).keys() & INJECTING
        for parameter in function.parameters:
            marks = marks_of(parameter.decorators).keys()
            if (by_context or marks & INJECTING) and not marks & MOCK_BEANS and STORE.match(parameter.type):
                found.add(parameter.name)
    return found


def _receiver(name: str) -> str:
    """``repository`` of ``this.repository.save``."""
    return name.removeprefix("this.").partition(".")[0]
