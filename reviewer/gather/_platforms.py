"""Platforms that are committed whole: how their trees are known, and what in them is the project's all the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform's tree.

    Args:
        name: as people call it.
        marks: paths below its root that must all be there.
        theirs: patterns of paths below its root that are the platform's, casefolded, matched from the start.
        ours: patterns of paths within ``theirs`` that are the project's all the same.
    """

    name: str
    marks: tuple[str, ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...] = ()


OPERATIONS = r"(readme[^/]*|dockerfile[^/]*|(docker-)?compose[^/]*|makefile|\.env[^/]*|\.gitlab-ci\.yml|\.gitignore)$"
"""Files beside a platform that are the project's, since every project has its own."""

PLATFORMS = (
    Platform(
        "WordPress",
        marks=("wp-includes/version.php",),
        theirs=(
            r"wp-includes/", r"wp-admin/", r"wp-(?!config)[a-z-]+\.php$", r"(index|xmlrpc)\.php$",
            r"(license|readme)\.(txt|html)$",
            r"wp-content/(index\.php$|upgrade/|languages/|uploads/|cache/)", r"wp-content/(plugins|themes)/index\.php$",
            r"wp-content/themes/twenty", r"wp-content/plugins/(akismet/|hello\.php$)",
        ),
    ),
    Platform(
        "Magento",
        marks=("app/etc/di.xml",),
        theirs=(r".",),
        ours=(r"app/code/(?!magento/)[^/]+/", r"app/design/[^/]+/(?!magento/)[^/]+/", r"app/etc/env\.php$", OPERATIONS),
    ),
    Platform(
        "Magento",
        marks=("app/mage.php",),
        theirs=(r".",),
        ours=(
            r"app/code/local/(?!mage/)", r"app/design/frontend/(?!base/|default/|rwd/)",
            r"skin/frontend/(?!base/|default/|rwd/)",
            OPERATIONS,
        ),
    ),
    Platform(
        "Drupal",
        marks=("core/lib/drupal.php",),
        theirs=(
            r"core/", r"(modules|themes|profiles)/contrib/", r"libraries/", r"(index|autoload|update)\.php$",
            r"sites/(default/default\.|example\.|development\.services)",
            r"(web\.config|robots\.txt|\.htaccess|\.ht\.router\.php)$",
            r"(example\.gitignore|install\.txt|readme\.(txt|md))$",
        ),
    ),
    Platform(
        "Drupal",
        marks=("includes/bootstrap.inc", "misc/drupal.js"),
        theirs=(
            r"(includes|misc|modules|profiles|scripts|themes)/", r"[a-z]+\.(php|txt)$", r"sites/default/default\.",
            r"sites/all/(modules|themes|libraries)/",
        ),
        ours=(r"sites/all/(modules|themes)/(custom|features)/",),
    ),
    Platform(
        "Joomla",
        marks=("administrator/includes/framework.php", "includes/framework.php"),
        theirs=(r".",),
        ours=(
            r"(administrator/)?components/com_(?!actionlogs|admin|ajax|associations|banners|cache|categories|checkin|config|"
            r"contact|content|contenthistory|cpanel|csp|fields|finder|guidedtours|installer|joomlaupdate|languages|login|mails|"
            r"mailto|media|menus|messages|modules|newsfeeds|plugins|postinstall|privacy|redirect|scheduler|search|tags|templates|"
            r"users|weblinks|workflow|wrapper)[a-z0-9_]+/",
            r"templates/(?!system|cassiopeia|protostar|beez|atomic|ja_purity)[^/]+/",
            r"modules/mod_(?!articles|banners|breadcrumbs|custom|feed|finder|footer|languages|login|menu|random_image|related_items|"
            r"search|stats|syndicate|tags|users|version|whosonline|wrapper)[a-z0-9_]+/",
            OPERATIONS,
        ),
    ),
    Platform(
        "PrestaShop",
        marks=("classes/prestashopautoload.php",),
        theirs=(r".",),
        ours=(r"modules/(?!ps_|block|graph|grid|stats|pages|dash|cheque|bankwire|welcome|contactform|gsitemap)[^/]+/",
              r"themes/(?!classic/|core\.|_libraries/|index\.php|debug\.)[^/]+/",
              r"override/[^/]+/.+/.+\.php$", OPERATIONS),
    ),
    Platform(
        "OpenCart",
        marks=("system/engine/registry.php", "system/startup.php"),
        theirs=(r"system/(engine|library|helper|config|storage)/", r"system/(startup|framework|vendor)", r"install/"),
    ),
    Platform("Moodle", marks=("lib/moodlelib.php",), theirs=(r".",), ours=(r"local/[^/]+/", OPERATIONS)),
    Platform("TYPO3", marks=("typo3/index.php",), theirs=(r"typo3/", r"typo3_src/")),
    Platform("CodeIgniter", marks=("system/core/codeigniter.php",),
             theirs=(r"system/", r"user_guide/", r"index\.php$")),
    Platform("CodeIgniter", marks=("system/codeigniter.php",),
             theirs=(r"system/", r"spark$", r"public/index\.php$")),
    Platform("Yii", marks=("framework/yiibase.php",), theirs=(r"framework/",)),
    Platform("CakePHP", marks=("lib/cake/bootstrap.php",), theirs=(r"lib/cake/",)),
    Platform("Zend Framework", marks=("library/zend/version.php",), theirs=(r"library/zend/",)),
    Platform("phpMyAdmin", marks=("libraries/classes/config.php", "js/vendor"), theirs=(r".",)),
)  # fmt: skip

PLUGIN_README = "readme.txt"
PLUGIN_FOLDERS = ("wp-content/plugins", "wp-content/themes")
"""In a whole WordPress, a plugin or theme that carries a readme.txt was downloaded from its directory."""
