"""What extensions of content management systems show only over several files: frameworks, languages, roles."""

from __future__ import annotations

import pytest

from tests.project import facts_of

PLUGIN = "<?php\n/* Plugin Name: Shop */\nadd_shortcode('shop', 'shop');\n"
SCRIPT = "jQuery(function ($) { $('.shop').show(); });\n"
SERVER = "const app = require('express')();\napp.get('/x', (q, r) => r.end());\n"
PLAYWRIGHT = (
    "const { test, expect } = require('@playwright/test');\n"
    "test('a', async ({ request, page }) => { %s; expect(1).toBe(1); });\n"
)


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("shop/shop.php", PLUGIN, "WordPress"),
        ("site/shop.php", "<?php\ndefined('_JEXEC') or die;\n", "Joomla"),
        ("src/Shop.php", "<?php\nnamespace Drupal\\shop;\nclass Shop {}\n", "Drupal"),
        ("registration.php", "<?php\nuse Magento\\Framework\\Component\\ComponentRegistrar;\n", "Magento"),
    ],
)
def test_an_extension_without_routes_is_built_on_its_system(path: str, source: str, name: str) -> None:
    assert [use.name for use in facts_of({path: source}).project.frameworks] == [name]


def test_a_magento_module_with_a_web_api_alone_uses_magento() -> None:
    webapi = (
        '<routes xsi:noNamespaceSchemaLocation="urn:magento:module:Magento_Webapi:etc/webapi.xsd">'
        '<route url="/V1/x" method="GET"><service class="A\\B" method="c"/></route></routes>'
    )
    files = {"etc/webapi.xml": webapi, "Model/B.php": "<?php\nnamespace A;\nclass B { function c() {} }\n"}
    assert [use.name for use in facts_of(files).project.frameworks] == ["Magento"]


def test_files_without_a_line_show_no_language() -> None:
    files = {"site/shop.php": "<?php\ndefined('_JEXEC') or die;\n", "sql/install.mysql.utf8.sql": ""}
    assert {use.name for use in facts_of(files).project.languages} == {"PHP"}


@pytest.mark.parametrize(
    ("beside", "role"),
    [
        ({"shop.php": PLUGIN, "package.json": '{"devDependencies": {"grunt": "1"}}'}, "frontend"),
        ({"main.py": "print(1)\n", "package.json": "{}"}, "server"),
        ({"shop.php": PLUGIN, "package.json": "{}", "api.js": SERVER}, "server"),
    ],
)
def test_scripts_beside_an_extension_run_in_the_browser(beside: dict[str, str], role: str) -> None:
    project = facts_of({"views/shop/shop.js": SCRIPT, **beside}).project
    assert {str(use.role) for use in project.languages if use.name == "JavaScript"} == {role}


@pytest.mark.parametrize(
    ("step", "count"),
    [("await request.get('/api/orders')", 1), ("await page.goto('/orders')", 0)],
)
def test_a_browser_test_that_asks_the_server_counts(step: str, count: int) -> None:
    facts = facts_of({"package.json": "{}", "tests/e2e/shop.spec.js": PLAYWRIGHT % step})
    assert len(facts.tests.cases) == count
