"""``git http-backend`` behind WSGI: bare repositories for clone and fetch, filters and single commits included."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

CHUNK = 1 << 16
SETTINGS = {
    "uploadpack.allowFilter": "true",
    "uploadpack.allowAnySHA1InWant": "true",
    "http.receivepack": "false",
    "safe.directory": "*",
}
PASSED_ON = ("REQUEST_METHOD", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR", "HTTP_CONTENT_ENCODING")
SERVICES = ("/info/refs", "/git-upload-pack", "/HEAD")


def service_of(path: str) -> tuple[str, str] | None:
    """Splits ``/owner/name.git/info/refs`` into ``owner/name`` and ``/info/refs``; None for any other path."""
    for service in SERVICES:
        if path.endswith(service):
            return path.removesuffix(service).strip("/").removesuffix(".git"), service
    return None


class GitHttp:
    """WSGI application over the repositories that ``find`` gives by ``owner/name``, None for unknown ones."""

    def __init__(self, find: Callable[[str], Path | None]) -> None:
        self.find = find

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        asked = service_of(environ["PATH_INFO"])
        path = self.find(asked[0]) if asked else None
        if asked is None or path is None:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"Repository not found."]
        with _body(environ) as body:
            env = _environment(environ, path, asked[1])
            process = subprocess.Popen(
                ["git", "http-backend"], stdin=body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
            )
        assert process.stdout is not None
        status, headers = "200 OK", []
        while line := process.stdout.readline().strip():
            name, _, value = line.decode("latin-1").partition(": ")
            if name == "Status":
                status = value
            else:
                headers.append((name, value))
        start_response(status, headers)
        return _stream(process)


def _body(environ: dict) -> IO[bytes]:
    body = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left and (piece := environ["wsgi.input"].read(min(left, CHUNK))):
        body.write(piece)
        left -= len(piece)
    body.seek(0)
    return body


def _environment(environ: dict, path: Path, service: str) -> dict[str, str]:
    passed = {name: str(environ[name]) for name in PASSED_ON if environ.get(name)}
    settings = {"GIT_CONFIG_COUNT": str(len(SETTINGS))}
    for index, (name, value) in enumerate(SETTINGS.items()):
        settings |= {f"GIT_CONFIG_KEY_{index}": name, f"GIT_CONFIG_VALUE_{index}": value}
    return {
        **passed,
        **settings,
        "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
        "GIT_PROJECT_ROOT": str(path.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH_INFO": f"/{path.name}{service}",
        "GIT_PROTOCOL": environ.get("HTTP_GIT_PROTOCOL", ""),
    }


def _stream(process: subprocess.Popen) -> Iterator[bytes]:
    try:
        while piece := process.stdout.read1(CHUNK):
            yield piece
    finally:
        process.stdout.close()
        process.kill()
        process.wait()
