"""What frameworks and hosts do for security by themselves."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import Code, Project

HEADERS = {
    "Django": "Django",
    "Django REST framework": "Django",
    "Ruby on Rails": "Rails",
    "Rails": "Rails",
    "Sinatra": "Sinatra",
    "Hanami": "Hanami",
    "Play": "Play",
    "Play Framework": "Play",
    "Feathers": "Feathers",
    "WordPress": "WordPress",
    "Drupal": "Drupal",
    "Magento": "Magento",
}
"""Frameworks that send X-Frame-Options or X-Content-Type-Options unless that is taken out."""

SPRING_SECURITY = re.compile(
    r"(?:^|:)spring-(?:(?:cloud|boot)-starter-(?:security|oauth2(?:-[\w-]{1,60})?)|security-(?:config|web|oauth2?(?:-[\w-]{1,60})?))$"
)
CONFIGURED = "org.springframework.security.config"


def sends_headers(project: Project, code: Code) -> str:
    """The framework that sets security headers by its defaults; empty for none."""
    for use in (*project.frameworks, *project.cms):
        if use.name in HEADERS:
            return HEADERS[use.name]
    named = (item.name for at in project.manifests for item in at.fact.dependencies)
    if any(SPRING_SECURITY.search(name[-100:]) for name in named):
        return "Spring Security"
    return "Spring Security" if any(item.fact.module.startswith(CONFIGURED) for item in code.imports) else ""
