"""API and git on one port of 127.0.0.1, so that a whole review runs without leaving the machine."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.servers import answers
from tests.servers.faults import Fault
from tests.servers.githttp import GitHttp, service_of
from tests.servers.github import PREFIX, GitHubApi
from tests.servers.logins import Login


@dataclass
class Request:
    """One request as it came in."""

    method: str
    path: str
    query: str
    headers: dict[str, str]


@dataclass
class Host:
    """A host that runs: its address, what it was asked, and what is wrong with it."""

    api: GitHubApi
    url: str = ""
    log: list[Request] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def asked(self, *, git: bool = False) -> list[Request]:
        """The requests to the API, or those of git."""
        return [request for request in self.log if (service_of(request.path) is not None) == git]

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name[:5] == "HTTP_"}
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        self.log.append(Request(environ["REQUEST_METHOD"], path, query, headers))
        fault = next((each for each in self.faults if each.takes(f"{path}?{query}")), None)
        if fault is None:
            return self._dispatch(environ, start_response)
        return self._spoilt(fault, environ, start_response)

    def _dispatch(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if service_of(environ["PATH_INFO"]) is None:
            return self.api(environ, start_response)
        asker = self.api.tokens.get(_basic(environ))

        def find(full_name: str) -> Path | None:
            login, listed = self.api.find(full_name)
            hidden = listed is None or (listed.private and (login is None or asker != login.login))
            return None if hidden or listed is None else listed.path

        asked = service_of(environ["PATH_INFO"])
        if asker is None and (asked is None or find(asked[0]) is None):
            # As on GitHub: who sent no token is asked for one, whether it is private or not there.
            start_response("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="GitHub"')])
            return [b"Repository not found."]
        return GitHttp(find)(environ, start_response)

    def _spoilt(self, fault: Fault, environ: dict, start_response: Callable) -> Iterable[bytes]:
        time.sleep(fault.delay)
        if fault.status is not None:
            body = fault.body if fault.body is not None else _json(answers.error(fault.status, fault.message))
            start_response(f"{fault.status} Fault", [("Content-Type", "application/json"), *fault.headers.items()])
            return [body]

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            kept = [(name, value) for name, value in headers if name.title() not in fault.extra]
            start_response(status, [*kept, *fault.extra.items()])

        answer = self._dispatch(environ, start)
        if fault.flip:
            return [_flipped(b"".join(answer))]
        return answer if fault.cut is None else _cut(answer, fault.cut)


def _json(document: dict) -> bytes:
    return json.dumps(document).encode()


def _flipped(body: bytes) -> bytes:
    """One byte of the checksum that ends a pack is another one; ten bytes of framing lie behind it."""
    at = max(0, len(body) - 20)
    return body[:at] + bytes([body[at] ^ 255]) + body[at + 1 :] if body else body


def _cut(answer: Iterable[bytes], most: int) -> Iterator[bytes]:
    for piece in answer:
        yield piece[:most]
        most -= len(piece)
        if most <= 0:
            break
    if hasattr(answer, "close"):
        answer.close()


def _basic(environ: dict) -> str:
    kind, _, sent = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if kind.lower() != "basic":
        return sent
    return base64.b64decode(sent).decode().partition(":")[2]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed; `Host.log` has it."""


def make(logins: Iterable[Login], tokens: dict[str, str] | None = None, prefix: str = PREFIX, port: int = 0) -> tuple:
    """A `Host` and the server that runs it, bound to 127.0.0.1 and not yet serving."""
    host = Host(GitHubApi(logins, tokens, prefix))
    server = make_server("127.0.0.1", port, host, server_class=_Server, handler_class=_Quiet)
    host.url = f"http://127.0.0.1:{server.server_port}"
    return host, server


@contextlib.contextmanager
def serve(logins: Iterable[Login], tokens: dict[str, str] | None = None, prefix: str = PREFIX) -> Iterator[Host]:
    """A host for the length of a test."""
    host, server = make(logins, tokens, prefix)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
