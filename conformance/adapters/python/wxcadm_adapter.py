"""wxcadm behind HCP/1: `hub-conformance run -- python wxcadm_adapter.py`.

What wxcadm has a class for, with these arguments, goes through it: new subscribers with a location, changed and removed
people, locations, numbers. The rest its users reach with its `WebexApi`, and so does this adapter. Its exceptions
have the body of a refusal but no status: without one of Webex's error codes, all that can be told is that it was one.
"""

from importlib.metadata import version

import requests
import wxcadm
import wxcadm.common

import hcp

# Refused with 429, it waits by `time.sleep` as long as it was told and asks again.
wxcadm.common.time = hcp.virtual_time

# wxcadm keeps address and token in its modules, so only one call can be made at a time.
adapter = hcp.Adapter("wxcadm", version("wxcadm"), features=["retries-limited"], max_parallel=1)
CUSTOMERS, SUBSCRIBERS = "v1/wholesale/customers", "v1/wholesale/subscribers"
REPORTS = "v1/wholesale/billing/reports"
# What Webex's documentation says of its error codes.
KINDS = {1001: "invalid", 1002: "invalid", 2024: "not_found", 10022: "conflict"}
# The arguments of `WholesaleCustomer.add_subscriber`, by Webex's names.
SUBSCRIBER = {"firstName", "lastName", "primaryPhoneNumber", "extension", "locationId"}


@adapter.opens
def opens(session: hcp.Session) -> hcp.Session:
    return session


def api(session: hcp.Session) -> wxcadm.WebexApi:
    """wxcadm's requests by hand."""
    origin = f"{session.base_url}/"
    wxcadm.common._url_base = wxcadm.webex._url_base = origin
    org_id, _, retry_count = wxcadm.WebexApi.__init__.__defaults__
    wxcadm.WebexApi.__init__.__defaults__ = (org_id, origin, retry_count)
    return wxcadm.WebexApi(session.token)


def wholesale(session: hcp.Session) -> wxcadm.Wholesale:
    api(session)
    return wxcadm.Wholesale(session.token)


def organization(session: hcp.Session, org_id: str | None) -> wxcadm.Org:
    """The organization, or without an id the administrator's own."""
    api(session)
    return wxcadm.Webex(session.token, org_id=org_id).org


@adapter.translates(wxcadm.TokenError)
def token_refused(_: wxcadm.TokenError) -> hcp.Refused:
    return hcp.Refused("unauthorized")


@adapter.translates(wxcadm.APIError)
def refused(error: wxcadm.APIError) -> hcp.Refused:
    body = error.args[0]
    if not isinstance(body, dict):
        return hcp.Refused("unavailable")  # whoever answered was not Webex
    code = hcp.code_of(body)
    return hcp.Refused(KINDS.get(code, "invalid"), code=code)


# Timeouts first: one of connecting is both.
adapter.translates(requests.Timeout)(lambda _: hcp.Refused("timeout"))
adapter.translates(requests.ConnectionError)(lambda _: hcp.Refused("unavailable"))


def said(answer: dict | bool) -> dict:
    """An answer without a body is True, and False where wxcadm gave up after many a 429."""
    if answer is False:
        raise hcp.Refused("limited")
    return {} if answer is True else answer


@adapter.op("customer.precheck")
def customer_precheck(session, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    return said(api(session).post(f"{CUSTOMERS}/validate", hcp.without(args, *query), query))


@adapter.op("customer.provision")
def customer_provision(session, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    return said(api(session).post(CUSTOMERS, hcp.without(args, *query), query))


@adapter.op("customer.await")
def customer_await(session, args):
    return hcp.settled(lambda: customer_get(session, args), {"provisioning", "updating"})


@adapter.op("customer.get")
def customer_get(session, args):
    return api(session).get(f"{CUSTOMERS}/{args['customerId']}")


@adapter.op("customer.list")
def customer_list(session, args):
    return api(session).get(CUSTOMERS, args)


@adapter.op("customer.update")
def customer_update(session, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    body = hcp.without(args, "customerId", *query)
    return said(api(session).put(f"{CUSTOMERS}/{args['customerId']}", body, query))


@adapter.op("customer.remove")
def customer_remove(session, args):
    return said(api(session).delete(f"{CUSTOMERS}/{args['customerId']}"))


@adapter.op("subpartner.list")
def subpartner_list(session, args):
    return api(session).get("v1/wholesale/subPartners", args)


@adapter.op("subscriber.precheck")
def subscriber_precheck(session, args):
    return said(api(session).post(f"{SUBSCRIBERS}/validate", args))


@adapter.op("subscriber.provision")
def subscriber_provision(session, args):
    parameters = args.get("provisioningParameters") or {}
    if "package" not in args or "locationId" not in parameters or parameters.keys() - SUBSCRIBER:
        return said(api(session).post(SUBSCRIBERS, args))
    customer = wholesale(session).get_customer(id=args["customerId"])
    location = customer and customer.get_location(id=parameters["locationId"])
    if location is None:
        raise hcp.Refused("not_found")
    names = (parameters.get("firstName"), parameters.get("lastName"))
    numbers = (parameters.get("primaryPhoneNumber"), parameters.get("extension"))
    return said(customer.add_subscriber(args["email"], args["package"], *names, *numbers, location))


@adapter.op("subscriber.get")
def subscriber_get(session, args):
    return api(session).get(f"{SUBSCRIBERS}/{args['subscriberId']}")


@adapter.op("subscriber.list")
def subscriber_list(session, args):
    return api(session).get(SUBSCRIBERS, args)


@adapter.op("subscriber.change_package")
def subscriber_change_package(session, args):
    return said(api(session).put(f"{SUBSCRIBERS}/{args['subscriberId']}", hcp.without(args, "subscriberId")))


@adapter.op("subscriber.remove")
def subscriber_remove(session, args):
    return said(api(session).delete(f"{SUBSCRIBERS}/{args['subscriberId']}"))


@adapter.op("person.create")
def person_create(session, args):
    query = hcp.only(args, "callingData")
    return said(api(session).post("v1/people", hcp.without(args, *query), query))


@adapter.op("person.get")
def person_get(session, args):
    return api(session).get(f"v1/people/{args['personId']}", hcp.only(args, "callingData"))


@adapter.op("person.list")
def person_list(session, args):
    return api(session).get("v1/people", args)


@adapter.op("person.update")
def person_update(session, args):
    if {"siteUrls", "callingData"} & args.keys():
        query = hcp.only(args, "callingData")
        body = hcp.without(args, "personId", *query)
        return said(api(session).put(f"v1/people/{args['personId']}", body, query))
    person = wxcadm.Person(args["personId"], organization(session, args.get("orgId")))
    changes = {
        "email": args.get("emails", [None])[0],
        "numbers": args.get("phoneNumbers"),
        "extension": args.get("extension"),
        "location": args.get("locationId"),
        "display_name": args.get("displayName"),
        "first_name": args.get("firstName"),
        "last_name": args.get("lastName"),
    }
    same = hcp.only(args, "roles", "licenses", "department", "title")
    if not person.update_person(**changes, **same):
        raise hcp.Refused("limited")
    return person.refresh_person(raw=True)


@adapter.op("person.remove")
def person_remove(session, args):
    wxcadm.Person(args["personId"], organization(session, None)).delete()


@adapter.op("license.list")
def license_list(session, args):
    return api(session).get("v1/licenses", args)


@adapter.op("license.get")
def license_get(session, args):
    if "includeAssignedTo" in args:
        raise hcp.Unsupported("WebexApi.get follows one list of an answer and loses what stands beside it")
    return api(session).get(f"v1/licenses/{args['licenseId']}")


@adapter.op("license.assign")
def license_assign(session, args):
    return said(api(session).patch("v1/licenses/users", args))


@adapter.op("location.create")
def location_create(session, args):
    if "announcementLanguage" in args:
        query = hcp.only(args, "orgId")
        return said(api(session).post("v1/locations", hcp.without(args, *query), query))
    new = (args["name"], args["timeZone"], args["preferredLanguage"], args["address"])
    return {"id": organization(session, args["orgId"]).locations.create(*new).id}


@adapter.op("location.list")
def location_list(session, args):
    return api(session).get("v1/locations", args)


@adapter.op("location.enable_calling")
def location_enable_calling(session, args):
    found = organization(session, args["orgId"]).locations.get(id=args["id"])
    if found is None:
        raise hcp.Refused("not_found")
    found.enable_webex_calling()
    return {"id": found.id}


@adapter.op("number.add")
def number_add(session, args):
    owner = organization(session, args["orgId"])
    location = owner.locations.get(id=args["locationId"])
    if location is None:
        raise hcp.Refused("not_found")
    owner.numbers.add(location, args["phoneNumbers"], **hcp.only(args, "state"))


@adapter.op("number.list")
def number_list(session, args):
    return {"phoneNumbers": api(session).get("v1/telephony/config/numbers", args, items_key="phoneNumbers")}


@adapter.op("billing.create_report")
def billing_create_report(session, args):
    return said(api(session).post(REPORTS, args))


@adapter.op("billing.await_report")
def billing_await_report(session, args):
    return hcp.settled(lambda: api(session).get(f"{REPORTS}/{args['id']}"), {"IN_PROGRESS"})


@adapter.op("billing.remove_report")
def billing_remove_report(session, args):
    return said(api(session).delete(f"{REPORTS}/{args['id']}"))


if __name__ == "__main__":
    adapter.run()
