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


CALL = "Route::post('/soap', [SoapController::class, 'serve']);\n"
SERVER_CLASS = (
    "<?php\nclass SoapController {\n  public function serve() { %s }\n  public function total() { return 1; }\n}\n"
)


@pytest.mark.parametrize(
    ("body", "more", "styles"),
    [
        ("$server = new SoapServer(null, []); $server->addFunction(['total']); $server->handle();", "", ["SOAP"]),
        (
            "$server = new SoapServer(null, []); $server->setObject($this); $server->handle();",
            "Route::get('/items', [SoapController::class, 'total']);\n",
            ["REST", "SOAP"],
        ),
        ("$client = new SoapClient('a.wsdl'); return $client->total();", "", ["REST"]),
    ],
    ids=["a server alone", "a server beside another route", "a client"],
)
def test_a_route_that_hands_on_to_a_soap_server_is_no_rest(body: str, more: str, styles: list[str]) -> None:
    routes = (
        "<?php\nuse Illuminate\\Support\\Facades\\Route;\nuse App\\Http\\Controllers\\SoapController;\n" + CALL + more
    )
    controller = (
        SERVER_CLASS.replace("<?php\n", "<?php\nnamespace App\\Http\\Controllers;\nuse SoapServer;\nuse SoapClient;\n")
        % body
    )
    files = {"routes/web.php": routes, "app/Http/Controllers/SoapController.php": controller}
    assert list(facts_of(files).api.styles) == styles


def test_a_class_of_another_file_that_a_soap_server_serves() -> None:
    served = "<?php\nclass Shop {\n  public function __construct() {}\n  public function total() {}\n"
    files = {
        "soap/index.php": "<?php\nrequire 'Shop.php';\n$s = new SoapServer(null, []);\n$s->setClass('Shop');\n",
        "soap/Shop.php": f"{served}  public function count() {{}}\n  private function log() {{}}\n}}\n",
    }
    api = facts_of(files).api
    assert list(api.styles) == ["SOAP"]
    assert [(item.name, item.file, item.line) for item in api.operations] == [
        ("total", "soap/Shop.php", 4),
        ("count", "soap/Shop.php", 5),
    ]
