"""One call to a GitHub API through PyGithub, bounded in time, waits and tries. Imported late: PyGithub is slow to load.

PyGithub by itself waits out any limit, polls a 202 for ever, takes a redirect's body for an answer and crashes on an
empty ``Link`` header; here a page is asked for by number and every answer's status is looked at.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

import github
import requests
import urllib3
from github.GithubRetry import GithubRetry
from github.Repository import Repository as ListedRepository

from reviewer import __version__
from reviewer.model.repository import Repository
from reviewer.sources.addresses import api_bases
from reviewer.sources.failures import HostError, explain_status
from reviewer.sources.limits import ApiLimits
from reviewer.sources.token import Token

PER_PAGE = 100
RETRIED = (202, 429, 500, 502, 503, 504)
"""Answers that may be better a moment later; 403 is among PyGithub's own."""
PYGITHUB_RAISES = (
    github.GithubException,
    github.BadAttributeException,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    RuntimeError,
    AssertionError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OSError,
)
TIMEOUTS = (requests.exceptions.Timeout, TimeoutError)
BROKEN = (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.ProtocolError)
UNREACHABLE: tuple[tuple[tuple[type[Exception], ...], tuple[str, ...], str], ...] = (
    ((requests.exceptions.SSLError,), (), "has a certificate that is not trusted here"),
    ((), ("NameResolutionError", "Failed to resolve"), "has a name that is not known here"),
    (TIMEOUTS, ("timed out",), "does not answer in time"),
    (BROKEN, ("Connection broken", "IncompleteRead", "Connection aborted"), "ended its answer early"),
    ((requests.exceptions.ConnectionError,), (), "cannot be reached"),
    ((), ("redirected", "maximum recursion"), "sends elsewhere, which is not followed"),
)
"""Kinds of exceptions, or what they say, and what that means in plain words; first match first."""
Result = TypeVar("Result")

# PyGithub writes to stderr as soon as it is imported; whoever wants its log has `logging` for that.
for handler in list(logging.getLogger("github").handlers):
    logging.getLogger("github").removeHandler(handler)
logging.getLogger("github").setLevel(logging.NOTSET)


class BoundedRetry(GithubRetry):
    """PyGithub's retry, which caps its own waits. Here a ``Retry-After`` header is capped too, and a 202 is the end."""

    def increment(  # type: ignore[override]
        self,
        method: str | None = None,
        url: str | None = None,
        response: urllib3.HTTPResponse | None = None,
        error: Exception | None = None,
        *pool_and_trace: object,
        **more: object,
    ) -> urllib3.Retry:
        """Gives up on a 202, which PyGithub would ask again for ever: nothing that is asked here needs preparing."""
        if response is not None and response.status == 202:
            response.close()
            raise github.GithubException(response.status)
        return super().increment(method, url, response, error, *pool_and_trace, **more)  # type: ignore[arg-type]

    def sleep_for_retry(self, response: urllib3.BaseHTTPResponse) -> bool:
        """Waits as the header asks, or gives up at once where that is longer than the limit."""
        wait = self.get_retry_after(response) or 0
        if self.max_rate_limit_wait is not None and wait > self.max_rate_limit_wait:
            raise github.RateLimitExceededException(response.status, None, dict(response.headers))
        return super().sleep_for_retry(response)


class Api:
    """Calls to one host's API, one at a time; may be used from many threads.

    Args:
        github_url: where people see the host: GitHub's own, an Enterprise one's, or one on loopback.
    """

    def __init__(self, github_url: str, token: Token | None, limits: ApiLimits) -> None:
        self.limits, self.token = limits, token
        self.host = urlsplit(github_url).netloc
        self._bases = api_bases(github_url)
        self._ends: float | None = None
        self._alone = threading.Lock()
        self._client = self._connect(self._bases.pop(0))

    def get(self, path: str, asked: str, **parameters: str | int) -> tuple[dict[str, str], object]:
        """Headers (names in lower case) and document of ``GET path``.

        Raises:
            HostError: for every other outcome, in one sentence that begins with ``asked``.
        """
        try:
            return self._get(path, asked, parameters)
        except HostError as error:
            if error.status != 404 or not self._bases:
                raise
        # A server of one's own may have its API at the root; where it is stays known from here on.
        self._client = self._connect(self._bases.pop(0))
        return self._get(path, asked, parameters)

    def repository(self, document: object, asked: str) -> Repository:
        """One document of a listing, or of one repository, as ours; what it lacks is None and costs no request.

        Raises:
            HostError: the document is no repository.
        """
        if not isinstance(document, dict) or not isinstance(document.get("full_name"), str):
            raise self.misunderstood(asked)
        try:
            return to_repository(self._client.create_from_raw_data(ListedRepository, document))
        except PYGITHUB_RAISES:
            raise self.misunderstood(asked) from None

    def misunderstood(self, asked: str) -> HostError:
        """The error for an answer of another form than GitHub's."""
        return HostError(f"{asked}: {self.host} answered something else than GitHub's API does")

    def _connect(self, base_url: str) -> github.Github:
        limits = self.limits
        retry = BoundedRetry(
            total=limits.retries,
            backoff_factor=limits.backoff,
            max_rate_limit_wait=limits.rate_wait,
            status_forcelist=list(RETRIED),
            raise_on_status=False,
        )
        return github.Github(
            auth=github.Auth.Token(self.token.reveal()) if self.token else None,
            base_url=base_url,
            timeout=limits.request_seconds,
            user_agent=f"portfolio-reviewer/{__version__}",
            per_page=PER_PAGE,
            retry=retry,
            seconds_between_requests=limits.between_requests,
        )

    def _get(self, path: str, asked: str, parameters: dict[str, str | int]) -> tuple[dict[str, str], object]:
        requester = self._client.requester
        try:
            with self._alone:  # PyGithub keeps the request it is about to send in one place for all threads
                left = self._left(asked)
                status, headers, body = within(left, lambda: requester.requestJson("GET", path, dict(parameters)))
        except github.GithubException as error:
            raise self._refused(asked, error.status, error.data, error.headers or {}) from None
        except PYGITHUB_RAISES as error:
            raise self._unreachable(asked, error) from None
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            document = None
        if status != 200:
            raise self._refused(asked, status, document, headers)
        if document is None:
            raise HostError(f"{asked}: {self.host} cut its answer short, or it is no JSON")
        return {name.lower(): str(value) for name, value in headers.items()}, document

    def _refused(self, asked: str, status: int, document: object, headers: dict[str, str]) -> HostError:
        said = document.get("message") if isinstance(document, dict) else None
        given = {name.lower(): str(value) for name, value in headers.items()}
        source = self.token.source if self.token else None
        return explain_status(self.host, asked, status, str(said or ""), given, source)

    def _unreachable(self, asked: str, error: Exception) -> HostError:
        for kinds, signs, words in UNREACHABLE:
            if isinstance(error, kinds) or any(sign in str(error) for sign in signs):
                return HostError(f"{asked}: {self.host} {words}")
        return HostError(f"{asked}: {self.host} could not be asked ({type(error).__name__})")

    def _left(self, asked: str) -> float:
        """Seconds that are left of the run's share; its clock starts with the first call."""
        now = time.monotonic()
        self._ends = self._ends or now + self.limits.run_seconds
        if now >= self._ends:
            raise HostError(f"{asked}: the time for asking {self.host} is used up")
        return self._ends - now


def to_repository(listed: ListedRepository) -> Repository:
    """PyGithub's repository as ours. Reads only what a listing holds, and the parent where one repository was asked."""
    parent = listed.parent
    pushed: datetime | None = listed.pushed_at
    return Repository(
        name=listed.full_name,
        owner=listed.full_name.partition("/")[0],
        url=listed.html_url,
        clone_url=listed.clone_url,
        default_branch=listed.default_branch,
        fork=bool(listed.fork),
        parent=parent.full_name if parent else None,
        parent_clone_url=parent.clone_url if parent else None,
        archived=bool(listed.archived),
        private=bool(listed.private),
        size_kib=listed.size,
        pushed=pushed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if pushed else None,
    )


def within(seconds: float, action: Callable[[], Result]) -> Result:
    """Does something in a thread of its own and gives up on it after a time; the thread ends with the process.

    Raises:
        TimeoutError: it took longer.
    """
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(action())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failure:
        raise failure[0]
    if not outcome:
        raise TimeoutError
    return outcome[0]
