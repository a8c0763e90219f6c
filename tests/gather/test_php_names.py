"""Names that PHP's libraries make of other names, and names that show no framework."""

from __future__ import annotations

import pytest

from reviewer.gather.data.orm.php._inflection import table_of_class
from reviewer.gather.documents._access_control import patterns
from tests.project import facts_of


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("App.Models.OrderItem", "order_items"),
        ("Category", "categories"),
        ("Survey", "surveys"),
        ("OrderStatus", "order_statuses"),
        ("Address", "addresses"),
        ("Box", "boxes"),
        ("Hero", "heroes"),
        ("Photo", "photos"),
        ("Analysis", "analyses"),
        ("Shelf", "shelves"),
        ("Person", "people"),
        ("Users", "users"),
        ("UserMedia", "user_media"),
    ],
)
def test_tables_of_classes(name: str, table: str) -> None:
    assert table_of_class(name) == table


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("^/api", ["/api*/**"]),
        ("^/", ["/**"]),
        ("/login$", ["/login"]),
        ("^/api/(users|orders)", ["/api/users*/**", "/api/orders*/**"]),
        ("^/users/[0-9]+$", ["/users/*"]),
        (r"^/users/\d+/activate", ["/users/*/activate*/**"]),
        ("^/groups/.*/accept", ["/groups/*/accept*/**"]),
        ("^/(?!public)", []),
        ("admin", []),
    ],
)
def test_patterns_of_access_control(path: str, found: list[str]) -> None:
    assert patterns(path) == found


def test_a_library_of_cakephp_is_not_the_framework() -> None:
    library = "<?php\nuse Cake\\Database\\Connection;\nnew Connection([]);\n"
    whole = "<?php\nuse Cake\\Controller\\Controller;\nclass AppController extends Controller {}\n"
    assert [use.name for use in facts_of({"src/Db.php": library}).project.frameworks] == []
    assert [use.name for use in facts_of({"src/AppController.php": whole}).project.frameworks] == ["CakePHP"]
