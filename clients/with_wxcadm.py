"""wxcadm: a partner onboards a customer with three subscribers, and takes everything away again.

wxcadm has classes for wholesale customers and subscribers to read and to add, and for organizations, people,
locations, numbers, devices, audit events and reports (`wxcadm_walk/`, by noun); the rest its users reach with its
`webex_api_call`, and so does this walk. What clients of other makes do alike is in their walks.
"""

import wxcadm

from onboarding import PACKAGES, new_customer
from walk import (
    CUSTOMER_ADMIN,
    DAY_S,
    FULL_ADMIN,
    PROVISIONING_DELAY_S,
    READ_ONLY_ADMIN,
    Walk,
    expect,
    expect_equal,
    uuid_of,
)
from wxcadm_walk import devices, locations, people, records


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
        seen = wxcadm.webex_api_call("get", f"v1/wholesale/customers/{customer.id}")
        expect_equal(seen["orgId"], customer.org_id, "organization")
        expect_equal(customer.packages, PACKAGES, "packages")
        states = {package["status"] for package in customer.resource_details["packages"]}
        expect_equal(states, {"provisioned"}, "states of the packages")

    with walk.step("wxcadm itself breaks at the organizations of the customers"):
        expect_equal(len(wholesale.customers), 4, "customers")
        with walk.breaks(TypeError, "api_connection"):
            _ = wholesale.orgs
    return customer


def start_up(walk: Walk, customer: wxcadm.wholesale.WholesaleCustomer) -> wxcadm.Org:
    """Every way into wxcadm; the organization that the partner then works in."""
    with walk.step("the partner signs in, and finds his own organization first and the customer's among the others"):
        webex = wxcadm.Webex(FULL_ADMIN)
        expect_equal((webex.org.id, webex.org.name), (walk.partner_org_id, "Northwind Communications"), "own")
        organization = webex.get_org_by_id(customer.org_id)
        expect_equal(organization.name, "harbor-view Ltd", "organization by its id")
        expect_equal(webex.get_org_by_id(uuid_of(customer.org_id)).id, customer.org_id, "by its UUID")
        expect_equal(webex.get_org_by_name("harbor").id, customer.org_id, "by a part of its name")

    with walk.step("the customer's organization is taken from the start, by its UUID and by its id"):
        for org_id in (uuid_of(customer.org_id), customer.org_id):
            expect_equal(wxcadm.Webex(FULL_ADMIN, org_id=org_id).org.id, customer.org_id, "organization")
        expect_equal(organization.get_xsi_endpoints(), None, "an organization without XSI addresses")

    with walk.step("whoever signs in knows who he is, also one who only reads"):
        expect_equal(webex.me.org.id, walk.partner_org_id, "organization of the partner's administrator")
        expect("Webex for Wholesale Administrator" in {webex.org.roles[it] for it in webex.me.roles}, "his roles")
        role = webex.me.roles[0]
        expect_equal(webex.api.get(f"v1/roles/{role}")["name"], webex.org.roles[role], "one of them")
        reader = wxcadm.Webex(READ_ONLY_ADMIN, read_only=True)
        expect_equal(reader.org.id, walk.partner_org_id, "organization of the one who reads")
        expect_equal(len(wxcadm.Webex(CUSTOMER_ADMIN).orgs), 1, "organizations of a customer's administrator")

    with walk.step("a token of nobody is refused"), walk.refused(401, "API-005", wxcadm.TokenError):
        wxcadm.Webex("no-such-token")
    return wxcadm.Webex(FULL_ADMIN, org_id=customer.org_id).org


def tokens(walk: Walk) -> None:
    """wxcadm has no way to exchange a code, but it refreshes a token, with a body of JSON."""
    client = {"client_id": "a-client", "client_secret": "any"}

    with walk.step("a token is refreshed, and the new one is good"):
        granted = walk.grant("spark-admin:organizations_read spark-admin:people_read", **client)
        webex = wxcadm.Webex(granted["access_token"], refresh_token=granted["refresh_token"], **client)
        walk.advance(14 * DAY_S)
        with walk.refused(401, "API-005", wxcadm.TokenError):
            wxcadm.Webex(granted["access_token"])
        renewed = webex.get_new_token()
        expect(webex.refresh_token_expires > webex.access_token_expires, "lives of the tokens")
        expect_equal(wxcadm.Webex(renewed["access_token"]).org.id, walk.partner_org_id, "organization")
        with walk.refused(400, "OAU-012", wxcadm.APIError):
            webex.get_new_token(refresh_token="no-such-token")


def farewell(walk: Walk, customer: wxcadm.wholesale.WholesaleCustomer) -> None:
    wholesale = wxcadm.Wholesale(FULL_ADMIN)

    with walk.step("the customer goes, and is gone once that is done"):
        with walk.refused(409, "ORG-001", wxcadm.APIError):
            wxcadm.webex_api_call("delete", f"v1/organizations/{customer.org_id}")
        wxcadm.webex_api_call("delete", f"v1/wholesale/customers/{customer.id}")
        expect_equal(wholesale.get_customer(id=customer.id).status, "deleting", "status")
        walk.advance(PROVISIONING_DELAY_S)
        expect_equal(wholesale.get_customer(id=customer.id), None, "customer afterwards")
        with walk.refused(404, "CUS-004", wxcadm.APIError):
            wxcadm.webex_api_call("get", f"v1/wholesale/customers/{customer.id}")


def main() -> None:
    walk = Walk("wxcadm")
    point_at(walk.origin)
    customer = customers(walk)
    organization = start_up(walk, customer)
    locations.walk_through(walk, organization, customer)
    people.walk_through(walk, organization, customer)
    devices.walk_through(walk, organization)
    records.walk_through(walk, organization)
    farewell(walk, customer)
    tokens(walk)
    walk.finish()


main()
