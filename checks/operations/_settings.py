"""How files of settings and the modules that read them are called, as tables of patterns."""

from __future__ import annotations

import re

EXAMPLE = re.compile(
    r"(?:.*/)?(?:\.dev\.vars\.example|\.env[._-].*(?:example|sample|template|dist|default).*|\.?env\.(?:example|sample|template|dist)"
    r"|(?:example|sample)\.env(?:\.txt)?|\.env\.dist|(?:config|settings|database|parameters|mongoid|application|env)"
    r"[\w.-]{0,20}\.(?:example|sample|dist|template|tmpl|default)|(?:config|settings|database)[._-](?:example|sample|dist|template)\.\w{2,4}"
    r"|environments/(?:dev|prod)/.+-local\.php)",
    re.IGNORECASE,
)
"""Examples of the variables that an application reads, or of the settings file that each installation has."""

ASIDE = re.compile(r"(?:.*/)?(?:tests?|__tests__|spec|examples?|e2e|fixtures)/.*")

OPTIONS = re.compile(
    r"flag|argparse|click|typer|docopt|optparse|yargs|commander|minimist|github\.com/(?:spf13/(?:pflag|cobra)"
    r"|urfave/cli(?:/v\d)?|alecthomas/kin(?:gpin|g)(?:/v\d)?|jessevdk/go-flags)|picocli|com\.beust\.jcommander"
)
"""Modules that read the options of the command line."""
TOOLS = re.compile(
    r"(?:.*/)?(?:scripts?|tools?|tasks?|migrations?|seeds?|\w{0,20}debug|\w{0,20}clients?)/.*|.*_test\.go|(?:.*/)?(?:tasks?|cron|jobs?)\.\w+"
    r"|(?!.*\.go\Z)(?:.*/)?(?:cli|commands?|management|bin)/.*"
)
"""Paths of programs that stand beside the server."""

FILE_READERS = re.compile(
    r"github\.com/(?:spf13/viper|knadh/koanf.*|BurntSushi/toml|pelletier/go-toml.*|ilyakaznacheev/cleanenv|jinzhu/configor"
    r"|go-ini/ini|go-kratos/kratos/v\d/config.*|(?:zeromicro|tal-tech)/go-zero/core/conf)|gopkg\.in/(?:yaml|ini)\.v\d|yaml|mongoid|sinatra/activerecord|active_record|configparser|tomllib|toml|dynaconf|trafaret_config|confuse|omegaconf"
    r"|js-yaml|nconf|convict|com\.typesafe\.config.*|io\.dropwizard.*"
)
"""Modules that read files of settings."""
VARIABLE_READERS = (
    *("io.github.cdimascio.dotenv", "me.paulschwarz.springdotenv", "@aws-sdk/client-secrets-manager"),
    *("@google-cloud/secret-manager", "google.cloud.secretmanager", "@azure/keyvault-secrets", "hvac"),
    "github.com/hashicorp/vault/api",
)
"""Modules that read variables and nothing else, whose answers are asked by an index, and stores of secrets."""
READS_FILE = re.compile(
    r"(?:.*/)?(?:\w{0,20}(?:config|configuration|settings)/)?\w{0,20}(?:config|configuration|settings)\.(?:go|py)"
)
"""Modules of settings."""
JAVA_READERS = {("java.util", "Properties"), ("java.util", "ResourceBundle")}
SETTINGS_FILE = re.compile(
    r"(?!\.|.*/\.)(?:.*/)?(?:(?:config|conf|settings|app|application|main|server|mongoid|database|db|jdbc)(?:[.-]\w{1,20})?"
    r"|(?:conf|configs?|settings|etc)/(?!log(?:ging|gers?|back|4\w{1,5})?\b|swagger|openapi|routes?\b|i18n|locales?\b|messages"
    r"|nginx|prometheus|supervisor)[\w-]{1,40})\.(?:ya?ml|toml|ini|conf|env|properties)"
)
"""Files of settings apart from the code, outside of hidden folders; what is logged is none of them."""
