"""Routes in YAML are sent between processes: their texts must be plain ones, without the lines they stand on."""

from __future__ import annotations

import msgspec

from reviewer.gather.read import read_file
from reviewer.model.facts.file import FileFacts

SOURCE = b"""
controllers:
  resource: ../src/Controller/
  type: attribute
  prefix: /api
legacy:
  path: /legacy/{id}
  controller: App\\Legacy\\ShowController::show
  methods: [GET]
security:
  access_control:
    - { path: ^/api/admin, roles: ROLE_ADMIN, methods: [POST] }
"""


def test_routes_survive_being_sent() -> None:
    facts = read_file("yaml", SOURCE)
    assert facts.routing is not None and facts.routing.mounts and facts.routing.routes and facts.routing.rules
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts
