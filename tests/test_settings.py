"""Settings: from a file, then the environment, then options; what is wrong is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.target import Target, TargetKind
from reviewer.settings import FILE_LIMIT, Settings, SettingsError, cache_folder, read_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and an environment without settings."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("REVIEWER_CACHE_DIR", "REVIEWER_GITHUB_URL", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def read(config: str | None = None, targets: tuple[Target, ...] = (), **options: object) -> Settings:
    return read_settings(options, config, targets)


def path_target(path: Path) -> Target:
    return Target(kind=TargetKind.PATH, text=str(path), path=str(path))


def test_without_anything_the_defaults_hold() -> None:
    assert read() == Settings()
    assert (Settings().max, Settings().profile, Settings().output) == (50, "backend", "readiness-report")


SOURCES = {
    # file, environment, option: the cache folder
    "nothing": ({}, None),
    "the file": ({"file": "f"}, "f"),
    "the environment": ({"environment": "e"}, "e"),
    "the option": ({"option": "o"}, "o"),
    "the environment over the file": ({"file": "f", "environment": "e"}, "e"),
    "the option over the file": ({"file": "f", "option": "o"}, "o"),
    "the option over both": ({"file": "f", "environment": "e", "option": "o"}, "o"),
    "an empty variable says nothing": ({"file": "f", "environment": ""}, "f"),
    "an option that was not given says nothing": ({"file": "f", "option": None}, "f"),
}


@pytest.mark.parametrize(("given", "wanted"), SOURCES.values(), ids=SOURCES)
def test_the_last_source_wins(
    given: dict[str, str], wanted: str | None, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "file" in given:
        (here / "reviewer.toml").write_text(f'cache_dir = "{given["file"]}"')
    if "environment" in given:
        monkeypatch.setenv("REVIEWER_CACHE_DIR", given["environment"])
    assert read(cache_dir=given.get("option")).cache_dir == wanted


def test_a_zero_is_an_option_that_was_given(here: Path) -> None:
    (here / "reviewer.toml").write_text("fail_under = 60")
    assert read(fail_under=0).fail_under == 0


def test_each_source_adds_what_the_others_do_not_say(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "reviewer.toml").write_text('me = ["ada"]\nmax = 7\nforks = true\nfail-under = 60')
    monkeypatch.setenv("REVIEWER_GITHUB_URL", "http://localhost:1")
    made = read(max=9, skip=("old-*",), forks=False, me=())
    assert (made.me, made.max, made.forks, made.fail_under) == (("ada",), 9, True, 60)
    assert (made.github_url, made.skip) == ("http://localhost:1", ("old-*",))


FILES = {
    "reviewer.toml": ({"reviewer.toml": "max = 3"}, 3),
    "a table of pyproject.toml": ({"pyproject.toml": "[tool.reviewer]\nmax = 4"}, 4),
    "reviewer.toml before pyproject.toml": (
        {"reviewer.toml": "max = 3", "pyproject.toml": "[tool.reviewer]\nmax = 4"}, 3,
    ),
    "pyproject.toml of other tools": ({"pyproject.toml": "[tool.other]\nmax = 4"}, 50),
    "pyproject.toml whose tool is no table": ({"pyproject.toml": "tool = 3"}, 50),
    "a file with waivers": ({"reviewer.toml": 'max = 5\n[[waive]]\ncheck = "x"\nreason = "y"'}, 5),
    "an empty file": ({"reviewer.toml": ""}, 50),
}  # fmt: skip


@pytest.mark.parametrize(("files", "wanted"), FILES.values(), ids=FILES)
def test_the_files_of_the_working_directory(files: dict[str, str], wanted: int, here: Path) -> None:
    for name, text in files.items():
        (here / name).write_text(text)
    assert read().max == wanted


def test_waivers_are_read_with_their_file_and_place(here: Path) -> None:
    (here / "reviewer.toml").write_text('[[waive]]\ncheck = "a"\nreason = "b"\n[[waive]]\ncheck = "c"\nreason = "d"')
    assert [(item.check, item.reason, item.source, item.number, item.counts) for item in read().waive] == [
        ("a", "b", "reviewer.toml", 1, False),
        ("c", "d", "reviewer.toml", 2, False),
    ]


def test_a_faulty_waiver_is_named(here: Path) -> None:
    (here / "reviewer.toml").write_text('[[waive]]\ncheck = "a"')
    with pytest.raises(SettingsError, match=r"^reviewer.toml: waiver 1: no reason"):
        read()


def test_a_named_file_replaces_those_of_the_working_directory(here: Path, tmp_path: Path) -> None:
    (here / "reviewer.toml").write_text("max = 3\nforks = true")
    (tmp_path / "mine.toml").write_text("max = 5")
    made = read(config=str(tmp_path / "mine.toml"))
    assert (made.max, made.forks) == (5, False)


WRONG = {
    "an unknown key": ("maximum = 3", "reviewer.toml: unknown key 'maximum'; known are output,"),
    "a text for a number": ('max = "many"', "reviewer.toml: Expected `int`, got `str` - at `$.max`"),
    "a number for a list": ("me = 3", r"reviewer.toml: Expected `array`, got `int` - at `$.me`"),
    "a list of numbers": ("me = [3]", r"reviewer.toml: Expected `str`, got `int` - at `$.me[0]`"),
    "a text for yes or no": ('forks = "perhaps"', "reviewer.toml: Expected `bool`, got `str` - at `$.forks`"),
    "an unknown format": ('format = ["docx"]', "reviewer.toml: no format 'docx'; there are html, json"),
    "a number that is too small": ("max = 0", "reviewer.toml: max and jobs are at least 1"),
    "no processes": ("jobs = 0", "reviewer.toml: max and jobs are at least 1"),
    "what is no TOML": ("max = ", "reviewer.toml: not TOML: "),
    "bytes that are no text": (b"\xff\xfe", "reviewer.toml: not TOML: "),
    "very much": ("#" * (FILE_LIMIT + 1), "reviewer.toml: larger than 256 KiB; not read"),
}


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("named", [False, True], ids=["found", "named"])
def test_what_is_wrong_is_said_in_one_line_with_the_file(text: str | bytes, why: str, named: bool, here: Path) -> None:
    (here / "reviewer.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as refused:
        read(config="reviewer.toml" if named else None)
    assert str(refused.value).startswith(why)
    assert "\n" not in str(refused.value)


def test_a_named_file_that_is_not_there_is_said() -> None:
    with pytest.raises(SettingsError, match=r"--config mine.toml: no such file"):
        read(config="mine.toml")


@pytest.mark.parametrize("options", [{"max": 0}, {"jobs": -1}, {"format": ("docx",)}, {"max": "many"}], ids=str)
def test_a_wrong_option_is_no_fault_of_a_file(options: dict[str, object], here: Path) -> None:
    (here / "reviewer.toml").write_text("max = 3")
    with pytest.raises(SettingsError, match=r"^settings: "):
        read(**options)


@pytest.mark.parametrize("name", ["reviewer.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    ("target", "obeyed"),
    [("here", False), (".", False), ("here/below", True), ("other", True), ("link", False)],
    ids=["the target itself", "above it", "a folder below", "beside it", "through a link"],
)
def test_settings_inside_a_target_are_not_read(
    target: str, obeyed: bool, name: str, here: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(here)
    (here / name).write_text("max = 3" if name == "reviewer.toml" else "[tool.reviewer]\nmax = 3")
    assert read(targets=(path_target(tmp_path / target),)).max == (3 if obeyed else 50)


def test_a_wrong_file_inside_a_target_ends_nothing(here: Path) -> None:
    (here / "reviewer.toml").write_text("nonsense = 1")
    assert read(targets=(path_target(here),)) == Settings()


def test_a_file_inside_a_target_is_read_when_it_is_named(here: Path) -> None:
    (here / "reviewer.toml").write_text("max = 3")
    assert read(config="reviewer.toml", targets=(path_target(here),)).max == 3


def test_targets_on_a_host_hide_no_file(here: Path) -> None:
    (here / "reviewer.toml").write_text("max = 3")
    assert read(targets=(Target(kind=TargetKind.LOGIN, text="ada", owner="ada"),)).max == 3


CACHES = {
    "switched off": (Settings(no_cache=True, cache_dir="/x"), {}, None),
    "as set": (Settings(cache_dir="/x"), {"XDG_CACHE_HOME": "/y"}, "/x"),
    "below the user's": (Settings(), {"XDG_CACHE_HOME": "/y"}, "/y/portfolio-reviewer"),
    "below home": (Settings(), {"HOME": "/h"}, "/h/.cache/portfolio-reviewer"),
    "in home, as set": (Settings(cache_dir="~/c"), {"HOME": "/h"}, "/h/c"),
}


@pytest.mark.parametrize(("settings", "environment", "folder"), CACHES.values(), ids=CACHES)
def test_where_the_cache_lies(
    settings: Settings, environment: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder(settings) == (Path(folder) if folder else None)
