"""The customer's organization, roles, licences and people, through the classes of webexpythonsdk.

Its people are asked for their times as often as they are read: it parses them by one exact format, and only then.
"""

from webexpythonsdk import ApiError, WebexAPI
from webexpythonsdk.models.immutable import Person

from onboarding import NUMBERS
from walk import Walk, expect, expect_equal, uuid_of

HOST = "silver-lake.example.com"


def walk_through(walk: Walk, api: WebexAPI, customer: dict) -> None:
    organizations(walk, api, customer)
    me(walk, api)
    listed(walk, api, customer)
    licenses(walk, api, customer)
    created(walk, api, customer)


def organizations(walk: Walk, api: WebexAPI, customer: dict) -> None:
    with walk.step("organizations are listed and shown, with a time of the one format"):
        seen = {it.id: it for it in api.organizations.list()}
        one = api.organizations.get(customer["orgId"])
        expect_equal((one.displayName, one.created), ("silver-lake Ltd", seen[one.id].created), "organization")
        expect_equal(one.created.isoformat(), "2026-06-15T09:00:30+00:00", "when it was made")
        expect(all(it.created for it in seen.values()), "each has a time")
        with walk.refused(404, "CUS-015", ApiError):
            api.organizations.get(customer["id"])


def me(walk: Walk, api: WebexAPI) -> None:
    with walk.step("the administrator is told who he is, and what his roles are called"):
        admin = api.people.me()
        expect_equal((admin.orgId, admin.type), (walk.partner_org_id, "person"), "who he is")
        expect(admin.created and admin.lastModified, "times of the administrator")
        roles = {it.id: it.name for it in api.roles.list()}
        expect("Partner Full Administrator" in {roles[it] for it in admin.roles}, "his roles")
        expect_equal(api.roles.get(admin.roles[0]).name, roles[admin.roles[0]], "one role")
        with walk.refused(404, "ORG-005", ApiError):
            api.roles.get(admin.id)


def listed(walk: Walk, api: WebexAPI, customer: dict) -> None:
    org_id = customer["orgId"]

    with walk.step("people are listed in pages that keep the query, without a gap and none twice"):
        everybody = list(api.people.list(orgId=org_id))
        ids = [it.id for it in everybody]
        expect_equal(len(ids), len(set(ids)), "people seen twice")
        expect_equal([it.id for it in api.people.list(orgId=org_id, max=7)], ids, "in pages of 7")
        guests = list(api.people.list(orgId=org_id, displayName="Guest N", max=50))
        expect(
            len(guests) > 100 and all(it.displayName.startswith("Guest N") for it in guests), "by a name in two words"
        )
        expect(all(it.created and it.lastModified for it in everybody), "each has its times")

    with walk.step("one is found by address and by ids"):
        first, second = guests[:2]
        by_email = api.people.list(email=first.emails[0], orgId=org_id)
        expect_equal([it.id for it in by_email], [first.id], "by address")
        both = api.people.list(id=f"{first.id},{second.id}")
        expect_equal({it.id for it in both}, {first.id, second.id}, "by ids")
        expect_equal(api.people.get(first.id).emails, first.emails, "one by himself")
        with walk.refused(404, "PPL-001", ApiError):
            api.people.get(uuid_of(customer["id"]))


def licenses(walk: Walk, api: WebexAPI, customer: dict) -> None:
    with walk.step("licences are listed and shown, one with those who have it over several pages"):
        names = {it.name: it for it in api.licenses.list(orgId=customer["orgId"])}
        calling = names["Webex Calling - Professional"]
        expect_equal(api.licenses.get(calling.id).name, calling.name, "one licence")
        expect(isinstance(calling.totalUnits, int) and calling.consumedUnits == 0, "units of it")
        meetings = names["Webex Meetings"]
        params = {"includeAssignedTo": "user", "limit": 50}
        pages = list(api._session.get_pages(f"licenses/{meetings.id}", params=params))
        users = [it["id"] for page in pages for it in page["users"]]
        expect_equal((len(pages), len(set(users))), (3, meetings.consumedUnits), "pages and users")
        with walk.refused(404, "LIC-025", ApiError):
            api.licenses.get(customer["orgId"])


def created(walk: Walk, api: WebexAPI, customer: dict) -> None:
    org_id = customer["orgId"]
    office = next(api._session.get_items("locations", params={"orgId": org_id}))
    calling = next(it for it in api.licenses.list(orgId=org_id) if it.name == "Webex Calling - Professional")
    inventory = f"telephony/config/locations/{office['id']}/numbers"
    new = {"displayName": "Nora New", "orgId": org_id}

    with walk.step("numbers are added, which webexpythonsdk itself calls malformed because nothing is answered"):
        with walk.breaks(Exception, "Expecting value"):
            api._session.post(inventory, json={"phoneNumbers": NUMBERS}, params={"orgId": org_id})
        walk.answered(200)

    with walk.step("a person who calls is created with exactly 200, and read with what calling adds"):
        number = [{"type": "work", "value": NUMBERS[1]}]
        where = {"licenses": [calling.id], "locationId": office["id"], "phoneNumbers": number, "extension": "2001"}
        nora = api.people.create([f"nora@{HOST}"], **new, **where, callingData=True)
        expect_equal((nora.extension, nora.locationId), ("2001", office["id"]), "calling data")
        expect_equal([it["value"] for it in nora.phoneNumbers if it["type"] == "work"], [NUMBERS[1]], "number")
        expect(calling.id in nora.licenses, "she has the licence")

    with walk.step("who has an address or a number that somebody has is refused, as is one without a name"):
        with walk.refused(409, "PPL-014", ApiError) as refusal:
            api.people.create([f"nora@{HOST}"], **new)
        expect(refusal.error.message and refusal.error.tracking_id, "webexpythonsdk has message and tracking id")
        with walk.refused(409, "NUM-003", ApiError):
            api.people.create([f"other@{HOST}"], **new, **{**where, "extension": "2002"})
        with walk.refused(400, "PPL-002", ApiError):
            api.people.create([f"other@{HOST}"], orgId=org_id)

    changed(walk, api, nora)


def changed(walk: Walk, api: WebexAPI, nora: Person) -> None:
    with walk.step("she is changed, and goes with exactly 204"):
        same = {"displayName": "Nora Newer", "firstName": "Nora", "lastName": "Newer", "licenses": nora.licenses}
        seen = api.people.update(nora.id, emails=nora.emails, orgId=nora.orgId, roles=[], title="Buyer", **same)
        expect_equal(
            (seen.displayName, seen.title, set(seen.licenses)), ("Nora Newer", "Buyer", set(nora.licenses)), "her"
        )
        with walk.refused(400, "PPL-006", ApiError):
            api.people.update(nora.id, emails=nora.emails, orgId=walk.partner_org_id, roles=[], **same)
        api.people.delete(nora.id)
        with walk.refused(404, "PPL-001", ApiError):
            api.people.delete(nora.id)
