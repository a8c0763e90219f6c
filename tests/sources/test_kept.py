"""A clone that is kept between runs: used again, brought up to date, mended."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewer.sources.failures import CloneError
from reviewer.sources.limits import CloneLimits
from tests.servers.faults import Fault
from tests.servers.logins import Listed
from tests.servers.serve import Host
from tests.sources.cloning import QUICK, SPARSE, cloner, count, kinds, left_over, record, shop
from tests.sources.repositories import add_commits, git


def test_a_kept_clone_is_used_again_after_one_look_at_the_refs(host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    before = len(host.log)
    assert usual.clone(shop(host)) == made
    assert all("service=" in each.query or each.method == "POST" for each in host.log[before:])
    assert len(host.log) - before == 2  # ls-remote: what is there, and the refs


def test_a_kept_clone_of_a_named_commit_asks_nothing(host: Host, upstream: Path, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    asked = shop(host, revision=git(upstream, "rev-parse", "HEAD~1")[:10])
    made = usual.clone(asked)
    before = len(host.log)
    assert usual.clone(asked) == made
    assert len(host.log) == before


@pytest.mark.parametrize("limits", [QUICK, SPARSE], ids=["whole", "without old contents"])
def test_a_kept_clone_follows_the_host(limits: CloneLimits, host: Host, upstream: Path, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path, limits)
    usual.clone(shop(host))
    newest = add_commits(upstream, ["four"])
    git(upstream, "tag", "v1")
    made = usual.clone(shop(host))
    assert git(made, "rev-parse", "HEAD") == record(made).commit == newest
    assert (count(made, "HEAD"), record(made).tags) == (4, 1)
    assert git(made, "show", "HEAD:four.txt", GIT_ALLOW_PROTOCOL="none") == "four"
    assert left_over(tmp_path) == []


def test_a_kept_clone_follows_a_rewritten_history_and_another_default_branch(
    host: Host, upstream: Path, tmp_path: Path
) -> None:
    usual = cloner(host, tmp_path)
    usual.clone(shop(host))
    git(upstream, "update-ref", "refs/heads/main", git(upstream, "rev-parse", "HEAD~2"))
    git(upstream, "branch", "trunk", "main")
    git(upstream, "symbolic-ref", "HEAD", "refs/heads/trunk")
    newest = add_commits(upstream, ["other"], branch="trunk")
    made = usual.clone(shop(host))
    assert (record(made).commit, record(made).branch, count(made, "HEAD")) == (newest, "trunk", 2)


def test_offline_uses_what_is_kept_and_asks_nothing(host: Host, upstream: Path, tmp_path: Path) -> None:
    made = cloner(host, tmp_path).clone(shop(host))
    add_commits(upstream, ["four"])
    before = len(host.log)
    away = cloner(host, tmp_path, offline=True)
    assert away.clone(shop(host)) == made
    assert count(made, "HEAD") == 3
    with pytest.raises(CloneError, match="not in the cache, and --offline"):
        away.clone(shop(host, name="other", clone_url=f"{host.url}/ada/other.git"))
    assert len(host.log) == before


DAMAGE = {
    "no record": lambda made: (made / "reviewer.json").unlink(),
    "garbage in the record": lambda made: (made / "reviewer.json").write_bytes(b"\0{"),
    "another version": lambda made: (made / "reviewer.json").write_text('{"layout": 99, "url": "", "commit": ""}'),
    "no objects": lambda made: shutil.rmtree(made / "objects"),
    "an empty folder": lambda made: (shutil.rmtree(made), made.mkdir()),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_kept_clone_is_made_again(damage: object, host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    damage(made)
    assert usual.clone(shop(host)) == made
    assert kinds(made) == {"commit": 3, "tree": 3, "blob": 3}


def test_what_a_killed_run_left_is_thrown_away_and_nothing_finished_is_lost(host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    for name in ("shop.git.part-1", "shop.git.part-99999"):
        (made.parent / name / "objects").mkdir(parents=True)
    shutil.rmtree(made)
    usual.clone(shop(host))
    assert left_over(tmp_path) == []
    assert kinds(made)["commit"] == 3


RUN = """
import sys
from pathlib import Path
from reviewer.model.repository import Repository
from reviewer.sources.clone import Cloner
url, into = sys.argv[1:]
for name in ("shop", "slow"):
    Cloner(Path(into), github_url=url).clone(Repository(name=name, clone_url=f"{url}/ada/{name}.git"))
    print(name, flush=True)
"""


@pytest.mark.parametrize("wait", [0, 0.05, 0.2, 0.4], ids=str)
def test_a_run_that_is_killed_anywhere_loses_nothing_finished(
    wait: float, host: Host, upstream: Path, tmp_path: Path
) -> None:
    host.api.logins["ada"].repositories.append(Listed("slow", upstream))
    host.faults.append(Fault("/ada/slow", delay=0.1))
    command = [sys.executable, "-c", RUN, host.url, str(tmp_path / "cache")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "shop\n"
        time.sleep(wait)
        running.kill()
    before = len([each for each in host.log if "/ada/shop" in each.path])
    usual = cloner(host, tmp_path)
    slow = shop(host, name="slow", clone_url=f"{host.url}/ada/slow.git")
    assert kinds(usual.clone(slow)) == kinds(usual.clone(shop(host))) == {"commit": 3, "tree": 3, "blob": 3}
    assert len([each for each in host.log if "/ada/shop" in each.path]) - before == 2  # ls-remote
    assert [name for name in left_over(tmp_path) if name.startswith("slow")] == []


def test_many_threads_may_clone_at_once(host: Host, upstream: Path, tmp_path: Path) -> None:
    host.api.logins["ada"].repositories += [Listed(f"r{i}", upstream) for i in range(6)]
    usual = cloner(host, tmp_path)
    asked = [shop(host, name=f"r{i % 6}", clone_url=f"{host.url}/ada/r{i % 6}.git") for i in range(12)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(usual.clone, asked))
    assert len(set(made)) == 6
    assert all(kinds(each)["commit"] == 3 for each in made)
    assert len([each for each in host.log if each.method == "POST"]) == 12 + 6 * 2  # refs each time, one clone each
