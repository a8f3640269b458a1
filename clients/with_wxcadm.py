"""wxcadm: a partner onboards a customer with three subscribers, and takes everything away again.

wxcadm has classes for wholesale customers and subscribers to read and to add, and for organizations, people, locations,
numbers, devices and reports; the rest of the wholesale API its users reach with its `webex_api_call`, and so does this
walk. What clients of other makes do alike is in their walks.
"""

import wxcadm

from onboarding import PACKAGES, new_customer
from walk import FULL_ADMIN, PROVISIONING_DELAY_S, Walk, expect, expect_equal


def point_at(origin: str) -> None:
    wxcadm.common._url_base = wxcadm.webex._url_base = f"{origin}/"
    org_id, _, retry_count = wxcadm.common.WebexApi.__init__.__defaults__
    wxcadm.common.WebexApi.__init__.__defaults__ = (org_id, f"{origin}/", retry_count)


def customers(walk: Walk) -> wxcadm.wholesale.WholesaleCustomer:
    wholesale = wxcadm.Wholesale(FULL_ADMIN)

    with walk.step("the partner sees his customers"):
        names = {customer.external_id for customer in wholesale.customers}
        expect({"acme-dental", "panaderia-sol", "blue-harbor"} <= names, f"customers of the demo world: {names}")
        acme = wholesale.get_customer(name="acme-dental")
        expect(acme.spark_id.startswith("ciscospark://us/"), acme.spark_id)
        expect_equal(wholesale.get_customer(spark_id=acme.spark_id).id, acme.id, "customer by his decoded id")

    wanted = new_customer(walk.provisioning_id, "harbor-view")
    with walk.step("a customer is checked, provisioned, and seen while that goes on"):
        check = wxcadm.webex_api_call("post", "v1/wholesale/customers/validate", payload=wanted)
        expect_equal(check["message"], "success", "outcome of the precheck")
        made = wxcadm.webex_api_call("post", "v1/wholesale/customers", payload=wanted)
        customer = wholesale.get_customer(name="harbor-view")
        expect(made["url"].endswith(f"/{customer.id}"), f"{made['url']} names {customer.id}")
        expect_equal(customer.status, "provisioning", "status")
        expect_equal(customer.org_id, None, "organization before he is provisioned")

    with walk.step("the same external id a second time is refused, and a package that nobody offers"):
        with walk.refused(409, "CUS-003", wxcadm.APIError) as refusal:
            wxcadm.webex_api_call("post", "v1/wholesale/customers", payload=wanted)
        expect("trackingId" in refusal.error.args[0], "wxcadm has the body of the refusal")
        with walk.refused(400, "CUS-011", wxcadm.APIError):
            payload = new_customer(walk.provisioning_id, "nowhere", ["webex_pigeons"])
            wxcadm.webex_api_call("post", "v1/wholesale/customers", payload=payload)

    with walk.step("the customer is provisioned, with the organization and the packages that he asked for"):
        walk.advance(PROVISIONING_DELAY_S)
        customer = wholesale.get_customer(name="harbor-view")
        expect_equal(customer.status, "provisioned", "status")
        expect_equal(customer.packages, PACKAGES, "packages")
        states = {package["status"] for package in customer.resource_details["packages"]}
        expect_equal(states, {"provisioned"}, "states of the packages")
    return customer


def main() -> None:
    walk = Walk("wxcadm")
    point_at(walk.origin)
    customers(walk)
    walk.finish()


main()
