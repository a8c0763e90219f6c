"""Every reader of documents against texts that strangers write: nothing raised, nothing slow, all of it storable."""

from __future__ import annotations

import time

import msgspec
import pytest

from reviewer.gather import registry
from reviewer.model.facts.file import FileFacts

SECONDS = 4.0
TEXTS = {
    "nothing": "",
    "blank lines": "\n" * 100_000,
    "NUL": "\0" * 1_000,
    "spaces": " " * 80_000 + "x\n",
    "tabs": "\t" * 200_000,
    "equals": "a" + "=" * 40_000,
    "open brackets": "[" * 300_000,
    "open braces": "{" * 200_000,
    "open objects": '{"a":' * 100_000,
    "open elements": "<a>" * 100_000,
    "quotes": '"' * 200_000,
    "triple quotes": "'''" * 60_000,
    "comment marks": "/*" * 100_000,
    "fences": "```\n" * 50_000,
    "images": "# t\n" + "[![" * 20_000,
    "underlines": "=\n" * 100_000,
    "continued lines": "RUN a \\\n" * 50_000,
    "bases": "FROM a\n" * 50_000,
    "versions": "## [" + "1." * 40_000,
    "blocks": "require (\n" * 20_000,
    "types": "type Query {" * 20_000,
    "services": "service a { rpc " * 20_000,
    "shell": "sh '" * 50_000,
    "runners": "npm run " * 50_000,
    "pipes": "x | " * 60_000,
    "names": "gem '" * 50_000 + "implementation('" * 20_000,
    "settings": "a:\n" * 60_000,
    "packages": '{"dependencies":{' + ",".join(f'"p{i}":"1"' for i in range(40_000)) + "}}",
    "paths": '{"openapi":"3","paths":{' + ",".join(f'"/p{i}":{{"get":{{}}}}' for i in range(20_000)) + "}}",
    "requests": '{"item":[' + ",".join(f'{{"request":{{"url":"http://a/{i}"}}}}' for i in range(9_000)) + "]}",
    "manifests": "apiVersion: v1\n" * 20_000,
    "dependencies": "<project>" + "<dependency><groupId>g</groupId></dependency>" * 9_000 + "</project>",
}

READERS = sorted(
    {item for items in registry.documents().values() for item in items if "documents" in item.read.__module__},
    key=lambda item: item.name,
)


@pytest.mark.parametrize("text", TEXTS)
def test_no_reader_breaks(text: str) -> None:
    for reader in READERS:
        start = time.process_time()
        facts = reader.read(TEXTS[text], FileFacts(kind=reader.kinds[0]))
        spent = time.process_time() - start
        assert spent < SECONDS, f"{reader.name} took {spent:.1f} s"
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts
