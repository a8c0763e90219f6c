"""Values that only say in some language that a secret is to be put there: ``sua_senha_aqui``, ``ваш-токен``."""

from __future__ import annotations

import re

PART = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")
NOUNS = frozenset(
    "password passwort kennwort schlüssel schluessel geheim geheimnis secret key token "
    "пароль пароля ключ ключа секрет секретный токен "
    "contraseña contrasena contrasenia clave secreta secreto llave senha chave segredo segreto "
    "clé cle mdp passe motdepasse jeton secrète secrete parola parolas\u0131 şifre sifre şifreniz sifreniz şifren "
    "anahtar anahtar\u0131 anahtari gizli sandi rahasia kunci katasandi wachtwoord hasło haslo".split()
)
FILLERS = frozenset(
    "your my the a here api bot app jwt db database admin user access private auth tg telegram base datos "
    "ваш ваша ваше твой твоя мой бот бота от для сюда здесь админ админа "
    "tu su mi tus aquí aqui de la el del seu sua minha meu da do votre ton mon ma le mot ici "
    "dein deine ihr ihre mein meine hier senin sizin benim buraya anda kamu disini di sini kata "
    "veritaban\u0131 veritabani uw jouw twoje".split()
)
LONGEST = 120


def is_of_words(value: str) -> bool:
    """Whether a value holds a word for a secret, and beside it nothing but words that stand around one."""
    if len(value) > LONGEST or any(character.isdigit() for character in value):
        return False
    words = {word.lower() for word in PART.findall(value)}
    return not NOUNS.isdisjoint(words) and words <= NOUNS | FILLERS and len(words) > 1
