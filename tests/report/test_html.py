"""The page as text: what stands in it, what may not, and how large it gets."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import msgspec
import pytest

from reviewer.report.html import render_html
from reviewer.report.markdown import render_markdown
from reviewer.report.terminal import render_summary
from tests.report import hostile, samples
from tests.report.parts import report, repository, requirement

SAMPLES = {
    "candidate": samples.candidate,
    "strong": samples.strong,
    "weak": samples.weak,
    "nothing": samples.nothing,
    "nobody": samples.nobody,
    "unreachable": samples.unreachable,
    "twelve repositories": lambda: samples.many(12),
    "hostile": hostile.document,
}
ELEMENTS = frozenset(
    "html head meta link title style script body header main footer nav section h1 h2 h3 h4 h5 p a strong code mark "
    "bdi time q span div ul ol li dl dt dd pre details summary form fieldset legend label input table thead tbody "
    "tr th td svg rect text line circle path".split()
)
"""Every element that the templates use."""


class Page(HTMLParser):
    """Elements with their attributes, and the text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data):
        if self._open not in ("style", "script"):
            self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=SAMPLES)
def page(request) -> str:
    return render_html(SAMPLES[request.param]())


def test_the_same_document_gives_the_same_page():
    assert render_html(samples.candidate()) == render_html(samples.candidate())


def test_the_policy_comes_right_after_the_charset_and_holds_the_hashes_of_what_is_inlined(page):
    head = page[: page.index("<title>")]
    assert head.index("charset") < head.index("Content-Security-Policy") < head.index("viewport")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)[1].replace("&#39;", "'")
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    for part in ("default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"):
        assert part in policy


def test_there_is_nothing_but_the_program_s_own_elements_and_attributes(page):
    found = Page(page)
    assert {tag for tag, _ in found.elements} <= ELEMENTS
    names = {name for _, attributes in found.elements for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src", "srcdoc", "formaction")}
    assert len(found.of("script")) == len(found.of("style")) == 1


def test_links_lead_to_hosts_or_into_the_page_and_tell_nobody_where_from(page):
    found = Page(page)
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for attributes in found.of("a"):
        target = attributes["href"]
        if target.startswith("#"):
            assert target[1:] in ids
        else:
            assert re.match(r"https?://", target)
            assert attributes["rel"] == "noreferrer"


def test_the_page_has_its_landmarks_one_h1_and_headings_in_order(page):
    tags = [tag for tag, _ in Page(page).elements]
    for landmark in ("header", "main", "footer", "h1"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_no_control_or_direction_character_reaches_the_page(page):
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", page
    )
    page.encode("utf-8")


def test_templates_of_strangers_are_not_evaluated():
    assert "1337" not in render_html(hostile.document())


def test_attacks_are_shown_as_text():
    text = " ".join(Page(render_html(hostile.document())).texts)
    for attack in ("<script>window.__pwned=1</script>", "{{7*191}}", "\\x1b[2J", "\\u202e"):
        assert attack in text


def test_the_answer_is_among_the_first_words():
    texts = Page(render_html(samples.candidate())).texts
    words = " ".join(texts[texts.index("Skip to what to do next") :]).split()
    assert "5 of 8 required skills are met" in " ".join(words[:20])


def test_the_title_names_candidate_and_job():
    title = re.search("<title>(.*?)</title>", render_html(samples.candidate()))[1]
    assert "Ada Example" in title
    assert "Junior Back-end Developer" in title


def test_the_decisive_line_of_a_snippet_is_marked_and_numbered():
    text = render_html(samples.candidate())
    assert '<ol class="code" start="30">' in text
    assert '<li class="hit"><mark>    cursor.execute(f&#34;INSERT INTO' in text


def test_names_are_isolated_from_the_direction_of_the_text_around_them():
    made = samples.candidate()
    subject = msgspec.structs.replace(made.subject, name="عادة")
    assert "<bdi>عادة</bdi>" in render_html(msgspec.structs.replace(made, subject=subject))


def test_code_in_sentences_is_code():
    assert "Add an index on <code>orders.user_id</code>" in render_html(samples.candidate())


def kilobytes(made) -> float:
    return len(render_html(made).encode()) / 1024


def test_the_skeleton_is_small():
    assert kilobytes(report([], [])) <= 40


def test_the_script_is_small():
    script = re.search("<script>(.*?)</script>", render_html(samples.candidate()), re.DOTALL)[1]
    assert len(script) <= 5 * 1024


@pytest.mark.parametrize(("count", "most"), [(6, 300), (30, 1024)])
def test_pages_stay_small_with_many_repositories(count, most):
    assert kilobytes(samples.many(count)) <= most


def test_a_repository_that_is_a_bomb_makes_no_page_that_is_one():
    home = samples.orders()
    many = [msgspec.structs.replace(item, check=f"c{n}") for n in range(400) for item in home.findings[:3]]
    bomb = msgspec.structs.replace(
        home,
        findings=many,
        api=msgspec.structs.replace(home.api, endpoints=home.api.endpoints * 100),
        left_out={"findings": 78_800},
    )
    made = samples.report([], [msgspec.structs.replace(bomb, name=f"r{n}") for n in range(3)])
    assert kilobytes(made) < 20 * 1024


LACKS = {
    # requirements as (state, importance); whether the page says what to begin with
    "what is required lacks": ([("not_shown", "required")], True),
    "only what is optional lacks": ([("met", "required"), ("not_shown", "optional")], False),
    "what is required is half there": ([("partly", "required")], False),
}


@pytest.mark.parametrize(("rows", "told"), LACKS.values(), ids=LACKS)
def test_where_no_change_would_show_what_lacks_the_page_says_what_to_begin_with(rows, told):
    needs = [
        requirement(f"need{number}", f"Need {number}", state, 2, 0 if state == "not_shown" else 2, [], importance=kind)
        for number, (state, kind) in enumerate(rows)
    ]
    made = report(needs, [repository("a")])
    said = [" ".join(Page(render_html(made)).texts), render_markdown(made), render_summary(made, "report.html")]
    for text in said:
        assert ("No change of the reviewed code would show what lacks: Need 0." in " ".join(text.split())) is told
