"""Calls of what repositories inherit, once the whole repository says what each repository keeps."""

from __future__ import annotations

import pytest

from reviewer.model.facts.repository import RepositoryFacts
from tests.project import facts_of

ENTITY = """
import jakarta.persistence.*;
@Entity public class User { @Id private Long id; }
"""
SERVICE = """
package app;
class UserService {
  private final UserRepository users;
  List<User> all() { return users.findAll(); }
  void add(User user) { users.save(user); }
}
"""
GENERAL = """
import org.springframework.data.repository.*;
interface UserRepository extends CrudRepository<User, Long> {}
"""
CASES = [
    pytest.param(
        "import org.springframework.data.jpa.repository.*;\n"
        "interface UserRepository extends JpaRepository<User, Long> {}",
        ["select User Spring Data JPA", "insert User Spring Data JPA"],
        id="of-JPA",
    ),
    pytest.param(
        GENERAL,
        ["select User Spring Data", "insert User Spring Data"],
        id="of-any-store-beside-entities",
    ),
    pytest.param(
        "import org.springframework.data.jpa.repository.*;\ninterface UserRepository extends Base<User> {}\n"
        "interface Base<T> extends JpaRepository<T, Long> {}",
        ["select User Spring Data JPA", "insert User Spring Data JPA"],
        id="through-an-interface-of-the-project",
    ),
    pytest.param(
        "import org.springframework.data.mongodb.repository.*;\n"
        "interface UserRepository extends MongoRepository<User, String> {}",
        [],
        id="of-MongoDB",
    ),
    pytest.param("interface UserRepository { List<User> findAll(); User save(User user); }", [], id="of-the-project"),
]


def linked(repository: str, entity: str = ENTITY) -> RepositoryFacts:
    return facts_of(
        {
            "src/main/java/app/User.java": f"package app;\n{entity}",
            "src/main/java/app/UserRepository.java": f"package app;\n{repository}",
            "src/main/java/app/UserService.java": SERVICE,
        }
    )


@pytest.mark.parametrize(("repository", "expected"), CASES)
def test_inherited_calls(repository: str, expected: list[str]) -> None:
    found = linked(repository).data.statements
    assert [f"{i.fact.verb} {' '.join(i.fact.tables)} {i.fact.layer}" for i in found] == expected


def test_a_store_that_nothing_names_is_left_out() -> None:
    repository = (
        "import org.springframework.data.repository.*;\ninterface UserRepository extends CrudRepository<User, Long> {}"
    )
    assert not linked(repository, "@RedisHash public class User { }").data.statements


@pytest.mark.parametrize(
    ("made", "crosses"),
    [
        pytest.param("MockMvcBuilders.standaloneSetup(controller).build()", False, id="a-controller-alone"),
        pytest.param("MockMvcBuilders.webAppContextSetup(context).build()", True, id="the-application"),
    ],
)
def test_requests_to_a_controller_alone_cross_nothing(made: str, crosses: bool) -> None:
    source = f"""
    import org.junit.jupiter.api.*;
    import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.*;
    class UserTest {{
      @BeforeEach void setUp() {{ mockMvc = {made}; }}
      @Test void all() {{ mockMvc.perform(get("/users")).andExpect(status().isOk()); }}
    }}"""
    tests = facts_of({"src/test/java/app/UserTest.java": source}).tests
    assert bool(tests.http) is crosses
    assert len(tests.cases) == 1
