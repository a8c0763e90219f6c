"""The little repositories that the tests review: a service with tests, and what stands in its way."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.project import make_repository

ADA = "Ada Example <ada@example.org>"

APP = """\
import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


def connect() -> sqlite3.Connection:
    return sqlite3.connect("orders.db")


@app.get("/orders")
def orders():
    rows = connect().execute("SELECT id, total FROM orders LIMIT 50").fetchall()
    return jsonify([{"id": row[0], "total": row[1]} for row in rows])


@app.post("/orders")
def add_order():
    total = request.get_json()["total"]
    with connect() as db:
        db.execute("INSERT INTO orders (total) VALUES (?)", (total,))
    return jsonify({"total": total}), 201
"""
TESTS = """\
from app import app


def test_orders_are_listed():
    assert app.test_client().get("/orders").status_code == 200


def test_an_order_is_added():
    assert app.test_client().post("/orders", json={"total": 3}).status_code == 201
"""
SCHEMA = "CREATE TABLE orders (\n    id INTEGER PRIMARY KEY,\n    total INTEGER NOT NULL\n);\n"
README = "# Shop\n\nOrders over HTTP, kept in SQLite.\n\n## Run\n\n    pip install -r requirements.txt\n    flask run\n"
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Prices\n"]},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "outputs": [],
            "source": ["def price_of(item: dict) -> int:\n", "    return item['price'] * item['count']"],
        },
    ],
    "metadata": {"language_info": {"name": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def commits(author: str = ADA, name: str = "shop") -> list[dict[str, object]]:
    """A small service in four steps. ``name`` makes the contents differ, so that two are not taken for one."""
    return [
        {"message": "Serve the orders", "author": author, "day": "2024-01-05",
         "files": {"app.py": f'"""Orders of {name}."""\n\n{APP}', "requirements.txt": "flask==3.0.0\n"}},
        {"message": "Create the orders table", "author": author, "day": "2024-01-07", "files": {"schema.sql": SCHEMA}},
        {"message": "Test listing and adding orders", "author": author, "day": "2024-02-01",
         "files": {"test_app.py": TESTS}},
        {"message": "Say how to run the shop", "author": author, "day": "2024-02-03", "files": {"README.md": README}},
    ]  # fmt: skip


def shop(folder: Path, author: str = ADA, bare: bool = True, name: str = "shop") -> Path:
    """The service as a repository."""
    return make_repository(folder, commits(author, name), bare=bare)


def of_files(folder: Path, files: Mapping[str, str], bare: bool = True, author: str = ADA) -> Path:
    """A repository of one commit."""
    return make_repository(folder, [{"message": "Add the files", "files": files, "author": author}], bare=bare)


def notebook() -> str:
    """A notebook with one code cell."""
    return json.dumps(NOTEBOOK)


def git(folder: Path, *words: str) -> str:
    """Runs git in a folder of the tests' own."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    said = subprocess.run(["git", "-C", str(folder), *words], env=env, check=True, capture_output=True)
    return said.stdout.decode().strip()
