"""The test libraries of the JVM by their packages, and what their annotations are called."""

from __future__ import annotations

from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, dotted

SPEK = "Spek"
JUNIT5, JUNIT4, JUNIT3, TESTNG, KOTLIN_TEST, KOTEST = "JUnit 5", "JUnit 4", "JUnit 3", "TestNG", "kotlin.test", "Kotest"
RUNNERS = {
    "org.junit.jupiter": JUNIT5,
    "org.testng": TESTNG,
    "io.kotest.core": KOTEST,
    "io.kotlintest": KOTEST,
    "org.jetbrains.spek": SPEK,
    "org.spekframework.spek2": SPEK,
    "kotlin.test": KOTLIN_TEST,
    "junit.framework": JUNIT3,
    "org.junit": JUNIT4,
    "net.jqwik": "jqwik",
    "com.tngtech.archunit": "ArchUnit",
}
"""What runs cases; of several that one file imports, the one whose annotation it is counts, else the first."""
MARKS = words(
    "Test ParameterizedTest RepeatedTest TestFactory TestTemplate Property Example Theory CartesianTest ArchTest"
)
"""Annotations of cases."""

LIBRARIES = {
    "kotlin.test": KOTLIN_TEST,
    "io.kotest": KOTEST,
    "org.mockito": "Mockito",
    "io.mockk": "MockK",
    "com.ninjasquad.springmockk": "MockK",
    "org.easymock": "EasyMock",
    "org.powermock": "PowerMock",
    "org.assertj": "AssertJ",
    "org.hamcrest": "Hamcrest",
    "com.google.common.truth": "Truth",
    "strikt": "Strikt",
    "assertk": "assertk",
    "org.springframework.test.web.servlet.request": "Spring MockMvc",
    "org.springframework.test.web.servlet.result": "Spring MockMvc",
    "org.springframework.test.web.reactive.server": "WebTestClient",
    "org.springframework.test.web.servlet.client": "RestTestClient",
    "org.springframework.boot.test": "Spring Boot Test",
    "org.springframework.security.test": "Spring Security Test",
    "org.springframework.batch.test": "Spring Batch Test",
    "org.mybatis.spring.boot.test": "MyBatis Test",
    "io.restassured": "REST Assured",
    "com.jayway.restassured": "REST Assured",
    "org.testcontainers": "Testcontainers",
    "com.github.tomakehurst.wiremock": "WireMock",
    "org.wiremock": "WireMock",
    "okhttp3.mockwebserver": "MockWebServer",
    "org.mockserver": "MockServer",
    "io.ktor.server.testing": "Ktor test host",
    "io.quarkus.test": "Quarkus Test",
    "io.micronaut.test": "Micronaut Test",
    "io.vertx.junit5": "Vert.x JUnit 5",
    "org.glassfish.jersey.test": "Jersey Test",
    "com.sun.jersey.test": "Jersey Test",
    "io.dropwizard.testing": "Dropwizard Testing",
    "io.javalin.testtools": "Javalin test tools",
    "play.test": "Play test helpers",
    "org.awaitility": "Awaitility",
    "reactor.test": "Reactor Test",
    "com.github.database.rider": "Database Rider",
    "org.dbunit": "DbUnit",
    "de.flapdoodle.embed.mongo": "Embedded MongoDB",
    "au.com.dius.pact": "Pact",
    "io.cucumber": "Cucumber",
    "com.intuit.karate": "Karate",
    "org.skyscreamer.jsonassert": "JSONAssert",
    "app.cash.turbine": "Turbine",
}
MOCKING = ("org.mockito", "io.mockk", "com.ninjasquad.springmockk", "org.easymock", "org.powermock")
NETWORK_MOCKS = ("com.github.tomakehurst.wiremock", "org.wiremock", "okhttp3.mockwebserver", "org.mockserver")
MOCK_BEANS = words("MockBean MockitoBean SpyBean MockitoSpyBean MockkBean InjectMocks Mock Spy MockK InjectMockKs")
FIXTURES = words(
    "BeforeEach BeforeAll Before BeforeClass BeforeTest BeforeMethod BeforeSuite Rule ClassRule RegisterExtension"
    " DataProvider MethodSource Container Sql TestConfiguration"
)
DATABASE_MARKS = words(
    "DataJpaTest DataJdbcTest JdbcTest DataMongoTest DataR2dbcTest DataRedisTest DataCassandraTest Sql SqlGroup"
    " DataElasticsearchTest DataNeo4jTest MybatisTest MybatisPlusTest JooqTest AutoConfigureTestDatabase"
    " AutoConfigureEmbeddedDatabase DBRider DataSet Testcontainers TestTransaction"
)
"""Annotations of tests that run against a database."""
DATABASE_MODULES = (
    "org.testcontainers",
    "org.dbunit",
    "com.github.database.rider",
    "de.flapdoodle.embed.mongo",
    "io.zonky.test.db",
    "com.opentable.db.postgres",
    "redis.embedded",
    "com.github.fppt.jedismock",
)


def name_of(decorator: Expr) -> str:
    """The name of an annotation without its package."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2]


def marks_of(decorators: tuple[Expr, ...]) -> dict[str, Expr]:
    """Annotations by their names."""
    return {name_of(item): item for item in decorators}


def runner_of(look: Look) -> str:
    """What runs the cases of a file, ``""`` where it imports nothing that does.

    ``import org.junit.Test`` says it of itself, whatever asserts; the annotation of kotlin.test stands for JUnit's.
    """
    marks = [item.module for item in look.module.imports if item.name in MARKS]
    for module, name in RUNNERS.items():
        if name != KOTLIN_TEST and any(item == module or item.startswith(f"{module}.") for item in marks):
            return name
    return next((name for module, name in RUNNERS.items() if look.imports(module)), "")


def libraries_of(look: Look) -> list[str]:
    """The libraries that a file imports, runners left out."""
    return [name for module, name in LIBRARIES.items() if look.imports(module)]
