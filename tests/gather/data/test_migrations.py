"""Migration tools over the files of a repository: their steps, and tools that are only set up."""

from __future__ import annotations

import pytest

from tests.project import facts_of

SETUP = "from flask_migrate import Migrate\nmigrate = Migrate()\n"
STEP = 'from alembic import op\nrevision = "1"\ndown_revision = None\ndef upgrade(): op.drop_table("x")\n'


def test_a_tool_that_is_set_up_has_no_steps() -> None:
    data = facts_of({"app/extensions.py": SETUP}).data
    assert [(item.tool, item.path, item.steps) for item in data.migrations] == [("Alembic", "app/extensions.py", 0)]
    assert data.steps == ()


def test_steps_count_where_there_are_some() -> None:
    data = facts_of({"app/extensions.py": SETUP, "migrations/versions/1_x.py": STEP}).data
    assert [(item.tool, item.path, item.steps) for item in data.migrations] == [("Alembic", "migrations/versions", 1)]
    assert [item.path for item in data.steps] == ["migrations/versions/1_x.py"]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("V1__init.sql", True),
        ("V1.0__schema.sql", True),
        ("V2024_01_31_1__more.sql", True),
        ("R__views.sql", True),
        ("V1_init.sql", False),
        ("Video__1.sql", False),
        ("version__1.sql", False),
    ],
)
def test_names_of_flyway(name: str, counts: bool) -> None:
    data = facts_of({f"src/main/resources/db/migration/{name}": "CREATE TABLE a (id INT PRIMARY KEY);"}).data
    assert [item.tool for item in data.migrations] == (["Flyway"] if counts else [])


def test_entities_alone_do_not_show_jpa_beside_ebean() -> None:
    entity = "import jakarta.persistence.*;\n@Entity public class Tag { @Id Long id; }\n"
    finder = (
        "import io.ebean.Database;\nclass Tags { Database db; Tag one() { return db.find(Tag.class).findOne(); } }\n"
    )
    manager = (
        "import jakarta.persistence.*;\nclass More { EntityManager em; Tag one() { return em.find(Tag.class, 1); } }\n"
    )
    files = {"src/main/java/a/Tag.java": entity}
    assert [item.name for item in facts_of(files).data.layers] == ["JPA"]
    files["src/main/java/a/Tags.java"] = finder
    assert [item.name for item in facts_of(files).data.layers] == ["Ebean"]
    files["src/main/java/a/More.java"] = manager
    assert [item.name for item in facts_of(files).data.layers] == ["Ebean", "JPA"]


def test_calls_of_entities_count_only_beside_panache() -> None:
    resource = 'import jakarta.ws.rs.*;\n@Path("/a") class R { @GET Object all() { return Person.listAll(); } }\n'
    entity = (
        "import io.quarkus.hibernate.orm.panache.PanacheEntity;\nimport jakarta.persistence.*;\n"
        "@Entity public class Person extends PanacheEntity { public String name; }\n"
    )
    assert facts_of({"src/main/java/a/R.java": resource}).data.statements == ()
    data = facts_of({"src/main/java/a/R.java": resource, "src/main/java/a/Person.java": entity}).data
    assert [(item.fact.layer, item.fact.tables) for item in data.statements] == [("Hibernate Panache", ("Person",))]
