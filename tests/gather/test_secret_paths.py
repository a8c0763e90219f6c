"""What the path of a file says of a secret in it."""

from __future__ import annotations

import pytest

from reviewer.gather.documents.secrets import standing_at
from reviewer.model.facts.documents import SecretStanding

REAL, TEST, PLACEHOLDER = SecretStanding.REAL, SecretStanding.TEST, SecretStanding.PLACEHOLDER


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        pytest.param("src/config.py", "password", REAL, id="own-code"),
        pytest.param("config/production.js", "secret key", REAL, id="production"),
        pytest.param("src/contest.py", "password", REAL, id="a-word-that-ends-like-test"),
        pytest.param("app/users/views.py", "password", REAL, id="code-about-users"),
        pytest.param("tests/test_login.py", "password", TEST, id="test"),
        pytest.param("shop/tests.py", "password", TEST, id="tests-of-an-application"),
        pytest.param("src/testUtils.tsx", "JSON Web Token", TEST, id="helpers-of-tests"),
        pytest.param("db/seeds.rb", "secret key", TEST, id="seeds"),
        pytest.param("src/data/users.json", "password", TEST, id="list-of-people"),
        pytest.param("bench_mark/user_info.json", "password", TEST, id="benchmark"),
        pytest.param("http/login.http", "JSON Web Token", TEST, id="requests-to-try-out"),
        pytest.param("docs/shop_postman_v2.json", "JSON Web Token", TEST, id="postman"),
        pytest.param("src/config/swagger.js", "JSON Web Token", TEST, id="description-of-the-api"),
        pytest.param("certs/localhost-key.pem", "private key", TEST, id="certificate-of-localhost"),
        pytest.param("https/key.pem", "private key", REAL, id="certificate"),
        pytest.param("e2e/certs/server.key", "private key", TEST, id="certificate-of-end-to-end-tests"),
        pytest.param("certs/test-server.key", "private key", TEST, id="certificate-for-tests"),
        pytest.param("certs/latest-server.key", "private key", REAL, id="certificate-called-latest"),
        pytest.param("docker/rabbitmq.conf", "password", TEST, id="broker-in-a-container"),
        pytest.param("conf/broker.conf", "password", REAL, id="settings-of-another-broker"),
        pytest.param("config/development.js", "secret key", TEST, id="throwaway-in-development"),
        pytest.param("src/main/resources/application-local.yml", "password", TEST, id="profile-of-a-laptop"),
        pytest.param(".env.development", "API key", REAL, id="key-of-a-service-in-development"),
        pytest.param("config/development.js", "AWS access key", REAL, id="cloud-key-in-development"),
        pytest.param("docker-compose.yml", "secret key", TEST, id="compose"),
        pytest.param("conf/locale/locale_gl-ES.ini", "password", PLACEHOLDER, id="texts-of-a-language"),
        pytest.param("conf/locale.ini", "password", REAL, id="settings-called-after-one"),
        pytest.param("docker-compose.prod.yml", "secret key", REAL, id="compose-of-production"),
        pytest.param("docker-compose.prod.yml.dist", "secret key", TEST, id="template-of-compose"),
    ],
)
def test_the_path_tells_what_a_value_is_for(path: str, kind: str, expected: SecretStanding) -> None:
    assert standing_at(path, REAL, kind) is expected


def test_other_standings_stay() -> None:
    assert standing_at("tests/a.py", PLACEHOLDER, "password") is PLACEHOLDER
