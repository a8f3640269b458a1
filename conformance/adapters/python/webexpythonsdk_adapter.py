"""webexpythonsdk behind HCP/1: `hub-conformance run -- python webexpythonsdk_adapter.py`.

People and licences go through its classes. It has none for the wholesale API and for locations; its users reach those
with the session of their `WebexAPI`, which demands an exact status and a JSON body, and so does this adapter. What
cannot be done that way (PATCH, answers without a body, files) is not declared.
"""

import requests
import webexpythonsdk
import webexpythonsdk.restsession
from webexpythonsdk import ApiError, RateLimitError, WebexAPI

import hcp

# Refused with 429, it waits by `time.sleep` as long as it was told and asks again.
webexpythonsdk.restsession.time = hcp.virtual_time

adapter = hcp.Adapter("webexpythonsdk", webexpythonsdk.__version__, features=["retries-limited"], max_parallel=4)
CUSTOMERS, SUBSCRIBERS = "wholesale/customers", "wholesale/subscribers"
REPORTS = "wholesale/billing/reports"


@adapter.opens
def opens(session: hcp.Session) -> WebexAPI:
    return WebexAPI(session.token, base_url=f"{session.base_url}/v1/")


@adapter.translates(ApiError)
def refused(error: ApiError) -> hcp.Refused | None:
    if error.status_code < 400:
        return None  # a success that the session did not expect
    wait_s = error.retry_after if isinstance(error, RateLimitError) else None
    return hcp.Refused(hcp.kind_of(error.status_code), code=hcp.code_of(error.details), retry_after_s=wait_s)


# Timeouts first: one of connecting is both.
adapter.translates(requests.Timeout)(lambda _: hcp.Refused("timeout"))
adapter.translates(requests.ConnectionError)(lambda _: hcp.Refused("unavailable"))


@adapter.op("customer.precheck")
def customer_precheck(api, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    return api._session.post(f"{CUSTOMERS}/validate", json=hcp.without(args, *query), params=query)


@adapter.op("customer.provision")
def customer_provision(api, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    return api._session.post(CUSTOMERS, json=hcp.without(args, *query), params=query, erc=202)


@adapter.op("customer.await")
def customer_await(api, args):
    return hcp.settled(lambda: customer_get(api, args), {"provisioning", "updating"})


@adapter.op("customer.get")
def customer_get(api, args):
    return api._session.get(f"{CUSTOMERS}/{args['customerId']}")


@adapter.op("customer.list")
def customer_list(api, args):
    return list(api._session.get_items(CUSTOMERS, params=args))


@adapter.op("customer.update")
def customer_update(api, args):
    query = hcp.only(args, "onBehalfOfSubPartnerOrgId")
    body = hcp.without(args, "customerId", *query)
    return api._session.put(f"{CUSTOMERS}/{args['customerId']}", json=body, params=query, erc=202)


@adapter.op("customer.remove")
def customer_remove(api, args):
    api._session.delete(f"{CUSTOMERS}/{args['customerId']}", erc=202)


@adapter.op("subpartner.list")
def subpartner_list(api, args):
    return list(api._session.get_items("wholesale/subPartners", params=args))


@adapter.op("subscriber.precheck")
def subscriber_precheck(api, args):
    return api._session.post(f"{SUBSCRIBERS}/validate", json=args)


@adapter.op("subscriber.provision")
def subscriber_provision(api, args):
    return api._session.post(SUBSCRIBERS, json=args)


@adapter.op("subscriber.get")
def subscriber_get(api, args):
    return api._session.get(f"{SUBSCRIBERS}/{args['subscriberId']}")


@adapter.op("subscriber.list")
def subscriber_list(api, args):
    return list(api._session.get_items(SUBSCRIBERS, params=args))


@adapter.op("subscriber.change_package")
def subscriber_change_package(api, args):
    return api._session.put(f"{SUBSCRIBERS}/{args['subscriberId']}", json=hcp.without(args, "subscriberId"))


@adapter.op("subscriber.remove")
def subscriber_remove(api, args):
    api._session.delete(f"{SUBSCRIBERS}/{args['subscriberId']}")


@adapter.op("person.create")
def person_create(api, args):
    return api.people.create(**args).json_data


@adapter.op("person.get")
def person_get(api, args):
    if "callingData" in args:
        raise hcp.Unsupported("people.get takes no callingData")
    return api.people.get(args["personId"]).json_data


@adapter.op("person.list")
def person_list(api, args):
    return [person.json_data for person in api.people.list(**args)]


@adapter.op("person.update")
def person_update(api, args):
    if "callingData" in args:
        raise hcp.Unsupported("people.update takes no callingData")
    return api.people.update(**args).json_data


@adapter.op("person.remove")
def person_remove(api, args):
    api.people.delete(args["personId"])


@adapter.op("license.list")
def license_list(api, args):
    return [license.json_data for license in api.licenses.list(**args)]


@adapter.op("license.get")
def license_get(api, args):
    if "includeAssignedTo" in args:
        raise hcp.Unsupported("licenses.get takes no includeAssignedTo")
    return api.licenses.get(args["licenseId"]).json_data


@adapter.op("location.create")
def location_create(api, args):
    query = hcp.only(args, "orgId")
    return api._session.post("locations", json=hcp.without(args, *query), params=query, erc=201)


@adapter.op("location.list")
def location_list(api, args):
    return list(api._session.get_items("locations", params=args))


@adapter.op("location.enable_calling")
def location_enable_calling(api, args):
    query = hcp.only(args, "orgId")
    return api._session.post("telephony/config/locations", json=hcp.without(args, *query), params=query, erc=201)


@adapter.op("billing.create_report")
def billing_create_report(api, args):
    return api._session.post(REPORTS, json=args)


@adapter.op("billing.await_report")
def billing_await_report(api, args):
    return hcp.settled(lambda: api._session.get(f"{REPORTS}/{args['id']}"), {"IN_PROGRESS"})


@adapter.op("billing.remove_report")
def billing_remove_report(api, args):
    api._session.delete(f"{REPORTS}/{args['id']}")


if __name__ == "__main__":
    adapter.run()
