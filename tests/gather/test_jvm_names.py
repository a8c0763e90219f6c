"""Which frameworks a project on the JVM shows, and which of its tests reach the application."""

from __future__ import annotations

import pytest

from tests.project import facts_of

MAIN = "src/main/java/a"
CONTROLLER = """
import org.springframework.web.bind.annotation.*;
@RestController class Users { @GetMapping("/users") public %s all() { return null; } }
"""
REACTIVE = "import reactor.core.publisher.Flux;" + CONTROLLER % "Flux<User>"
SUSPENDED = """
import org.springframework.web.bind.annotation.*
@RestController class Users { @GetMapping("/users") suspend fun all(): List<User> = listOf() }
"""
APP = "import org.springframework.boot.autoconfigure.SpringBootApplication;\n@SpringBootApplication class App {}\n"
PORT = "server.port=8080\nspring.application.name=a\n"

FRAMEWORKS = {
    "a port names no framework": ({f"{MAIN}/Users.java": REACTIVE}, ["Spring WebFlux"]),
    "nor does it where nothing is served": ({f"{MAIN}/App.java": APP}, ["Spring Boot"]),
    "controllers without anything reactive": ({f"{MAIN}/Users.java": CONTROLLER % "List<User>"}, ["Spring MVC"]),
    "handlers that Kotlin suspends": ({"src/main/kotlin/a/Users.kt": SUSPENDED}, ["Spring WebFlux"]),
    "functions that suspend beside handlers": (
        {
            "src/main/kotlin/a/Users.kt": SUSPENDED.replace("suspend fun", "fun")
            + "class Service { suspend fun all() = 1 }\n"
        },
        ["Spring MVC"],
    ),
}


@pytest.mark.parametrize(
    ("starters", "name"),
    [(("webflux",), "Spring WebFlux"), (("web",), "Spring MVC"), (("web", "webflux"), "Spring MVC")],
)
def test_what_serves_annotations_by_the_manifest(starters: tuple[str, ...], name: str) -> None:
    declared = "".join(
        f"<dependency><groupId>b</groupId><artifactId>spring-boot-starter-{item}</artifactId></dependency>"
        for item in starters
    )
    pom = f"<project><modelVersion>4.0.0</modelVersion><dependencies>{declared}</dependencies></project>"
    facts = facts_of({"pom.xml": pom, f"{MAIN}/Users.java": CONTROLLER % "List<User>"})
    assert [use.name for use in facts.project.frameworks] == ["Spring Boot", name]


@pytest.mark.parametrize("case", FRAMEWORKS)
def test_frameworks(case: str) -> None:
    files, named = FRAMEWORKS[case]
    facts = facts_of({**files, "src/main/resources/application.properties": PORT})
    assert [use.name for use in facts.project.frameworks] == named


TEST = """
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.*;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.*;
%s
class UsersTest {
  %s
  MockMvc mvc = MockMvcBuilders.standaloneSetup(new Users()).build();
  @Test void all() throws Exception { mvc.perform(get("/users")).andExpect(status().isOk()); }
}
"""
REQUESTS = {
    "a handler by itself": ("", "", False),
    "a handler before the whole application": ("@SpringBootTest", "@Autowired UserService users;", True),
    "a handler before mocks in the whole application": ("@SpringBootTest", "@MockBean UserService users;", False),
}


@pytest.mark.parametrize("case", REQUESTS)
def test_requests_that_reach_the_application(case: str) -> None:
    mark, field, reaches = REQUESTS[case]
    files = {f"{MAIN}/Users.java": CONTROLLER % "List<User>", "src/test/java/a/UsersTest.java": TEST % (mark, field)}
    assert bool(facts_of(files).tests.http) == reaches
