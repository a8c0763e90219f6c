"""On which side a script runs, as far as the folders around it tell: in a browser or on a server."""

from __future__ import annotations

from reviewer.gather._words import words

FRONTEND_FOLDERS = words(
    """
    frontend front-end front_end front client webclient web-client clientapp client-app public static staticfiles
    assets wwwroot www ui spa react-app angular-app vue-app mobile webroot templates inertia
    """
)
SERVER_FOLDERS = words("server backend back-end back_end api functions")
CALLING_FOLDERS = frozenset({"api", "functions"})
"""Names of servers' folders that clients give to what calls the server as well."""
SERVED_FOLDERS = frozenset({"pages", "app"})
"""Folders in which Next.js serves what lies in their folder ``api``."""
HANDED_OUT = frozenset({"static", "staticfiles", "assets", "wwwroot"})
"""Folders whose files a server hands out as they are, wherever they lie."""
PUBLIC = "public"
"""The same, but also the name of what a server offers to everybody: only with a folder of scripts in it."""
SCRIPTS_IN_PUBLIC = frozenset({"js", "javascript", "javascripts", "scripts", "assets", "static"})


def serves(low: str, folders: list[str], roots: frozenset[str]) -> bool:
    """Whether a folder says that a script runs on a server; in a client, one called ``api`` holds what asks it.

    Of a server's folder and one that is handed out below it, the nearer to the file decides.
    """
    handed = _handed_out(folders)
    if any(folder in SERVER_FOLDERS for folder in folders[:handed]) and SERVER_FOLDERS.isdisjoint(folders[handed:]):
        return False
    if not (SERVER_FOLDERS - CALLING_FOLDERS).isdisjoint(folders):
        return True
    place = next((place for place, folder in enumerate(folders) if folder in CALLING_FOLDERS), None)
    if place is None:
        return False
    above = folders[:place]
    if above[-1:] and above[-1] in SERVED_FOLDERS:
        return True
    in_client = not (FRONTEND_FOLDERS - {"public", "static"}).isdisjoint(above)
    return not (in_client or ("src" in above and is_below(low, roots)))


def _handed_out(folders: list[str]) -> int:
    """The place of the last folder whose files are handed out, 0 for none."""
    for place in range(len(folders) - 1, 0, -1):
        within = folders[place + 1 : place + 2]
        if folders[place] in HANDED_OUT or (folders[place] == PUBLIC and not SCRIPTS_IN_PUBLIC.isdisjoint(within)):
            return place
    return 0


def is_below(path: str, roots: frozenset[str]) -> bool:
    """Whether a path lies in one of some folders, as `frontend_roots` gives them."""
    low = path.casefold()
    return any(not root or low.startswith(f"{root}/") for root in roots)
