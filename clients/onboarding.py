"""What the walks send: a customer, his address, his numbers; the same for all clients."""

from __future__ import annotations

ADDRESS = {
    "addressLine1": "771 Alder Drive",
    "addressLine2": "Cisco Site 5",
    "city": "Milpitas",
    "stateOrProvince": "CA",
    "zipOrPostalCode": "95035",
    "country": "US",
}
# The same address in the words of /locations.
LOCATION_ADDRESS = {
    "address1": "771 Alder Drive",
    "city": "Milpitas",
    "state": "CA",
    "postalCode": "95035",
    "country": "US",
}
PACKAGES = ["webex_calling", "webex_meetings", "webex_suite"]
# In no inventory of the demo world. The first becomes the main number of the location, the others are for subscribers.
NUMBERS = ["+14085557210", "+14085557211", "+14085557212"]


def new_customer(provisioning_id: str, external_id: str, packages: list[str] = PACKAGES) -> dict:
    """A customer with a new organization, whose calling users are in one location."""
    location = {"name": "Head Office", "address": ADDRESS, "timezone": "America/Los_Angeles", "language": "en_us"}
    return {
        "provisioningId": provisioning_id,
        "packages": packages,
        "externalId": external_id,
        "address": ADDRESS,
        "customerInfo": {"name": f"{external_id} Ltd", "primaryEmail": f"owner@{external_id}.example.com"},
        "provisioningParameters": {"calling": {"location": location}},
    }


def new_subscriber(customer_id: str, email: str, package: str, **calling: str) -> dict:
    """A subscriber; `calling` is his number, extension and location where the package includes calling."""
    first, last = email.split("@", maxsplit=1)[0].split(".")
    names = {"firstName": first.title(), "lastName": last.title()}
    return {"customerId": customer_id, "email": email, "package": package, "provisioningParameters": names | calling}
