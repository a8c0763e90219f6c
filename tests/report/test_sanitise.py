"""One sanitiser per sink: what must not get through, beside what must."""

from __future__ import annotations

import re

import pytest

from reviewer.report import sanitise
from tests.report import hostile

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_visible_text_holds_no_control_or_direction_character_and_is_cut(text):
    shown = sanitise.visible(text)
    assert not CONTROL.search(shown)
    assert len(shown) <= sanitise.NAME_LIMIT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("orders.py", "orders.py", id="plain"),
        pytest.param("José 東京 مرحبا", "José 東京 مرحبا", id="letters of any script stay"),
        pytest.param("a\x1b[31mb", "a\\x1b[31mb", id="escape sequence"),
        pytest.param("a\u202eb", "a\\u202eb", id="right-to-left override"),
        pytest.param("a\nb", "a\\x0ab", id="line break"),
        pytest.param("\udcff", "\\udcff", id="lone surrogate"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag character"),
    ],
)
def test_unsafe_characters_are_shown_as_escapes(text, shown):
    assert sanitise.visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ada <ada@example.org>", id="in angle brackets"),
        pytest.param("by ada.b+c@mail.example.co.uk, today", id="in a sentence"),
        pytest.param("12345+ada@users.noreply.github.com", id="noreply"),
        pytest.param("postgres://user:pass@db.example.org/x", id="password before a host"),
        pytest.param("josé@exemple.fr", id="letters beyond ASCII"),
    ],
)
def test_addresses_are_masked(text):
    masked = sanitise.mask(text)
    assert "@" not in masked
    assert sanitise.ADDRESS_HIDDEN in masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("node_modules/@types/node", id="scoped package"),
        pytest.param("lodash@4.17.21", id="package version"),
        pytest.param("@app.route('/x')", id="decorator"),
        pytest.param("git@github.com:ada/orders.git", id="ssh address of a repository"),
        pytest.param("alpine@sha256:abcdef", id="image digest"),
    ],
)
def test_what_only_looks_like_an_address_stays(text):
    assert sanitise.mask(text) == text


@pytest.mark.parametrize(
    "token",
    [
        "AK" + "IAQ7HOSTILE5CANARYX",
        "gh" + "p_HostileCanary0123456789abcdefABCDEFxyz",
        "xox" + "b-1234567890-hostilecanaryhostile",
        "sk_" + "live_0123456789abcdef",
        "glp" + "at-0123456789abcdefghij",
    ],
)
def test_tokens_of_known_shape_are_masked_wherever_they_stand(token):
    for text in (token, f"config/{token}.py", f"Add key {token}"):
        assert token not in sanitise.mask(text)


def test_masking_is_linear_on_hostile_lines():
    for line in ("a" * 200_000, "a@" * 100_000, "a." * 100_000 + "@", "@a." * 60_000, "eyJ" * 60_000):
        sanitise.mask(line)


@pytest.mark.parametrize(
    "url", ["https://github.com/ada/orders/blob/abc/a%20b.py#L3", "http://127.0.0.1:8080/ada/orders"]
)
def test_plain_addresses_are_links(url):
    assert sanitise.link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//evil.invalid",
        "https://",
        "https://user:token@github.com/x",
        'https://github.com/" onclick="x',
        "https://github.com/<x>",
        "https://[broken",
        "file:///etc/passwd",
        "https://github.com/a\u202eb",
    ],
)
def test_everything_else_is_no_link(url):
    assert sanitise.link(url) is None


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_terminal_text_is_ascii_on_one_line_and_no_command(text):
    shown = sanitise.terminal(text)
    assert shown.isascii()
    assert shown.isprintable()
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown


def test_terminal_text_keeps_the_program_s_own_signs_in_words():
    assert sanitise.to_ascii("(5 + ½) ÷ 8 … José") == "(5 + 1/2) / 8 ... Jose"
