"""report.json: valid against its published schema, the same bytes each time, safe to print."""

from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest

from reviewer.model.document import Report
from reviewer.report.document import cleaned, document
from reviewer.report.json import render_json
from reviewer.report.schema import render_schema
from tests.report import hostile, samples
from tests.report.reviews import finding, repository, review

DOCUMENTS = {
    "candidate": samples.candidate,
    "strong": samples.strong,
    "weak": samples.weak,
    "nothing": samples.nothing,
    "hostile": lambda: cleaned(hostile.document()),
    "drawn from a review": lambda: document(review(repository("orders-api", finding()))),
}


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(render_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_valid_and_come_back_as_they_were(name, validator):
    made = DOCUMENTS[name]()
    data = render_json(made)
    validator.validate(json.loads(data))
    assert msgspec.json.decode(data, type=Report) == made


def test_the_schema_refuses_what_is_no_report(validator):
    assert not validator.is_valid({"schema_version": "1"})


def test_the_schema_names_every_type_and_field_in_words():
    definitions = json.loads(render_schema())["$defs"]
    assert definitions["RepositoryPart"]["title"] == "Repository"
    assert definitions["RepositoryPart"]["properties"]["own_share"]["title"] == "Own share"
    assert all("title" in field for item in definitions.values() for field in item.get("properties", {}).values())


def test_the_same_document_gives_the_same_bytes_with_a_newline_at_the_end():
    first, second = (render_json(samples.candidate()) for _ in range(2))
    assert first == second
    assert first.endswith(b"}\n")
    assert first.startswith(b'{\n  "schema_version": "1"')


def test_no_control_or_direction_character_stands_in_the_bytes():
    text = render_json(cleaned(hostile.document())).decode("utf-8")
    assert not any(char in text for char in "\x1b\x9b\x7f\u202e\u2066\u200b\u2028\ufeff\U000e0041")
    assert "\\u202e" in text
