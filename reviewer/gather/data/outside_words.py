"""The words by which `reviewer.gather.data.outside` tells values from outside from those of the program itself."""

from __future__ import annotations

import re

from reviewer.gather.look import words

CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*")
SCHEMA_WORD = re.compile(
    r"table|column|collection|schema|keyspace|field|prefix|db_?name|database|attr|sort|order", re.IGNORECASE
)
"""Names of things that a program has of itself, where nothing says otherwise."""

FRAGMENT_WORD = re.compile(
    SCHEMA_WORD.pattern + r"|where|clause|condition|sql|query|select|fragment|^cond$", re.IGNORECASE
)
"""Names of parameters that stand for a part of a statement: what their callers give is not told here."""

PLACEHOLDER_WORD = re.compile(r"place_?holder|qmarks|question_?marks|bind_?marks", re.IGNORECASE)
QUOTING = re.compile(r"_?(?:quote|escape|esc_|sanitiz|mysql_real_escape)", re.IGNORECASE)
"""Functions that make a text safe to stand in a statement, going by their names."""

REQUEST_NAMES = words(
    "flask.request cherrypy.request bottle.request sanic.request sys.argv pyramid.request tornado.request web.input"
    " process.argv quart.request"
)
REQUEST_WORDS = frozenset({"req", "request", "argv", "ctx", "event", "kwargs"})
NUMERIC_TYPES = re.compile(
    r"(?:Optional\[|Union\[)?(?:int|float|number|bool|boolean|Decimal|UUID|bigint|datetime|date|Date|PositiveInt)\b"
)
"""Declared types whose values cannot change a statement."""

SAFE_CALLS = words(
    "int float len bool abs round uuid4 uuid1 UUID parseInt parseFloat Number BigInt ObjectId now utcnow today"
    " time random randint randrange escape escapeId escape_string quote_ident quote_literal quoteIdent"
    " quoteLiteral escapeIdentifier escapeLiteral Identifier SQL Literal Placeholder range enumerate isoformat"
    " toISOString literal_column quote_name quote count indexOf total_seconds timestamp strftime toFixed"
)
"""Calls that give a number, a date or an escaped text whatever they are given."""

QUERY_CALLS = words(
    "execute fetchone fetchall fetchmany fetch fetchrow fetchval query scalar scalars first all mappings"
)
"""Calls that give rows: what the database holds did not just come in."""

CALLBACK_CALLS = QUERY_CALLS | words("forEach then each reduce find some every flatMap run")
"""Calls that hand rows or elements to a closure, first, and counts or errors beside them."""

INPUT_CALLS = frozenset({"input", "raw_input", "get_json", "getParameter", "get_argument", "prompt"})
NUMBERS = frozenset({"-", "/", "//", "**", "in", "not in", "instanceof"})
"""Operators that give a number or a truth whatever they are given."""

CONDITION = {"conditional_expression": 1, "ternary_expression": 0}
"""Which operand of a conditional is only its test."""

COMPREHENSIONS = words("list_comprehension generator_expression set_comprehension dictionary_comprehension")
TESTS = frozenset({"in", "not in", "instanceof"})
CHECKING_CALLS = words("includes has isdigit isnumeric isdecimal isInteger isalnum isidentifier isInt")
GROWING_CALLS = frozenset({"append", "push", "extend", "insert", "unshift", "add"})
MAPPED = re.compile(
    r"map|filter|keys|values|entries|items|join|split|strip|lower|upper|replace|trim|format|concat|get|slice|sort|sorted"
)

COMBINING = frozenset({"join", "format", "concat", "replace"})
