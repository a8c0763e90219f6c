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


CART = {
    f"{MAIN}/CartRepository.java": (
        "import org.springframework.data.mongodb.repository.MongoRepository;\n"
        "public interface CartRepository extends MongoRepository<Cart, String> {}\n"
    ),
    f"{MAIN}/CartService.java": (
        "import org.springframework.stereotype.Service;\n"
        "@Service class CartService {\n"
        "  private final CartRepository carts;\n"
        "  CartService(CartRepository carts) { this.carts = carts; }\n"
        "  Cart one(String id) { return carts.findById(id).orElseThrow(); }\n"
        "  List<Cart> all() { return carts.findAll(); }\n"
        "  void add(Cart cart) { carts.save(cart); }\n"
        "}\n"
    ),
}
PLAIN, MARKED = (
    "class Cart {}\n",
    ('import org.springframework.data.mongodb.core.mapping.Document;\n@Document("carts") class Cart {}\n'),
)


@pytest.mark.parametrize(("cart", "model"), [(PLAIN, "Cart"), (MARKED, "carts")])
def test_what_is_asked_of_a_repository_of_documents(cart: str, model: str) -> None:
    signs = facts_of({**CART, f"{MAIN}/Cart.java": cart}).code.signs
    assert sorted((item.fact.kind, item.fact.detail) for item in signs if item.fact.kind.startswith("nosql")) == [
        ("nosql-bounded", "CartRepository.findById"),
        ("nosql-query", "CartRepository.findAll"),
        ("nosql-query", "CartRepository.findById"),
        ("nosql-query", "CartRepository.save"),
        ("nosql-schema", model),
    ]


def test_a_repository_of_a_relational_store_asks_for_no_documents() -> None:
    files = {path: text.replace("Mongo", "Jpa").replace("mongodb", "jpa") for path, text in CART.items()}
    signs = facts_of({**files, f"{MAIN}/Cart.java": PLAIN}).code.signs
    assert not [item for item in signs if item.fact.kind.startswith("nosql")]


@pytest.mark.parametrize(
    ("artifact", "name"),
    [
        ("quarkus-rest-jackson", "Quarkus"),
        ("quarkus-resteasy", "Quarkus"),
        ("spring-cloud-starter-gateway", "Spring Cloud Gateway"),
        ("micronaut-http-server-netty", "Micronaut"),
    ],
)
def test_frameworks_that_a_manifest_alone_names(artifact: str, name: str) -> None:
    dependency = f"<dependency><groupId>b</groupId><artifactId>{artifact}</artifactId></dependency>"
    pom = f"<project><dependencies>{dependency}</dependencies></project>"
    code = 'import jakarta.ws.rs.*;\n@Path("/a") class A { @GET public String all() { return ""; } }\n'
    facts = facts_of({"pom.xml": pom, f"{MAIN}/A.java": code})
    assert name in [use.name for use in facts.project.frameworks]


KOTLIN_CASE = {
    "src/test/kotlin/a/AppTest.kt": "import kotlin.test.*\n"
    "class AppTest { @Test fun one() { assertEquals(1, two()) } }\n"
}


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ('testImplementation "io.insert-koin:koin-test-junit4:3.1.2"', ["JUnit 4", "kotlin.test"]),
        ('testImplementation("org.jetbrains.kotlin:kotlin-test-junit5:1.9.0")', ["JUnit 5", "kotlin.test"]),
        ('testImplementation("io.ktor:ktor-server-tests:2.0.0")', ["kotlin.test"]),
        ('implementation("org.acme:junit-report:1.0")', ["kotlin.test"]),
    ],
)
def test_what_runs_the_cases_of_kotlin_test(declared: str, names: list[str]) -> None:
    facts = facts_of({**KOTLIN_CASE, "build.gradle": f"dependencies {{\n    {declared}\n}}\n"})
    assert [use.name for use in facts.tests.frameworks] == names
