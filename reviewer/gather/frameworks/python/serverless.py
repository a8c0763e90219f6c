"""Functions in Python whose routes a document of the Serverless Framework or of AWS SAM declares."""

from __future__ import annotations

from reviewer.gather.frameworks._serverless import framework

SERVERLESS = framework("Serverless Framework", ("Python",))
SAM = framework("AWS SAM", ("Python",))
