"""Clients generated from Cisco's OpenAPI documents, made anew on each run.

The one of the wholesale API walks the onboarding; those of administration and calling (`generated_walk/`, by noun) walk
what comes with it. Where Cisco's documents are not at hand, this walk says so and is left out.
"""

import sys
from pathlib import Path

from generated_walk import calling, partners, people, records
from generated_walk.client import DOCUMENTS, Client
from onboarding import PACKAGES, new_customer, new_subscriber
from walk import FULL_ADMIN, PROVISIONING_DELAY_S, Walk, expect, expect_equal

PROVISIONING = "wholesale_provisioning"


def customer(walk: Walk, wholesale: Client):
    wanted = new_customer(walk.provisioning_id, "made-glass")

    with walk.step("a customer is checked, provisioned and listed, each answer as the document has it"):
        check = {"model": "PrecheckAWholesaleCustomerProvisioningBody", "body": wanted}
        status, found = wholesale.call(f"{PROVISIONING}.precheck_a_wholesale_customer_provisioning", **check)
        expect_equal((status, found.message), (200, "success"), "precheck")
        body = {"model": "ProvisionAWholesaleCustomerBody", "body": wanted}
        status, where = wholesale.call(f"{PROVISIONING}.provision_a_wholesale_customer", **body)
        expect_equal(status, 202, "status of the provisioning")
        customer_id = where.url.rsplit("/", 1)[-1]
        walk.advance(PROVISIONING_DELAY_S)
        listed = {"external_id": "made-glass", "max_": "1"}
        status, page = wholesale.call(f"{PROVISIONING}.list_wholesale_customers", **listed)
        expect_equal((status, page.items[0].id), (200, customer_id), "list")

    with walk.step("the customer is got with enums and nested models in place"):
        status, seen = wholesale.call(f"{PROVISIONING}.get_a_wholesale_customer", customer_id)
        expect_equal((status, seen.status, seen.packages), (200, "provisioned", PACKAGES), "customer")
        expect_equal({it.status for it in seen.resource_details.packages}, {"provisioned"}, "states of the packages")
    return seen


def subscribers(walk: Walk, wholesale: Client, customer, location: str):
    provision = f"{PROVISIONING}.provision_a_wholesale_subscriber"

    with walk.step("subscribers are checked and provisioned, found, changed and removed"):
        wanted = new_subscriber(customer.id, "gen.erated@made-glass.example.com", "webex_meetings")
        check = {"model": "PrecheckAWholesaleSubscriberProvisioningBody", "body": wanted}
        status, found = wholesale.call(f"{PROVISIONING}.precheck_a_wholesale_subscriber_provisioning", **check)
        expect_equal((status, found.message), (200, "success"), "precheck")
        body = {"model": "ProvisionAWholesaleSubscriberBody", "body": wanted}
        status, one = wholesale.call(provision, **body)
        expect_equal((status, one.status, one.package), (200, "provisioned", "webex_meetings"), "subscriber")
        where = {"locationId": location, "extension": "2001"}
        body["body"] = new_subscriber(customer.id, "cora.calls@made-glass.example.com", "webex_calling", **where)
        status, caller = wholesale.call(provision, **body)
        status, page = wholesale.call(f"{PROVISIONING}.list_wholesale_subscribers", customer_id=customer.id)
        expect_equal((status, [it.id for it in page.items]), (200, [caller.id, one.id]), "list")
        parameters = {**where, "extension": "2002"}
        change = {"package": "webex_suite", "provisioningParameters": parameters}
        body = {"model": "UpdateAWholesaleSubscriberBody", "body": change}
        status, changed = wholesale.call(f"{PROVISIONING}.update_a_wholesale_subscriber", one.id, **body)
        expect_equal((status, changed.package), (200, "webex_suite"), "changed")
        status, _ = wholesale.call(f"{PROVISIONING}.remove_a_wholesale_subscriber", one.id)
        expect_equal(status, 204, "status of the removal")

    with walk.step("what is refused has a status that the document lists"):
        status, _ = wholesale.call(f"{PROVISIONING}.get_a_wholesale_subscriber", one.id)
        walk.swallows(404, "SUB-001")
        status, seen = wholesale.call(f"{PROVISIONING}.get_a_wholesale_subscriber", caller.id)
        expect_equal((status, seen.person_id), (200, caller.person_id), "the other one")
        wholesale.point_at(walk.origin, "no-such-token")
        status, _ = wholesale.call(f"{PROVISIONING}.list_wholesale_sub_partners")
        walk.swallows(401, "API-005")
        wholesale.point_at(walk.origin, FULL_ADMIN)
    return caller


def farewell(walk: Walk, wholesale: Client, customer) -> None:
    with walk.step("sub-partners are listed"):
        status, page = wholesale.call(f"{PROVISIONING}.list_wholesale_sub_partners")
        states = {it.provisioning_state for it in page.items}
        expect_equal((status, states), (200, {"active", "suspended"}), "sub-partners")

    with walk.step("the customer loses a package, and then is removed"):
        body = {"model": "UpdateAWholesaleCustomerBody", "body": {"packages": ["webex_calling", "webex_suite"]}}
        status, where = wholesale.call(f"{PROVISIONING}.update_a_wholesale_customer", customer.id, **body)
        expect(status == 202 and where.url.endswith(customer.id), f"where to look: {status} {where}")
        walk.advance(PROVISIONING_DELAY_S)
        status, _ = wholesale.call(f"{PROVISIONING}.remove_a_wholesale_customer", customer.id)
        expect_equal(status, 202, "status of the removal")
        walk.advance(PROVISIONING_DELAY_S)
        status, _ = wholesale.call(f"{PROVISIONING}.get_a_wholesale_customer", customer.id)
        walk.swallows(404, "CUS-004")


def main() -> None:
    if not DOCUMENTS.is_dir():
        print("generated: LEFT OUT, because Cisco's documents are not at ../shared/reference/openapi")
        return
    walk = Walk("generated")
    folder = Path(sys.argv[1]).parent
    names = ("wholesale", "admin", "calling", "calling-numbers-pstn")
    wholesale, admin, called, numbers = (Client(name, folder, walk.origin, FULL_ADMIN) for name in names)
    made = customer(walk, wholesale)
    location = calling.locations(walk, called, made.org_id)
    calling.numbers(walk, numbers, made.org_id, location)
    calling.pstn(walk, numbers, made.org_id, location)
    caller = subscribers(walk, wholesale, made, location)
    people.walk_through(walk, admin, made, location)
    calling.devices(walk, called, made.org_id, caller.person_id)
    partners.administrators(walk, admin, made.org_id)
    partners.reports(walk, admin)
    records.audit(walk, admin, made.org_id)
    records.reports(walk, admin)
    records.billing(walk, wholesale)
    farewell(walk, wholesale, made)
    walk.finish()


main()
