"""Which framework a project in JavaScript shows where several declare their routes in the same words."""

from __future__ import annotations

import pytest

from tests.project import facts_of

ROUTES = "export function routes(app) {\n  app.get('/users', list);\n  app.post('/users', create);\n}\n"
GIVEN = "import { routes } from './routes.js';\nroutes(app);\n"
TINY = f"import {{ App }} from '@tinyhttp/app';\nconst app = new App();\n{GIVEN}"
EXPRESS = f"import express from 'express';\nconst app = express();\n{GIVEN}"
PACKAGE = '{"dependencies": {"express": "4", "@tinyhttp/app": "2"}}'

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "routes in a file that imports neither": ({"app.js": TINY, "routes.js": ROUTES}, ["tinyhttp"]),
    "the same of Express": ({"app.js": EXPRESS, "routes.js": ROUTES}, ["Express"]),
    "both in one project": ({"app.js": TINY, "old.js": EXPRESS, "routes.js": ROUTES}, ["Express", "tinyhttp"]),
    "both declared": ({"app.js": TINY, "routes.js": ROUTES, "package.json": PACKAGE}, ["Express", "tinyhttp"]),
}


@pytest.mark.parametrize(("files", "names"), CASES.values(), ids=CASES.keys())
def test_a_framework_is_named_by_who_made_the_application(files: dict[str, str], names: list[str]) -> None:
    assert [use.name for use in facts_of(files).project.frameworks] == names
