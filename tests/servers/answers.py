"""The API's JSON documents, complete by GitHub's published schemas."""

from __future__ import annotations

from tests.servers.logins import Listed, Login, Pull

DAY = "2020-01-01T00:00:00Z"
USER_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
REPOSITORY_LINKS = """
archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads
events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges
milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees
"""
COUNTS = "forks forks_count open_issues open_issues_count stargazers_count watchers watchers_count"
SWITCHES = "has_issues has_projects has_wiki has_pages has_downloads has_discussions"
PRIVATE_COUNTS = "collaborators disk_usage owned_private_repos private_gists total_private_repos"


def number(text: str) -> int:
    """A stable id for a name."""
    return int.from_bytes(text.encode()[:6].ljust(6, b"\0"), "big")


def simple_user(login: Login, web: str, api: str) -> dict:
    """An account as it stands inside other documents."""
    at = f"{api}/users/{login.login}"
    return {
        "login": login.login,
        "id": number(login.login),
        "node_id": f"U_{number(login.login)}",
        "avatar_url": f"{web}/avatars/{login.login}",
        "gravatar_id": "",
        "url": at,
        "html_url": f"{web}/{login.login}",
        **{name: at + tail for name, tail in USER_LINKS.items()},
        "type": login.type,
        "site_admin": False,
    }


def user(login: Login, web: str, api: str, private: bool = False) -> dict:
    """``GET /users/{username}``; with ``private``, what the account itself sees."""
    shown = [repository for repository in login.repositories if not repository.private]
    document = simple_user(login, web, api) | {
        "user_view_type": "private" if private else "public",
        "name": login.name,
        "email": login.email,
        **dict.fromkeys(("company", "location", "hireable", "bio", "twitter_username")),
        "blog": "",
        "public_repos": len(shown),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": DAY,
        "updated_at": DAY,
    }
    return document | (
        {**dict.fromkeys(PRIVATE_COUNTS.split(), 0), "two_factor_authentication": True} if private else {}
    )


def repository(login: Login, listed: Listed, web: str, api: str, admin: bool | None = None) -> dict:
    """A repository as it stands in a listing; ``admin`` is None where no token was sent."""
    full = f"{login.login}/{listed.name}"
    at = f"{api}/repos/{full}"
    document = {
        "id": number(full[::-1]),
        "node_id": f"R_{number(full[::-1])}",
        "name": listed.name,
        "full_name": full,
        "owner": simple_user(login, web, api),
        "private": listed.private,
        "html_url": f"{web}/{full}",
        "description": None,
        "fork": listed.fork,
        "url": at,
        **{f"{name}_url": f"{at}/{name}" for name in REPOSITORY_LINKS.split()},
        "clone_url": f"{web}/{full}.git",
        "git_url": f"git://{web.partition('://')[2]}/{full}.git",
        "ssh_url": f"git@{web.partition('://')[2]}:{full}.git",
        "svn_url": f"{web}/{full}",
        **dict.fromkeys(("mirror_url", "homepage", "language", "license")),
        **dict.fromkeys(COUNTS.split(), 0),
        **dict.fromkeys(SWITCHES.split(), False),
        "size": listed.size_kib,
        "default_branch": listed.default_branch,
        "archived": listed.archived,
        "disabled": False,
        "visibility": "private" if listed.private else "public",
        "pushed_at": listed.pushed,
        "created_at": DAY,
        "updated_at": DAY,
    }
    if admin is None:
        return document
    return document | {"permissions": {"admin": admin, "push": admin, "pull": True}}


def error(status: int, message: str) -> dict:
    """What every failure looks like."""
    return {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}


def pull(login: Login, found: Pull, web: str, api: str) -> dict:
    """A pull request as it stands in a search."""
    at = f"{api}/repos/{found.repository}"
    issue = f"{at}/issues/{found.number}"
    page = f"{web}/{found.repository}/pull/{found.number}"
    return {
        "url": issue,
        "repository_url": at,
        "labels_url": f"{issue}/labels{{/name}}",
        "comments_url": f"{issue}/comments",
        "events_url": f"{issue}/events",
        "html_url": page,
        "id": number(f"{found.number}{found.repository}"),
        "node_id": f"PR_{number(f'{found.number}{found.repository}')}",
        "number": found.number,
        "title": found.title,
        "user": simple_user(login, web, api),
        "labels": [],
        "state": "closed",
        "locked": False,
        "assignee": None,
        "milestone": None,
        "comments": 0,
        "created_at": DAY,
        "updated_at": DAY,
        "closed_at": DAY,
        "author_association": "CONTRIBUTOR",
        "pull_request": {
            "url": f"{at}/pulls/{found.number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": DAY,
        },
        "body": found.body,
        "score": 1.0,
    }
