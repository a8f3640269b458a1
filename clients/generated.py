"""A client generated from Cisco's OpenAPI document of the wholesale API, made anew on each run.

openapi-python-client makes it from the document alone, so nobody has bent it to the hub: its models parse every answer
by the document's types and enums, and an answer whose status the document does not list ends the walk. Where Cisco's
documents are not at hand, this walk says so and is left out.
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from onboarding import PACKAGES, new_customer, new_subscriber
from walk import FULL_ADMIN, HERE, PROVISIONING_DELAY_S, Walk, expect_equal

DOCUMENT = HERE.parent.parent / "shared" / "reference" / "openapi" / "wholesale.json"
NAME = "cisco_wholesale"


class Generated:
    """The generated package: its operations and models by name, and a client of it."""

    def __init__(self, folder: Path) -> None:
        made = folder / NAME
        # With ruff beside it, as it wants to find it.
        programs = Path(sys.executable).parent
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        maker = [programs / "openapi-python-client", "generate", "--overwrite", "--meta", "none"]
        where = ["--path", DOCUMENT, "--output-path", made]
        subprocess.run([*maker, *where], check=True, timeout=120, stdout=subprocess.DEVNULL, env=environment)
        sys.path.insert(0, str(folder))
        self.models = self._module("models")
        self.client_module = self._module("client")

    def point_at(self, origin: str, token: str):
        base_url = f"{origin}/v1"
        return self.client_module.AuthenticatedClient(base_url=base_url, token=token, raise_on_unexpected_status=True)

    def call(self, client, operation: str, *, area: str = "wholesale_provisioning", **arguments):
        """Status and parsed answer of an operation."""
        answer = self._module(f"api.{area}.{operation}").sync_detailed(client=client, **arguments)
        return answer.status_code.value, answer.parsed

    def body(self, model: str, content: dict):
        return getattr(self.models, model).from_dict(content)

    def _module(self, name: str) -> ModuleType:
        return importlib.import_module(f"{NAME}.{name}")


def customer(walk: Walk, made: Generated, client):
    wanted = new_customer(walk.provisioning_id, "made-glass")

    with walk.step("a customer is checked, provisioned and listed, each answer as the document has it"):
        body = made.body("PrecheckAWholesaleCustomerProvisioningBody", wanted)
        status, check = made.call(client, "precheck_a_wholesale_customer_provisioning", body=body)
        expect_equal((status, check.message), (200, "success"), "precheck")
        body = made.body("ProvisionAWholesaleCustomerBody", wanted)
        status, where = made.call(client, "provision_a_wholesale_customer", body=body)
        expect_equal(status, 202, "status of the provisioning")
        customer_id = where.url.rsplit("/", 1)[-1]
        walk.advance(PROVISIONING_DELAY_S)
        status, page = made.call(client, "list_wholesale_customers", external_id="made-glass", max_="1")
        expect_equal((status, page.items[0].id), (200, customer_id), "list")

    with walk.step("the customer is got with enums and nested models in place, and loses a package"):
        status, seen = made.call(client, "get_a_wholesale_customer", customer_id=customer_id)
        expect_equal((status, seen.status), (200, made.models.CustomerStatus.PROVISIONED), "customer")
        expect_equal([str(it) for it in seen.packages], PACKAGES, "packages")
        body = made.body("UpdateAWholesaleCustomerBody", {"packages": ["webex_meetings"]})
        status, _ = made.call(client, "update_a_wholesale_customer", customer_id=customer_id, body=body)
        expect_equal(status, 202, "status of the update")
        walk.advance(PROVISIONING_DELAY_S)
    return seen


def subscribers(walk: Walk, made: Generated, client, customer) -> None:
    wanted = new_subscriber(customer.id, "gen.erated@made-glass.example.com", "webex_meetings")

    with walk.step("a subscriber is provisioned, found and removed"):
        body = made.body("ProvisionAWholesaleSubscriberBody", wanted)
        status, one = made.call(client, "provision_a_wholesale_subscriber", body=body)
        expect_equal((status, one.status), (200, made.models.SubscriberStatus.PROVISIONED), "subscriber")
        status, page = made.call(client, "list_wholesale_subscribers", customer_id=customer.id)
        expect_equal((status, [it.id for it in page.items]), (200, [one.id]), "list")
        status, _ = made.call(client, "remove_a_wholesale_subscriber", subscriber_id=one.id)
        expect_equal(status, 204, "status of the removal")

    with walk.step("what is refused has a status that the document lists"):
        status, _ = made.call(client, "get_a_wholesale_subscriber", subscriber_id=one.id)
        walk.swallows(404, "SUB-001")
        stranger = made.point_at(walk.origin, "no-such-token")
        status, _ = made.call(stranger, "list_wholesale_sub_partners")
        walk.swallows(401, "API-005")

    with walk.step("sub-partners are listed, and the customer is removed"):
        status, page = made.call(client, "list_wholesale_sub_partners")
        states = {str(it.provisioning_state) for it in page.items}
        expect_equal((status, states), (200, {"active", "suspended"}), "sub-partners")
        status, _ = made.call(client, "remove_a_wholesale_customer", customer_id=customer.id)
        expect_equal(status, 202, "status of the removal")


def main() -> None:
    if not DOCUMENT.is_file():
        print("generated: LEFT OUT, because Cisco's documents are not at ../shared/reference/openapi")
        return
    walk = Walk("generated")
    made = Generated(Path(sys.argv[1]).parent)
    client = made.point_at(walk.origin, FULL_ADMIN)
    subscribers(walk, made, client, customer(walk, made, client))
    walk.finish()


main()
