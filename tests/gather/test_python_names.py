"""Which frameworks a Python project shows where no route of its is read: what server code imports."""

from __future__ import annotations

import pytest

from tests.project import facts_of

NAMED = {
    "views of Django REST framework without a manifest": (
        {"shop/views.py": "from rest_framework.views import APIView\nclass Carts(APIView):\n    def get(self): ...\n"},
        ["Django REST framework"],
    ),
    "handlers whose table is put together at run time": (
        {"handlers.py": "import tornado.web\nclass Users(tornado.web.RequestHandler):\n    def get(self): ...\n"},
        ["Tornado"],
    ),
    "extensions of Flask are Flask": (
        {"api.py": "from flask_restx import Resource\nclass Users(Resource):\n    def get(self): return {}\n"},
        ["Flask"],
    ),
    "a client of the library whose server is another part": (
        {"fetch.py": "import aiohttp\nasync def load(): return await aiohttp.ClientSession().get('/x')\n"},
        [],
    ),
    "an event loop is no web framework": ({"loop.py": "import tornado.ioloop\ntornado.ioloop.IOLoop.current()\n"}, []),
    "routes of a blueprint of another file, which readers of several frameworks take for theirs": (
        {
            "api/__init__.py": "from quart import Blueprint\nbp = Blueprint('api', __name__)\n",
            "api/users.py": "from . import bp\n@bp.route('/users')\nasync def users(): ...\n",
            "app.py": "from quart import Quart\nfrom api import bp\napp = Quart('x')\napp.register_blueprint(bp)\n",
        },
        ["Quart"],
    ),
    "a test that imports it": ({"tests/test_x.py": "import flask\ndef test_x(): assert flask.Flask('x')\n"}, []),
}


@pytest.mark.parametrize("case", [pytest.param(name, id=name) for name in NAMED])
def test_frameworks(case: str) -> None:
    files, names = NAMED[case]
    assert [use.name for use in facts_of(files).project.frameworks] == names
