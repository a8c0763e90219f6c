"""Addresses of lines on the hosts that are known."""

from __future__ import annotations

import pytest

from reviewer.report.links import host_of, lines_url

COMMIT = "a" * 40


@pytest.mark.parametrize(
    ("repository", "lines", "address"),
    [
        pytest.param("https://github.com/a/b", (3, 9), f"/blob/{COMMIT}/src/x.py#L3-L9", id="GitHub, range"),
        pytest.param("https://github.com/a/b.git", (3, 3), f"/blob/{COMMIT}/src/x.py#L3", id="GitHub, one line"),
        pytest.param("https://github.com/a/b", (0, 0), f"/blob/{COMMIT}/src/x.py", id="GitHub, whole file"),
        pytest.param("https://gitlab.com/a/c/b", (3, 9), f"/-/blob/{COMMIT}/src/x.py#L3-9", id="GitLab"),
        pytest.param("https://bitbucket.org/a/b", (3, 9), f"/src/{COMMIT}/src/x.py#lines-3:9", id="Bitbucket"),
        pytest.param("https://codeberg.org/a/b", (3, 9), f"/src/commit/{COMMIT}/src/x.py#L3-L9", id="Codeberg"),
    ],
)
def test_lines_open_at_the_commit(repository, lines, address):
    host = host_of(repository)
    assert lines_url(repository, host, COMMIT, "src/x.py", lines) == repository.removesuffix(".git") + address


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("a b.py", "a%20b.py"),
        ("100%.py", "100%25.py"),
        ("q?x=1#y.py", "q%3Fx%3D1%23y.py"),
        ("[id]/ü.py", "%5Bid%5D/%C3%BC.py"),
        ("bytes\udcff.py", "bytes%FF.py"),
        ("me@example.org.py", "me%40example.org.py"),
        ('src/"><svg>.py', "src/%22%3E%3Csvg%3E.py"),
    ],
)
def test_paths_are_percent_encoded(path, quoted):
    assert (
        lines_url("https://github.com/a/b", "github", COMMIT, path) == f"https://github.com/a/b/blob/{COMMIT}/{quoted}"
    )


@pytest.mark.parametrize("path", ["../x.py", "a/../../x.py", "./x.py", "a//b.py", "/etc/passwd"])
def test_paths_that_a_browser_would_resolve_have_no_address(path):
    assert lines_url("https://github.com/a/b", "github", COMMIT, path) is None


def test_evidence_without_a_path_opens_its_commit():
    assert lines_url("https://github.com/a/b", "github", COMMIT, "") == f"https://github.com/a/b/commit/{COMMIT}"


@pytest.mark.parametrize(
    "url", [None, "https://git.example.org/a/b", "https://github.com.evil.invalid/a/b", "ssh://git@github.com/a/b"]
)
def test_unknown_hosts_have_no_addresses(url):
    assert host_of(url) is None


def test_a_host_can_be_named():
    assert host_of("http://127.0.0.1:8080/a/b", {"127.0.0.1:8080": "github"}) == "github"
