"""Markdown: the answer, the steps and the ledger, with no markup of a stranger's alive."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from reviewer.report.markdown import render_markdown
from reviewer.report.sanitise import markdown_code, markdown_text
from tests.report import hostile, samples

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list:
    found = []
    for token in PARSER.parse(text):
        found += [token, *(token.children or ())]
    return found


@pytest.mark.parametrize("attack", [text for text in hostile.TEXTS if text])
def test_code_spans_cannot_be_left(attack):
    kinds = [token.type for token in tokens(f"before {markdown_code(attack)} after")]
    assert kinds == ["paragraph_open", "inline", "text", "code_inline", "text", "paragraph_close"]


@pytest.mark.parametrize("attack", [text for text in hostile.TEXTS if text])
def test_sentences_hold_no_live_markup(attack):
    kinds = {token.type for token in tokens(markdown_text(attack))}
    assert kinds <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}


@pytest.mark.parametrize(
    "attack", ["@everyone", "closes #12", "octo/repo#2", "https://evil.invalid", "www.evil.invalid"]
)
def test_mentions_issue_numbers_and_bare_addresses_are_broken(attack):
    assert not re.search(r"@\w|#\d|://\w|www\.", markdown_text(attack).replace("\\", ""))


def test_a_hostile_document_adds_no_heading_html_image_or_foreign_link():
    found = tokens(render_markdown(hostile.document()))
    assert not {"html_block", "html_inline", "image", "fence", "table_open"} & {token.type for token in found}
    assert sum(token.type == "heading_open" for token in found) <= 4
    assert all(re.match("https?://", str(token.attrs["href"])) for token in found if token.type == "link_open")


def test_the_answer_comes_first_and_steps_and_ledger_follow():
    text = render_markdown(samples.candidate())
    assert text.startswith("# 5 of 8 required skills are met for Junior Back\\-end Developer\n")
    assert "1. **Run the tests on every push** · `orders-api`, `.github/workflows/ci.yml` · minutes · 69 → 75 %" in text
    assert text.index("## Do these three first") < text.index("## Requirements") < text.index("## Repositories")
    assert "- **Not shown** · `CI/CD` · required." in text


@pytest.mark.parametrize("made", [samples.nothing, samples.nobody, samples.unreachable, samples.strong, samples.weak])
def test_every_state_can_be_written(made):
    assert render_markdown(made()).startswith("# ")
