"""A client that openapi-python-client makes of one of Cisco's OpenAPI documents.

It is made from the document alone, so nobody has bent it to the hub: its models parse every answer by the document's
types and words, and an answer whose status the document does not list ends the walk.
"""

import importlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from walk import HERE, expect

DOCUMENTS = HERE.parent.parent / "shared" / "reference" / "openapi"


class Client:
    """A generated package, pointed at the hub: its operations and its models of bodies by name."""

    def __init__(self, document: str, folder: Path, origin: str, token: str) -> None:
        self._package = f"cisco_{document.replace('-', '_')}"
        _generate(DOCUMENTS / f"{document}.json", folder, self._package)
        self._made = importlib.import_module(f"{self._package}.client")
        self.point_at(origin, token)

    def point_at(self, origin: str, token: str) -> None:
        base_url = f"{origin}/v1"
        self._client = self._made.AuthenticatedClient(base_url=base_url, token=token, raise_on_unexpected_status=True)

    @contextmanager
    def pointed_at_root(self, origin: str):
        """For the paths of the document of administration that are not below `/v1`."""
        below = self._client
        self._client = evolve(below, base_url=origin)
        yield
        self._client = below

    def call(self, operation: str, *path: str, model: str = "", body: dict | None = None, **arguments: object) -> tuple:
        """Status and parsed answer of an operation; the body goes through the model that the document has of it."""
        if model:
            models = importlib.import_module(f"{self._package}.models")
            arguments["body"] = getattr(models, model).from_dict(body)
        made = importlib.import_module(f"{self._package}.api.{operation}")
        answer = made.sync_detailed(*path, client=self._client, **arguments)
        return answer.status_code.value, answer.parsed

    def by_hand(self, method: str, path: str, body: dict | None = None) -> tuple:
        """Status and plain answer of a call that the document describes too badly for the generated code."""
        answer = self._client.get_httpx_client().request(method, path, json=body)
        return answer.status_code, answer.json() if answer.content else None


def _generate(document: Path, folder: Path, package: str) -> None:
    # With ruff beside it, as it wants to find it.
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    # Some enums of the documents have two words that would be one constant.
    config = folder / "openapi-python-client.yaml"
    config.write_text("literal_enums: true\n", encoding="utf-8")
    maker = [programs / "openapi-python-client", "generate", "--overwrite", "--meta", "none", "--config", config]
    where = ["--path", document, "--output-path", folder / package]
    # What it cannot make of a document it says at length, and leaves out.
    run = subprocess.run([*maker, *where], timeout=120, capture_output=True, text=True, env=environment, check=False)
    expect(run.returncode == 0, f"{document.name} makes no client: {run.stdout}{run.stderr}")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
