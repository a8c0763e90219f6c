"""Two tiny repositories with their labels, laid out as the benches expect them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from tests.project import make_repository

FLASK = """from flask import Flask, jsonify, request

app = Flask(__name__)
ITEMS = []


@app.get("/items")
def items():
    return jsonify(ITEMS)


@app.post("/items")
def add():
    ITEMS.append(request.get_json())
    return jsonify(ITEMS[-1]), 201
"""
FLASK_TEST = """from app import app


def test_items():
    assert app.test_client().get("/items").status_code == 200
"""
EXPRESS = """const express = require('express');
const app = express();
app.get('/books/:id', (req, res) => res.json({ id: req.params.id }));
app.listen(3000);
"""
FILES = {
    ("ada", "shop"): {"app.py": FLASK, "test_app.py": FLASK_TEST, "requirements.txt": "flask\npytest\n"},
    ("bob", "books"): {"server.js": EXPRESS, "package.json": '{"dependencies": {"express": "^4.18.0"}}'},
}
LABELS = {
    ("ada", "shop"): {
        "languages": ["Python"],
        "frameworks": ["Flask"],
        "api_styles": ["rest"],
        "endpoints": ["GET /items", "POST /items", "DELETE /items"],
        "tests": {"frameworks": ["pytest"], "functions": 1},
        "docker": {"present": False},
    },
    ("bob", "books"): {
        "languages": ["JavaScript"],
        "frameworks": ["Express"],
        "api_styles": ["rest"],
        "endpoints": ["GET /books/{}"],
        "docker": {"present": False},
    },
}


def make_samples(folder: Path) -> tuple[Path, Path]:
    """The folder of repositories, ``owner+name/repo``, and the folder of their labels, ``owner__name.yaml``.

    Each label names the first commit; a later one adds a route that must therefore not be found.
    """
    repos, truth = folder / "repos", folder / "truth"
    truth.mkdir(parents=True)
    for (owner, name), files in FILES.items():
        later = {"app2.py": FLASK.replace("/items", "/later"), "server2.js": EXPRESS.replace("/books", "/later")}
        commits = [{"message": "Add the API", "files": files}, {"message": "Add another API", "files": later}]
        repository = make_repository(repos / f"{owner}+{name}" / "repo", commits)
        first = _git(repository, "rev-list", "--max-parents=0", "main")
        label = {**LABELS[owner, name], "commit": first}
        (truth / f"{owner}__{name}.yaml").write_text(yaml.safe_dump(label), encoding="utf-8")
    return repos, truth


def _git(repository: Path, *args: str) -> str:
    asked = ["git", "--git-dir", str(repository), *args]
    return subprocess.run(asked, capture_output=True, check=True, text=True).stdout.strip()
