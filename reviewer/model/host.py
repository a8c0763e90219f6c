"""Whether a repository is an extension of another program, without an application of its own.

A module of Drupal, a plugin of WordPress or Moodle, an add-on of Odoo is installed into somebody's site: that site is
what is configured, started, deployed and secured. Checks of such things do not apply to it.
"""

from __future__ import annotations

import re

from reviewer.model.facts.repository import FileRole, Operations, Project, Standing

SYSTEMS = frozenset({"WordPress", "Drupal", "Joomla", "Magento"})
"""Hosts whose extensions say so in their code (``Project.cms``)."""

MANIFESTS = (
    ("Drupal", re.compile(r"(?:.*/)?[a-z]\w{1,60}\.info(?:\.yml)?"), ""),
    ("Magento", re.compile(r"(?:.*/)?etc/module\.xml"), ""),
    ("Moodle", re.compile(r"(?:.*/)?version\.php"), "lang/en"),
    ("TYPO3", re.compile(r"(?:.*/)?ext_emconf\.php"), ""),
    ("Nextcloud", re.compile(r"(?:.*/)?appinfo/info\.xml"), ""),
    ("Odoo", re.compile(r"(?:.*/)?__(?:manifest|openerp)__\.py"), ""),
    ("Wix", re.compile(r"wix\.config\.json"), ""),
    ("October CMS", re.compile(r"(?:.*/)?Plugin\.php"), "updates/version.yaml"),
)
"""Hosts, the file that only their extensions have, and what lies beside it (a file, or the start of a path)."""

SITE = re.compile(
    r"(?:.*/)?(?:artisan|manage\.py|config\.ru|bin/console|bin/magento|wp-config(?:-[\w-]+)?\.php|wp-settings\.php"
    r"|wp-includes/version\.php|(?:web|public|public_html|docroot)/index\.php"
    r"|sites/default/(?:default\.)?settings(?:\.[\w-]+)?\.php|core/lib/Drupal\.php|app/etc/(?:env|config|di)\.(?:php|xml)"
    r"|app/Mage\.php|includes/framework\.php|lib/moodlelib\.php|odoo-bin|odoo\.conf)"
)
"""Paths that only a whole site or another application has."""

SITE_PACKAGES = re.compile(
    r"drupal/(?:core-recommended|core-composer-scaffold|recommended-project|drupal)"
    r"|magento/product-\w+-edition|(?:johnpbloch|roots)/wordpress(?:-full|-core)?|typo3/cms"
)
"""Dependencies that bring the host itself: the repository is a site."""

INSTALLED = re.compile(
    r"(?:.*/)?(?:app/code|app/design/(?:frontend|adminhtml)|wp-content/(?:mu-)?plugins|wp-content/themes"
    r"|(?:modules|themes|profiles)/custom|sites/all/(?:modules|themes)(?:/custom)?)/.+"
)
"""Where a host that is committed as a whole keeps what others wrote for it."""

PART_OF = frozenset({"Symfony", "Laminas", "Zend Framework", "Slim", "Werkzeug", "Wix Velo"})
"""Frameworks that hosts are built of, so that an extension may name them too."""

PATH_LIMIT = 300


def host_of(project: Project, operations: Operations | None = None) -> str:
    """The program that the repository extends, as ``Drupal``; empty for an application, a whole site or a library.

    Args:
        project: what the repository is.
        operations: its containers and deployments, where the caller knows them: an extension with an image that
            copies it is taken for an application.
    """
    paths = sorted(item.path for item in project.files if len(item.path) < PATH_LIMIT)
    name = next((use.name for use in project.cms if use.name in SYSTEMS), "") or _by_manifest(project, paths)
    if not name:
        return ""
    beside = _is_beside_host(project)
    if not beside and any(SITE.fullmatch(path) for path in paths):
        return ""
    if any(use.name != name and use.name not in SYSTEMS | PART_OF for use in project.frameworks):
        return ""
    needed = (item.name.lower() for at in project.manifests for item in at.fact.dependencies if not item.dev)
    if not beside and any(SITE_PACKAGES.fullmatch(package) for package in needed):
        return ""
    if operations and any(at.fact.kind == "dockerfile" and at.fact.copies_source for at in operations.containers):
        return ""
    return name


def _is_beside_host(project: Project) -> bool:
    """Whether the whole host was committed too, and every source of the author's own lies where extensions do."""
    short = [item for item in project.files if len(item.path) < PATH_LIMIT]
    whole = any(item.standing is Standing.VENDORED and SITE.fullmatch(item.path) for item in short)
    sources = (FileRole.SERVER, FileRole.FRONTEND)
    own = [item.path for item in short if item.standing is Standing.OWN and item.role in sources]
    return whole and bool(own) and all(INSTALLED.fullmatch(path) for path in own)


def _by_manifest(project: Project, paths: list[str]) -> str:
    own = (item.path for item in project.files if item.standing in (Standing.OWN, Standing.SCAFFOLD))
    for path in own:
        for name, pattern, beside in MANIFESTS:
            if len(path) < PATH_LIMIT and pattern.fullmatch(path) and _lies(paths, path, beside):
                return name
    return ""


def _lies(paths: list[str], path: str, beside: str) -> bool:
    folder = path.rpartition("/")[0]
    wanted = f"{folder}/{beside}" if folder else beside
    return not beside or any(other == wanted or other.startswith(f"{wanted}/") for other in paths)
