"""What frameworks and hosts do for security by themselves."""

from __future__ import annotations

from reviewer.model.facts.repository import Project

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

SPRING_SECURITY = ("spring-boot-starter-security", "spring-security-config", "spring-security-web")


def sends_headers(project: Project) -> str:
    """The framework that sets security headers by its defaults; empty for none."""
    for use in (*project.frameworks, *project.cms):
        if use.name in HEADERS:
            return HEADERS[use.name]
    named = (item.name for at in project.manifests for item in at.fact.dependencies)
    return "Spring Security" if any(name.endswith(SPRING_SECURITY) for name in named) else ""
