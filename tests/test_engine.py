"""The engine: only well-made checks are loaded, each is given what it names, and none ends a review."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import checks
from reviewer import engine
from reviewer.engine import CheckError, catalogue, family_id, load_checks, run_checks
from reviewer.gather import registry
from reviewer.model.check import Check, Depth, LoadedCheck
from reviewer.model.facts.repository import FileRole, LanguageUse, RepositoryFacts
from reviewer.model.finding import Confidence, Effort, Evidence, Finding, Outcome, Verdict
from reviewer.skills.taxonomy import FAMILIES, Taxonomy
from tests.project import facts_of, make_repository

ROOT = Path(__file__).parent.parent
TAXONOMY = Taxonomy.built_in()
GOOD = Check(
    title_shown="It is there",
    title_not_shown="It is not there",
    looks_for="It.",
    why="Because.",
    advice="Add it.",
    effort=Effort.HOURS,
    level=2,
    shown_when="It is there.",
    does_not_count="What is not.",
    skills=("SQL",),
)
SHOWN = Verdict(outcome=Outcome.SHOWN, summary="There.")
NOT_SHOWN = Verdict(outcome=Outcome.NOT_SHOWN, summary="Not there.")


@pytest.mark.parametrize("item", catalogue(), ids=lambda item: item.id)
def test_every_check_is_well_made(item: LoadedCheck) -> None:
    check = item.check
    for name in ("title_shown", "title_not_shown", "looks_for", "why", "advice", "shown_when", "does_not_count"):
        text = getattr(check, name)
        assert text.strip() == text != ""
        assert "{name}" not in text
    for name in ("title_shown", "title_not_shown"):
        assert not getattr(check, name).endswith(".")
    assert check.title_shown != check.title_not_shown
    assert 1 <= check.level <= 4
    assert check.weight > 0
    assert check.skills
    assert all(TAXONOMY.knows(skill) for skill in check.skills)
    assert set(item.facts) <= set(RepositoryFacts.__struct_fields__) | {"subject", "facts"}
    assert ("subject" in item.facts) <= (item.subject is not None)
    assert len(check.pattern.splitlines()) <= 6
    assert all(link.startswith("https://") for link in check.links)


def test_every_file_is_a_check_with_an_id_of_its_own() -> None:
    stems = [path.stem for path in (ROOT / "checks").glob("*/*.py") if not path.stem.startswith("_")]
    assert sorted(ident for _, ident, _ in checks.modules()) == sorted(stem.replace("_", "-") for stem in stems)
    ids = [item.id for item in catalogue()]
    assert len(set(ids)) == len(ids)
    assert [(item.area, item.id) for item in catalogue()] == sorted((item.area, item.id) for item in catalogue())


def test_families_have_a_check_for_every_name_of_their_group() -> None:
    subjects = {item.subject for item in catalogue() if item.subject}
    assert subjects == {name for group in FAMILIES.values() for name in TAXONOMY.group(group)}
    assert all(item.check.skills == (item.subject,) for item in catalogue() if item.subject)


@pytest.mark.parametrize(
    ("ident", "name", "wanted"),
    [
        ("lang-use", "Python", "lang-python-use"),
        ("lang-use", "C#", "lang-csharp-use"),
        ("fw-features", "Django REST framework", "fw-django-rest-framework-features"),
        ("fw-use", "ASP.NET Core", "fw-aspnet-core-use"),
        ("lang-use-more", "Go", "lang-go-use-more"),
    ],
)
def test_the_id_of_a_check_of_a_family(ident: str, name: str, wanted: str) -> None:
    assert family_id(ident, name) == wanted


def module(check: object = GOOD, run: object = lambda code: SHOWN) -> ModuleType:
    made = ModuleType("made")
    if check is not None:
        made.CHECK = check  # type: ignore[attr-defined]
    if run is not None:
        made.run = run  # type: ignore[attr-defined]
    return made


def changed(**fields: object) -> Check:
    return msgspec.structs.replace(GOOD, **fields)


WRONG = {
    "no metadata": (module(check=None), "needs CHECK"),
    "other metadata": (module(check={"level": 1}), "needs CHECK"),
    "no function": (module(run=None), "and run, a function"),
    "something that is no function": (module(run=3), "and run, a function"),
    "unknown facts": (module(run=lambda code, moods: SHOWN), "no facts are called moods"),
    "any facts": (module(run=lambda *everything: SHOWN), "no facts are called everything"),
    "an empty text": (module(changed(why="", advice="")), "empty text: why, advice"),
    "a level that is none": (module(changed(level=5)), "level 5 is not on the ladder"),
    "no skill": (module(changed(skills=())), "speaks for no skill"),
    "an unknown skill": (module(changed(skills=("SQL", "juggling"))), "unknown skill juggling"),
    "an unknown family": (module(changed(family="langauge", skills=())), "no family is called langauge"),
}


@pytest.mark.parametrize(("made", "why"), WRONG.values(), ids=WRONG)
def test_a_check_that_is_not_well_made_is_refused_by_name(
    made: ModuleType, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "modules", lambda: iter([("area", "made-check", made)]))
    with pytest.raises(CheckError, match=why) as refused:
        load_checks(TAXONOMY)
    assert str(refused.value).startswith("made-check: ")


def test_two_checks_of_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "modules", lambda: iter([("a", "twin", module()), ("b", "twin", module())]))
    with pytest.raises(CheckError, match="twin: two checks have this id"):
        load_checks(TAXONOMY)


FACTS = facts_of({"app/main.py": "def f():\n    return 1\n"})
DEPTHS = {language.name: language.depth for language in registry.languages().values()}


def found(run: Callable[..., object], check: Check = GOOD, facts: RepositoryFacts = FACTS, **more: object) -> Finding:
    names = tuple(run.__code__.co_varnames[: run.__code__.co_argcount])
    item = LoadedCheck(id="made", area="area", check=check, run=run, facts=names, **more)  # type: ignore[arg-type]
    (finding,) = run_checks((item,), facts, DEPTHS)
    return finding


def test_a_check_is_given_the_facts_that_it_names() -> None:
    def run(code, history, facts, subject, problems):
        right = (code, history, problems) == (FACTS.code, FACTS.history, FACTS.problems) and facts is FACTS
        return SHOWN if right and subject == "Python" else NOT_SHOWN

    assert found(run, subject="Python").outcome is Outcome.SHOWN


def raises(error: BaseException) -> Callable[..., Verdict]:
    def run(code) -> Verdict:
        raise error

    return run


FAULTS = [ValueError("told: a stranger's text"), KeyError(), RecursionError(), MemoryError(), AssertionError()]


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_a_check_that_raises_could_not_tell(error: Exception) -> None:
    finding = found(raises(error))
    assert finding.outcome is Outcome.COULD_NOT_TELL
    assert finding.summary == f"The check itself failed ({type(error).__name__}); please report it."


@pytest.mark.parametrize("given", [None, True, "shown", Outcome.SHOWN], ids=repr)
def test_a_check_that_gives_no_verdict_could_not_tell(given: object) -> None:
    finding = found(lambda code: given)
    assert finding.outcome is Outcome.COULD_NOT_TELL
    assert "no verdict" in finding.summary


def test_an_interruption_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        found(raises(KeyboardInterrupt()))


GUESSES = {
    "praise": (Outcome.SHOWN, Outcome.SHOWN),
    "blame": (Outcome.NOT_SHOWN, Outcome.COULD_NOT_TELL),
    "nothing to judge": (Outcome.NOT_APPLICABLE, Outcome.NOT_APPLICABLE),
}


@pytest.mark.parametrize(("said", "kept"), GUESSES.values(), ids=GUESSES)
def test_a_guess_may_praise_and_never_blame(said: Outcome, kept: Outcome) -> None:
    guess = Verdict(outcome=said, summary="Perhaps.", confidence=Confidence.GUESS)
    finding = found(lambda code: guess)
    assert finding.outcome is kept
    assert finding.summary.startswith("Not told for certain") is (said is not kept)


@pytest.mark.parametrize("outcome", [Outcome.COULD_NOT_TELL, Outcome.NOT_APPLICABLE])
def test_what_was_not_judged_does_not_bear_the_title_of_a_lack(outcome: Outcome) -> None:
    assert found(lambda code: msgspec.structs.replace(SHOWN, outcome=outcome)).title == GOOD.title_shown


def with_languages(*uses: tuple[str, str, int]) -> RepositoryFacts:
    """Facts with (language, role, own lines) and nothing else changed."""
    rows = tuple(
        LanguageUse(name=name, role=FileRole(role), files=1, lines=lines, own_lines=lines, read=True)
        for name, role, lines in uses
    )
    return msgspec.structs.replace(FACTS, project=msgspec.structs.replace(FACTS.project, languages=rows))


LANGUAGES = {
    # languages, whether the absence of routes counts
    "a language that is read": ([("Python", "server", 900)], True),
    "one that is not": ([("Elixir", "server", 900)], False),
    "mostly one that is not": ([("Python", "server", 400), ("Elixir", "server", 500)], False),
    "hardly one that is not": ([("Python", "server", 900), ("Elixir", "server", 300)], True),
    "few lines of one that is not": ([("Python", "server", 100), ("Elixir", "server", 150)], True),
    "one that is not, beside the server": ([("Python", "server", 300), ("Elixir", "frontend", 900)], True),
    "one in which nobody writes a server": ([("Python", "server", 100), ("C", "server", 900)], True),
    "nothing": ([], True),
}
OUTCOMES = [Outcome.NOT_SHOWN, Outcome.NOT_APPLICABLE, Outcome.SHOWN, Outcome.PARTLY, Outcome.COULD_NOT_TELL]


@pytest.mark.parametrize("said", OUTCOMES)
@pytest.mark.parametrize(("uses", "counts"), LANGUAGES.values(), ids=LANGUAGES)
def test_absence_counts_only_where_the_languages_are_read(
    uses: list[tuple[str, str, int]], counts: bool, said: Outcome
) -> None:
    check = changed(needs=(Depth.ROUTES,))
    verdict = Verdict(outcome=said, summary="So it is.")
    finding = found(lambda code: verdict, check, with_languages(*uses))
    absent = said in (Outcome.NOT_SHOWN, Outcome.NOT_APPLICABLE)
    assert finding.outcome is (Outcome.NOT_SUPPORTED if absent and not counts else said)
    assert ("Elixir" in finding.summary) is (absent and not counts)
    assert found(lambda code: verdict, GOOD, with_languages(*uses)).outcome is said, "a check that needs nothing read"


def test_what_a_finding_says_when_shown_and_when_not() -> None:
    shown, absent = found(lambda code: SHOWN), found(lambda code: NOT_SHOWN)
    assert (shown.title, shown.advice, shown.effort) == ("It is there", None, None)
    assert (absent.title, absent.advice, absent.effort) == ("It is not there", "Add it.", Effort.HOURS)
    exact = Verdict(outcome=Outcome.PARTLY, summary="", advice="Add it here.", at="app/here.py")
    partly = found(lambda code: exact)
    assert (partly.title, partly.advice, partly.at) == ("It is not there", "Add it here.", "app/here.py")


@pytest.mark.parametrize("outcome", [Outcome.COULD_NOT_TELL, Outcome.NOT_APPLICABLE])
def test_what_was_not_judged_gets_no_advice_but_its_own(outcome: Outcome) -> None:
    verdict = msgspec.structs.replace(SHOWN, outcome=outcome)
    assert found(lambda code: verdict).advice is None
    own = msgspec.structs.replace(verdict, advice="Fetch the whole history.")
    assert found(lambda code: own).advice == "Fetch the whole history."


def test_functions_of_a_language_without_servers_are_still_not_read() -> None:
    check = changed(needs=(Depth.FUNCTIONS,))
    finding = found(lambda code: NOT_SHOWN, check, with_languages(("C", "server", 900)))
    assert finding.outcome is Outcome.NOT_SUPPORTED


def test_the_title_of_what_is_partly_there_may_be_its_own() -> None:
    partly = msgspec.structs.replace(SHOWN, outcome=Outcome.PARTLY)
    some = msgspec.structs.replace(GOOD, title_partly="Some of it is there")
    assert [found(lambda code: partly, check).title for check in (GOOD, some)] == [
        "It is not there",
        "Some of it is there",
    ]


def test_evidence_is_kept_up_to_a_number_and_the_rest_is_counted() -> None:
    places = tuple(Evidence(path=f"f{number}.py", line=1) for number in range(engine.EVIDENCE_MOST + 7))
    finding = found(lambda code: msgspec.structs.replace(SHOWN, evidence=places))
    assert (len(finding.evidence), finding.more_evidence, finding.at) == (engine.EVIDENCE_MOST, 7, "f0.py")


THIRD = """
from reviewer.model.check import Check
from reviewer.model.finding import Effort
from reviewer.model.verdict import shown

AREA = "of others"
CHECK = Check(
    title_shown="Others check too", title_not_shown="Others do not", looks_for="It.", why="It.", advice="Do.",
    effort=Effort.MINUTES, level=1, shown_when="Always.", does_not_count="Nothing.", skills=("SQL",),
)

def run(project):
    return shown("There.")
"""


PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "others"
version = "1.0"

[project.entry-points."reviewer.checks"]
{entry}

[tool.hatch.build.targets.wheel]
packages = ["others"]
"""
INSTALL = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target")


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Builds a package of somebody else's, installs it with pip, and runs the command line with it in reach."""

    def make(
        module_text: str, *command: str, entry: str = 'others-check = "others.check"'
    ) -> subprocess.CompletedProcess[str]:
        project, site = tmp_path / "project", tmp_path / "site"
        if not site.exists():
            package = project / "others"
            package.mkdir(parents=True)
            (package / "__init__.py").write_text("")
            (package / "check.py").write_text(module_text)
            (project / "pyproject.toml").write_text(PROJECT.format(entry=entry))
            subprocess.run([sys.executable, *INSTALL, str(site), str(project)], check=True, cwd=tmp_path)
        env = os.environ | {"PYTHONPATH": f"{site}{os.pathsep}{ROOT}"}
        return subprocess.run(
            [sys.executable, "-m", "reviewer", *(command or ("checks",))],
            env=env, capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip

    return make


def test_a_check_of_an_installed_package_is_one_of_the_catalogue(installed: Callable) -> None:
    ran = installed(THIRD)
    assert (ran.returncode, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    assert "of others" in lines
    assert lines[lines.index("of others") + 1].split() == "others-check level 1 Others check too".split()
    assert f"{len(catalogue()) + 1} checks" in lines[-1]


def test_a_check_of_an_installed_package_is_explained_and_judges(installed: Callable, tmp_path: Path) -> None:
    assert installed(THIRD, "explain", "others-check").stdout.startswith("others-check: Others check too\n")
    shop = make_repository(tmp_path / "shop", [{"message": "Say hello", "files": {"app.py": "print('hello')\n"}}])
    ran = installed(THIRD, "review", str(shop), "-o", "out", "--no-cache")
    assert (ran.returncode, ran.stderr) == (0, "")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    (found,) = [item for item in report["repositories"][0]["findings"] if item["check"] == "others-check"]
    assert (found["area"], found["outcome"], found["summary"]) == ("of others", "shown", "There.")


BROKEN = {
    "cannot be imported": ("import nothing_of_the_kind", "others-check: others.check cannot be loaded"),
    "is no Python": ("def", "others-check: others.check cannot be loaded"),
    "is not well made": (THIRD.replace("level=1", "level=9"), "others-check: level 9 is not on the ladder"),
}


@pytest.mark.parametrize(("text", "why"), BROKEN.values(), ids=BROKEN)
def test_an_installed_package_that_is_broken_is_named_in_one_line(text: str, why: str, installed: Callable) -> None:
    ran = installed(text)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"reviewer: {why}")
    assert ran.stderr.count("\n") == 1


def test_an_entry_point_that_is_no_module_is_named(installed: Callable) -> None:
    assert "the entry point others.check:run is no module" in installed(THIRD, entry='x-y = "others.check:run"').stderr
