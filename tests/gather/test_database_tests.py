"""Which tests reach a database by way of the classes that they make objects of."""

from __future__ import annotations

import pytest

from tests.project import facts_of

OPENS = {
    "src/Worker.cs": """
        using Microsoft.Data.SqlClient;
        namespace Shop;
        public class Worker {
            public List<Row> All() { using var c = new SqlConnection(text); return c.Query<Row>("SELECT a"); }
        }
    """
}
GIVEN = {
    "src/Worker.cs": """
        namespace Shop;
        public class Worker {
            public Worker(IDbConnection connection) { }
            public List<Row> All() => connection.Query<Row>("SELECT a FROM t").ToList();
        }
    """
}
TEST = """
    using NUnit.Framework;
    namespace Shop.Tests;
    public class WorkerTests {
        [Test] public void Lists() { var worker = new Worker(); Assert.That(worker.All(), Is.Not.Empty); }
    }
"""
MOCKED = TEST.replace("using NUnit", "using Moq;\n    using NUnit")
JAVA = {
    "src/main/java/shop/UserDao.java": """
        package shop;
        import java.sql.*;
        public class UserDao {
            public int count() { Connection c = DriverManager.getConnection("jdbc:mysql://h/d"); return 1; }
        }
    """,
    "src/test/java/shop/UserDaoTest.java": """
        package shop;
        import org.junit.jupiter.api.Test;
        class UserDaoTest { @Test void counts() { assertEquals(1, new UserDao().count()); } }
    """,
}
NODE = {
    "src/dao/skill.dao.js": """
        const { Pool } = require('pg');
        const pool = new Pool();
        exports.all = () => pool.query('SELECT name FROM skills');
    """,
    "src/names.js": "exports.full = (user) => user.first + user.last;",
}
NODE_TEST = """
    const dao = require('../src/dao/skill.dao');
    test('lists', async () => { expect(await dao.all()).toBeDefined(); });
"""
CASES = {
    "a module of Node sends queries by itself": (
        {**NODE, "__tests__/skill.test.js": NODE_TEST},
        ["__tests__/skill.test.js"],
    ),
    "the module of Node is replaced": (
        {**NODE, "__tests__/skill.test.js": f"jest.mock('../src/dao/skill.dao');\n{NODE_TEST}"},
        [],
    ),
    "the module of Node asks nothing": (
        {**NODE, "__tests__/skill.test.js": NODE_TEST.replace("dao/skill.dao", "names")},
        [],
    ),
    "the class opens a connection by itself": ({**OPENS, "tests/WorkerTests.cs": TEST}, ["tests/WorkerTests.cs"]),
    "the same in Java": (JAVA, ["src/test/java/shop/UserDaoTest.java"]),
    "the class is given its connection": ({**GIVEN, "tests/WorkerTests.cs": TEST}, []),
    "the test replaces what it depends on": ({**OPENS, "tests/WorkerTests.cs": MOCKED}, []),
    "no test makes the class": ({**OPENS, "tests/WorkerTests.cs": TEST.replace("new Worker()", "new Other()")}, []),
}


@pytest.mark.parametrize("case", CASES)
def test_tests_that_reach_a_database(case: str) -> None:
    files, paths = CASES[case]
    assert [place.path for place in facts_of(files).tests.database] == paths
