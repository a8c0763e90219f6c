"""The six operations of GitHub's API that are used, as a WSGI application."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlencode

from tests.servers import answers
from tests.servers.logins import Listed, Login

PREFIX = "/api/v3"
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class GitHubApi:
    """Answers for ``logins``; ``tokens`` maps a token's text to its login. ``prefix`` is where the API lies."""

    def __init__(self, logins: Iterable[Login], tokens: dict[str, str] | None = None, prefix: str = PREFIX) -> None:
        self.logins = {login.login.lower(): login for login in logins}
        self.tokens, self.prefix = tokens or {}, prefix

    def __call__(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        status, headers, document = self.answer(environ)
        body = json.dumps(document).encode()
        usual = [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(f"{status} .", [*usual, *headers])
        return [body]

    def answer(self, environ: dict) -> tuple[int, list[tuple[str, str]], object]:
        """Status, headers and document of one request."""
        path = environ["PATH_INFO"].removeprefix(self.prefix)
        web = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}"
        sent = environ.get("HTTP_AUTHORIZATION", "").partition(" ")[2]
        asker = self.tokens.get(sent)
        if sent and asker is None:
            return 401, [], answers.error(401, "Bad credentials")
        where = (web, web + self.prefix)
        match path.strip("/").split("/"):
            case ["users", login] if login.lower() in self.logins:
                found = self.logins[login.lower()]
                return 200, [], answers.user(found, *where, private=found.private_view and found.login == asker)
            case ["user"] if asker:
                return 200, [], answers.user(self.logins[asker.lower()], *where, private=True)
            case ["user"] | ["user", "repos"] if not asker:
                return 401, [], answers.error(401, "Requires authentication")
            case ["user", "repos"]:
                return self._page(environ, where, self.logins[asker.lower()], True, asker)
            case ["users", login, "repos"] if login.lower() in self.logins:
                return self._page(environ, where, self.logins[login.lower()], False, asker)
            case ["repos", login, name]:
                return self._one(where, login, name, asker)
            case ["search", "issues"]:
                return self._search(environ, where)
        return 404, [], answers.error(404, "Not Found")

    def _page(self, environ: dict, where: tuple[str, str], login: Login, private: bool, asker: str | None) -> tuple:
        query = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        number, size = int(query.get("page", 1)), min(100, int(query.get("per_page", 30)))
        shown = [each for each in login.repositories if private or not each.private]
        if query.get("sort") == "pushed":
            shown.sort(key=lambda each: each.pushed, reverse=query.get("direction", "desc") == "desc")
        last = max(1, -(-len(shown) // size))
        at = f"{where[1]}{environ['PATH_INFO'].removeprefix(self.prefix)}"
        pages = {"next": number + 1, "last": last} if number < last else {}
        pages |= {"prev": number - 1, "first": 1} if number > 1 else {}
        links = [f'<{at}?{urlencode({**query, "page": page})}>; rel="{rel}"' for rel, page in pages.items()]
        admin = None if asker is None else asker == login.login
        page = shown[(number - 1) * size : number * size]
        documents = [answers.repository(login, each, *where, admin) for each in page]
        return 200, [("Link", ", ".join(links))] if links else [], documents

    def _search(self, environ: dict, where: tuple[str, str]) -> tuple:
        """The pull requests that ``q`` asks for: those of ``author:`` that were merged, approved ones alone if said."""
        query = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        words = query.get("q", "").split()
        author = next((word.partition(":")[2] for word in words if word.startswith("author:")), "")
        login = self.logins.get(author.lower())
        if login is None or not {"is:pr", "is:merged"} <= set(words):
            return 422, [], answers.error(422, "Validation Failed")
        found = [each for each in login.pulls if each.approved or "review:approved" not in words]
        page = found[: int(query.get("per_page", 30))]
        document = {"total_count": len(found), "incomplete_results": False, "search_type": "lexical"}
        return 200, [], document | {"items": [answers.pull(login, each, *where) for each in page]}

    def _one(self, where: tuple[str, str], owner: str, name: str, asker: str | None) -> tuple:
        login, listed = self.find(f"{owner}/{name}")
        if login is None or listed is None or (listed.private and asker != login.login):
            return 404, [], answers.error(404, "Not Found")
        if listed.renamed_to:
            # GitHub redirects by number; by name does as well for a client.
            return 301, [("Location", f"{where[1]}/repos/{listed.renamed_to}")], answers.error(301, "Moved Permanently")
        if listed.status != 200:
            return listed.status, [], answers.error(listed.status, "Repository access blocked")
        document = answers.repository(login, listed, *where, None if asker is None else asker == login.login)
        document |= {"network_count": 0, "subscribers_count": 0}
        upstream, parent = self.find(listed.parent or "")
        if upstream is not None and parent is not None:
            document["parent"] = document["source"] = answers.repository(upstream, parent, *where)
        return 200, [], document

    def find(self, full_name: str) -> tuple[Login | None, Listed | None]:
        """The account and repository behind an ``owner/name``, in any letter case."""
        owner, _, name = full_name.lower().partition("/")
        login = self.logins.get(owner)
        found = [each for each in (login.repositories if login else []) if each.name.lower() == name]
        return login, found[0] if found else None
