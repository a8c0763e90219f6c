"""What a file is for, by its path."""

from __future__ import annotations

import pytest

from reviewer.gather.kinds import kind_of
from reviewer.gather.roles import frontend_roots, is_example, mobile_roots, role_of
from tests.project import facts_of

ROLES = {
    "server": [
        "app/main.py", "src/users/users.service.ts", "src/main/java/shop/OrderController.java", "routes/index.js",
        "Shop.Api/Controllers/CartController.cs", "app/models/cart.rb", "cmd/server/main.go",
        "api/v1/views/places.py", "client/api.py", "server/public/upload.js", "src/contest/Contest.java",
        "app/attest.py", "src/testimonials.ts", "features/cart/service.py", "src/inspect.php", "users.php",
        "latest/app.js", "config/webpack.rb", "myapp/javascript/server.js",
        "app/seeding.py", "app/load_testing.py", "src/seeded-random.ts", "app/models/seed_bank.rb",
        "server/mock.js", "src/mocking/server.js", "hammock/server.py",
        "mocks.py", "stub.go",
        "src/backend/orders.jsw", "src/pages/orders.js",
        "client/pages/api/cart.js", "frontend/src/app/api/cart/route.ts", "public/api/cart.js", "api/public/cart.ts",
        "src/main/java/com/shop/benchmark/Timer.java", "src/loaders/index.js", "src/benchmarking.py",
        "src/test_bench.go", "src/deploying.rb", "docs/views.py", "e2e.js", "src/k6client.py", "test-api/index.js",
        "static/api/cart.js", "api/static/functions/cart.js", "server/templates/welcome.js", "api/public/users/list.js",
        "app/db/initialize.py", "src/database.ts", "db/initDB.js", "app/dummy_data_service.py", "create_table_order.py",
    ],
    "tests": [
        "tests/data.json", "api/fixtures/orders.yml", "spec/settings.toml",
        "tests/test_api.py", "test_api.py", "conftest.py", "app/users/tests.py", "src/app.spec.ts", "app.test.js",
        "__tests__/app.js", "internal/user_test.go", "spec/models/cart_spec.rb",
        "src/test/java/shop/OrderTest.java", "src/it/java/shop/OrderIT.java", "tests/Feature/CartTest.php",
        "Shop.Api.Tests/CartTests.cs", "cypress/e2e/a.js", "features/step_definitions/cart.rb",
        "test/helpers/login.js", "tests/schema.sql", "Shop.IntegrationTests/Factory.cs",
        "src/Shop.Tests.Acceptance/View.cs",
        "mock-server/index.js", "web/mockServer/app.py", "mock-server/package.json", "mock_api.py",
        "src/fake-server.ts", "server/e2e-test-server.js", "e2e-server/index.ts", "apps/shop-e2e/src/cart.ts",
        "bench_mark/register.js", "benchmarks/serve.go", "load-tests/cart.js", "services/k6/cart.js", "locustfile.py",
        "perf/load-test.js", "src/cart.benchmark.ts", "benchmark_ips.rb",
    ],
    "schema": [
        "db/schema.sql", "shop/migrations/0001_initial.py", "db/migrate/20240101_create.rb",
        "alembic/versions/ab_x.py", "prisma/schema.prisma", "database/migrations/2024_create.php",
        "Migrations/20240101_Init.cs", "src/migrations/1.ts",
    ],
    "frontend": [
        "public/js/site.js", "frontend/src/api.ts", "client/src/cart.js", "src/Cart.jsx", "src/Cart.tsx",
        "src/Cart.vue", "static/style.css", "templates/index.html", "src/app/cart/cart.component.ts",
        "wwwroot/js/cart.js", "resources/js/cart.js", "views/cart.ejs",
        "app/javascript/packs/application.js", "app/javascript/api/carts.js", "app/views/pwa/service-worker.js",
        "client/src/services/Api/user.js", "frontend/src/api/cart.ts", "mobile/src/functions/cart.js",
        "src/pages/Home.c1dmp.js", "src/pages/masterPage.js",
        "Api/static/main.js", "server/public/js/cart.js", "functions/assets/cart.js", "api/wwwroot/lib/cart.ts",
    ],
    "scripts": [
        "scripts/seed.py", "deploy.sh", "notebooks/report.ipynb", "tools/gen.go", "bin/report.rb",
        "docker/init-db.js", "db/seeds.rb", "lib/tasks/import.rake", "lib/tasks/import.rb",
        "curl_posts.rb", "Rakefile", "src/seed.ts", "seed.py",
        "shop/management/commands/seed_demo_data.py", "src/populate_db.py", "src/seed-users.ts",
        "fabfile.py", "test-scripts/create.py", "config/deploy.rb",
        "db/initialize-db.py", "init_db.py", "src/create_tables.py", "drop_db.py", "dummy-data.js", "reset-db.ts",
        "docs/_themes/flask_theme.py", "docs/conf.py", "docs/source/conf.py",
    ],
    "config": [
        "package.json", "docker-compose.yml", "webpack.config.js", "jest.config.ts", ".eslintrc.js", "pom.xml",
        "config/webpack/environment.js", "terser.js", "package-scripts.js", "esbuild.config.mjs",
        "gulpfile.js", "README.md", "settings.toml", "setup.py", "src/latest/data.json",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "role"),
    [pytest.param(path, role, id=f"{role}[{path}]") for role, paths in ROLES.items() for path in paths],
)
def test_role(path: str, role: str) -> None:
    assert role_of(path, kind_of(path)) == role


@pytest.mark.parametrize(
    ("tree", "roots"),
    [
        pytest.param(["web/angular.json", "web/src/main.ts", "api/main.py"], {"web"}, id="angular"),
        pytest.param(["ui/src/App.tsx", "package.json"], {"ui"}, id="react"),
        pytest.param(["vite.config.ts", "src/App.vue"], {""}, id="at-the-root"),
        pytest.param(["vite.config.js", "artisan", "composer.json"], set(), id="laravel-has-vite-too"),
        pytest.param(
            ["vite.config.ts", "package.json", "src/server.spec.ts"], set(), id="vite-for-the-tests-of-a-server"
        ),
        pytest.param(["web/vite.config.ts", "web/index.html", "web/src/main.ts"], {"web"}, id="vite-with-a-page"),
        pytest.param(
            ["vite.config.ts", "package.json", "apps/web/package.json", "apps/web/src/App.tsx", "apps/api/src/main.ts"],
            {"apps/web"},
            id="vite-at-the-root-of-packages",
        ),
        pytest.param(["vite.config.ts", "adonisrc.ts", "inertia/pages/home.tsx"], set(), id="adonis-with-inertia"),
        pytest.param(["src/app.module.ts", "nest-cli.json"], set(), id="nest"),
        pytest.param(["shop/src/App.js", "api/main.py"], {"shop"}, id="react-in-javascript"),
        pytest.param(["shop/src/serviceWorker.js", "shop/src/containers/App.js"], {"shop"}, id="create-react-app"),
        pytest.param(["shop/src/workers/serviceWorker.js"], set(), id="a-worker-elsewhere"),
        pytest.param(["src/app.js", "src/routes/users.js"], set(), id="a-server-calls-its-file-app-too"),
        pytest.param(["index.php", "js/app.js"], {""}, id="nothing-starts-javascript-beside-php"),
        pytest.param(["index.php", "socket/package.json", "socket/a.js"], set(), id="node-beside-php"),
        pytest.param(["app.js", "tabs/index.html", "tabs/app.js", "node/main.js"], {"tabs"}, id="pages-without-node"),
        pytest.param(["tabs/index.html", "node/package.json", "node/index.html"], {"tabs"}, id="pages-beside-node"),
        pytest.param(["package.json", "shop/index.html", "shop/app.js"], set(), id="a-page-that-node-may-serve"),
        pytest.param(["shop/index.html", "shop/server.js"], set(), id="a-page-beside-its-server"),
        pytest.param(
            ["shop/webpack.config.js", "shop/package.json", "shop/index.html", "shop/src/view.js"],
            {"shop"},
            id="webpack-with-a-page",
        ),
        pytest.param(["shop/webpack.config.js", "shop/package.json", "shop/src/orders.js"], set(), id="webpack-alone"),
        pytest.param(
            ["webpack.config.js", "package.json", "index.html", "routes/a.js"], set(), id="webpack-at-the-root"
        ),
    ],
)
def test_roots_of_front_ends(tree: list[str], roots: set[str]) -> None:
    assert frontend_roots(tree) == roots


@pytest.mark.parametrize(
    ("tree", "roots"),
    [
        pytest.param(["app/src/main/AndroidManifest.xml"], {"app"}, id="a-module"),
        pytest.param(
            ["mobile/app/src/main/AndroidManifest.xml", "server/pom.xml"], {"mobile/app"}, id="beside-a-server"
        ),
        pytest.param(["shared/src/androidMain/AndroidManifest.xml"], {"shared"}, id="kotlin-for-several-platforms"),
        pytest.param(["AndroidManifest.xml", "src/shop/Main.java"], {""}, id="eclipse"),
        pytest.param(["app/src/androidTest/AndroidManifest.xml"], set(), id="of-tests-alone"),
        pytest.param(["src/main/resources/manifest.xml", "docs/AndroidManifest.md"], set(), id="other-manifests"),
    ],
)
def test_roots_of_applications_for_telephones(tree: list[str], roots: set[str]) -> None:
    assert mobile_roots(tree) == roots


def test_java_and_kotlin_of_a_telephone_are_a_client() -> None:
    mobile = frozenset({"app"})
    assert role_of("app/src/main/java/shop/SignUp.kt", "kotlin", mobile=mobile) == "frontend"
    assert role_of("app/src/test/java/shop/SignUpTest.kt", "kotlin", mobile=mobile) == "tests"
    assert role_of("server/src/main/kotlin/shop/Main.kt", "kotlin", mobile=mobile) == "server"
    assert role_of("app/api.py", "python", mobile=mobile) == "server"


@pytest.mark.parametrize(
    ("path", "example"),
    [
        ("examples/cart.py", True),
        ("example/main.go", True),
        ("packages/examples/cart.ts", True),
        ("cmd/cli/kafka/kafka.go", True),
        ("cmd/server/main.go", False),
        ("internal/cmd/cli/root.go", False),
        ("com/example/shop/Main.java", False),
        ("src/main/java/com/example/Main.java", False),
        ("shop/example/cart.py", False),
        ("examples.py", False),
        ("demo/src/main/java/Main.java", False),
    ],
)
def test_folders_of_examples(path: str, example: bool) -> None:
    assert is_example(path) is example


def test_examples_beside_a_larger_program_are_no_part_of_it() -> None:
    lines = "".join(f"def step_{number}(a):\n    return a\n" for number in range(9))
    code = facts_of({"shop/api.py": lines, "examples/use.py": "def use(a):\n    return a\n"}).code
    assert [file.path for file in code.modules] == ["shop/api.py"]


def test_where_there_is_nothing_but_examples_these_are_judged() -> None:
    assert facts_of({"examples/use.py": "def use(a):\n    return a\n"}).code.modules


def test_scripts_that_put_load_on_a_server_are_no_part_of_it() -> None:
    files = {"scenarios/users.py": "from locust import HttpUser\n\ndef act(a):\n    return a\n"}
    assert not facts_of(files).code.functions


def test_migrations_hold_no_functions_to_judge() -> None:
    upgrade = "def upgrade():\n    op.create_table('cart')\n"
    code = facts_of({"migrations/versions/1_init.py": upgrade, "shop/api.py": "def load(a):\n    return a\n"}).code
    assert [item.path for item in code.functions] == ["shop/api.py"]
    assert [file.path for file in code.modules] == ["shop/api.py"]


def test_what_lies_below_a_front_ends_root_belongs_to_it() -> None:
    roots = frozenset({"web"})
    assert role_of("web/src/cart.service.ts", "typescript", roots=roots) == "frontend"
    assert role_of("web/server/index.ts", "typescript", roots=roots) == "server"
    assert role_of("website/cart.service.ts", "typescript", roots=roots) == "server"
    assert role_of("web/app.py", "python", roots=roots) == "server"
    assert role_of("web/src/api/cart.ts", "typescript", roots=roots) == "frontend"
    assert role_of("src/api/cart.ts", "typescript", roots=frozenset({""})) == "frontend"
    assert role_of("api/cart.ts", "typescript", roots=frozenset({""})) == "server"


SERVES = "from flask import Flask\n\napp = Flask(__name__)\n\n@app.get('/carts')\ndef carts():\n    return []\n"
BY_HAND = "def fill(a):\n    a.save()\n\nif __name__ == '__main__':\n    fill(1)\n"


def test_a_program_that_nothing_imports_is_run_by_hand_beside_a_server() -> None:
    assert roles({"shop/web.py": SERVES, "shop/fill.py": BY_HAND}) == {
        "shop/web.py": "server",
        "shop/fill.py": "scripts",
    }


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"shop/fill.py": BY_HAND}, id="alone"),
        pytest.param({"shop/web.py": f"from shop.fill import fill\n{SERVES}", "shop/fill.py": BY_HAND}, id="imported"),
        pytest.param({"shop/web.py": SERVES, "shop/worker.py": BY_HAND}, id="a-worker"),
        pytest.param({"shop/web.py": SERVES, "shop/rpc.py": BY_HAND.replace("a.save()", "a.serve()")}, id="serves"),
        pytest.param(
            {"shop/web.py": SERVES, "shop/poll.py": BY_HAND.replace("a.save()", "while True: a()")}, id="goes-on"
        ),
    ],
)
def test_programs_that_are_part_of_the_server(files: dict[str, str]) -> None:
    assert set(roles(files).values()) == {"server"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("document.querySelector('#a').show();\n", "frontend", id="of-a-page"),
        pytest.param(
            "const Peer = require('simple-peer');\nnavigator.mediaDevices.getUserMedia({});\n", "frontend", id="bundled"
        ),
        pytest.param("const fs = require('fs');\ndocument.querySelector('#a').show();\n", "server", id="reads-files"),
        pytest.param(
            "module.exports = (page) => page.evaluate(() => document.querySelector('a'));\n",
            "server",
            id="drives-a-page",
        ),
        pytest.param("const document = load();\ndocument.save();\n", "server", id="a-document-of-a-store"),
        pytest.param(
            "module.exports = () => `<script>document.querySelector('a').b()</script>`;\n", "server", id="in-a-text"
        ),
    ],
)
def test_scripts_of_pages(text: str, role: str) -> None:
    assert roles({"shop/cart.js": text, "package.json": "{}"})["shop/cart.js"] == role


def roles(files: dict[str, str]) -> dict[str, str]:
    """The roles of programs, after what they hold was looked at."""
    return {file.path: file.role for file in facts_of(files).project.files if file.path.endswith((".py", ".js"))}
