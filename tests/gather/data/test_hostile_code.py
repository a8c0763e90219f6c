"""Programs that a stranger wrote to keep the data readers busy."""

from __future__ import annotations

import time

import pytest

from reviewer.gather import registry
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Module

SECONDS = 8.0
PYTHON = {
    "many queries": "import psycopg2\n" + 'cur.execute("select a from b where c = %s" % x)\n' * 5_000,
    "a text that grows": 'q = "select a from b"\n' + 'q += " or c = \'" + x\n' * 5_000 + "cur.execute(q)\n",
    "names in a circle": 'def f():\n  a = b\n  b = a\n  cur.execute("select a from b where c = " + a)\n',
    "names in a tree": "\n".join(f"a{n} = a{n + 1} + a{n + 2}" for n in range(3_000)) + '\ncur.execute("select " + a0)',
    "many gaps": 'cur.execute(f"select a from b ' + "{x} " * 9_000 + '")',
    "many parameters": "def f(" + ",".join(f"p{n}" for n in range(2_000)) + '):\n  cur.execute(f"drop table {p9}")\n',
    "many models": "from django.db import models\n" + "class A(models.Model):\n  a = models.CharField()\n" * 2_000,
    "many tables": "from sqlalchemy import Column\n"
    + "".join(f'class A{n}(Base):\n  __tablename__ = "a"\n  a = Column(Integer)\n' for n in range(2_000)),
    "long words": 'x = "SELECT a FROM ' + "b, " * 19_000 + 'c"\n',
    "holes": 'cur.execute("select a from b ' + "{" * 50_000 + '".format(x))',
    "a lambda that calls itself": "f = lambda x: f(x)\ncur.execute('select a from b where c = ' + f(1))",
}
TYPESCRIPT = {
    "tables": "import knex from 'knex';\n" + "knex.schema.createTable('a', (t) => { t.string('b'); });\n" * 1_500,
    "entities": "import {Entity} from 'typeorm';\n" + "@Entity() class A { @ManyToOne(() => B) b: B; }\n" * 1_500,
    "templates": "pool.query(`select a from b where c = ${x}`);\n" * 4_000,
    "closures": "pool.query(`select ${xs.map(x => y).join()} from b`);\n" * 2_000,
    "schemas": "const s = new mongoose.Schema({a: String});\n" * 2_000 + "mongoose.model('A', s);\n" * 2_000,
}
FOLDERS = ("reviewer.gather.data",)
CASES = [pytest.param("python", source, id=name) for name, source in PYTHON.items()]
CASES += [pytest.param("typescript", source, id=name) for name, source in TYPESCRIPT.items()]


def parsed(kind: str, source: str) -> Module:
    return registry.languages()[kind].parse(source.encode(), kind)


@pytest.mark.parametrize(("kind", "source"), CASES)
def test_is_read_in_time(kind: str, source: str) -> None:
    module = parsed(kind, source)
    kept = Kept()
    started = time.process_time()
    for reader in registry.readers(module.language):
        if reader.read.__module__.startswith(FOLDERS):
            reader.read(module, kept)
    assert time.process_time() - started < SECONDS
