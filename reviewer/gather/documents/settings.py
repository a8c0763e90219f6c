"""Settings files (``.env``, properties, INI, YAML, JSON, XML): the databases they configure. Values are never kept."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import KINDS
from reviewer.gather.documents._settings_lines import named_databases
from reviewer.gather.documents._trees import with_document
from reviewer.gather.look import words
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import DataUse, How
from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts

TEXT_LIMIT = 200_000
SETTING = re.compile(r"^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.]*[ \t]*[=:]", re.MULTILINE)
XML_SETTINGS = re.compile(
    r"<(?:hibernate-configuration|persistence|schema|beans|Context|phpunit|configuration|datasources?|connectionStrings|web-app)\b",
    re.IGNORECASE,
)
"""The root elements of XML files that configure an application."""

XML_HEAD = 4_000
CABLE = "channel_prefix:"
"""What Action Cable's settings say beside their adapter: they name Redis in every new application, used or not."""

TEST_KINDS = words(
    "env-test github-workflow gitlab-ci circleci travis bitbucket-pipelines drone appveyor azure-pipelines cloudbuild"
)
"""Kinds of files that hold for runs of tests alone."""


def with_data_uses(source: str, base: FileFacts, *, tests: bool = False) -> FileFacts:
    """The facts with every database that a settings file configures, each at the first line that says so.

    Args:
        source: the text, in any of the usual formats.
        base: the facts so far.
        tests: the file holds for runs of tests alone (a CI file).
    """
    found: dict[str, DataUse] = {}
    how = How.DEPENDENCY if CABLE in source else How.CONFIGURED
    for item in named_databases(source[:TEXT_LIMIT]):
        known = found.get(item.name)
        if known is None or (known.tests and not item.tests and not tests):
            found[item.name] = DataUse(
                name=item.name,
                kind=KINDS[item.name],
                how=how,
                line=item.line,
                detail="settings",
                tests=tests or item.tests,
            )
    return msgspec.structs.replace(base, data=(*base.data, *found.values())) if found else base


def read_settings(source: str, base: FileFacts) -> FileFacts:
    """A settings file whose name says that it is one; ``Web.config`` is XML, whose comments hold examples."""
    if source.lstrip("\ufeff \t\r\n").startswith("<"):
        source = _without_comments(source[:TEXT_LIMIT])
    return with_data_uses(source, base)


MEASURES = re.compile(
    r"<log\s[^<>]{0,200}\btype\s*=\s*[\"']coverage-|<coverage\b[^<>]{0,300}(?<!/)>[^\0]{0,3000}?<report>", re.IGNORECASE
)
"""What makes PHPUnit measure coverage whenever it runs: a report of it."""


def read_example_env(source: str, base: FileFacts) -> FileFacts:
    """An example of the settings that the application reads from its environment."""
    if not SETTING.search(source):
        return base
    return with_data_uses(source, with_document(base, Document(example_env=True)))


def read_test_settings(source: str, base: FileFacts) -> FileFacts:
    """Settings that hold for runs of tests alone."""
    return with_data_uses(source, base, tests=True)


def read_xml_settings(source: str, base: FileFacts) -> FileFacts:
    """XML that configures an application: Hibernate, JPA, Spring's beans, a servlet container, PHPUnit."""
    root = XML_SETTINGS.search(source, 0, XML_HEAD)
    if not root:
        return base
    live = _without_comments(source[:TEXT_LIMIT])
    tests = root[0].lower() == "<phpunit"
    if tests and MEASURES.search(live):
        base = with_document(base, Document(coverage_measured=True))
    return with_data_uses(live, base, tests=tests)


def _without_comments(source: str) -> str:
    """The text with what its comments hold left out, line by line as before."""
    first, *rest = source.split("<!--")
    return first + "".join(
        "\n" * inside.count("\n") + after for inside, _, after in (part.partition("-->") for part in rest)
    )


SETTINGS = DocumentReader(
    "settings", ("env", "properties", "ini", "conf", "example", "deploy:Serverless Framework"), read_settings
)
EXAMPLE_ENV = DocumentReader("example-env", ("env-example",), read_example_env, reads_generated=True)
TEST_SETTINGS = DocumentReader("test-settings", tuple(sorted(TEST_KINDS)), read_test_settings, reads_generated=True)
XML = DocumentReader("xml-settings", ("xml",), read_xml_settings)
