"""``python -m tests.servers LOGINS_DIR --port N``: a GitHub of one's own, for ``reviewer --github-url``."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from tests.servers.logins import read_logins
from tests.servers.serve import make


def main() -> None:
    """Serves until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    parser.add_argument("logins", type=Path, help="a folder LOGIN/NAME.git, with an optional LOGIN/repos.yaml")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--token", action="append", default=[], metavar="LOGIN=TEXT", help="a token that is known")
    given = parser.parse_args()
    tokens = {text: login for login, _, text in (each.partition("=") for each in given.token)}
    host, server = make(read_logins(given.logins), tokens, port=given.port)
    print(f"{host.url}  logins: {', '.join(login.login for login in host.api.logins.values())}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
