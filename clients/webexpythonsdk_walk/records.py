"""What was done, through webexpythonsdk: audit events by its class, billing reports by its session."""

from webexpythonsdk import ApiError, WebexAPI

from walk import DAY_S, Walk, expect, expect_equal

REPORTS = "wholesale/billing/reports"


def walk_through(walk: Walk, api: WebexAPI, org_id: str) -> None:
    audit(walk, api, org_id)
    billing(walk, api)


def audit(walk: Walk, api: WebexAPI, org_id: str) -> None:
    start, end = "2026-06-15T00:00:00.000Z", "2026-06-15T23:59:59.999Z"

    with walk.step("more than a page of audit events is read, with times of the one format"):
        events = list(api.admin_audit_events.list(org_id, start, end))
        expect(len({it.id for it in events}) == len(events) > 100, f"{len(events)} events, none twice")
        expect(all(it.created for it in events), "each has a time")
        expect_equal({it.json_data["data"]["targetOrgId"] for it in events}, {org_id}, "whom they are about")
        actor = events[0].actorId
        his = list(api.admin_audit_events.list(org_id, start, end, actorId=actor, max=30))
        expect_equal({it.actorId for it in his}, {actor}, "who did it")
        last = list(api.admin_audit_events.list(org_id, start, end, offset=len(events) - 1))
        expect_equal([it.id for it in last], [events[-1].id], "the last one by its offset")

    with walk.step("they are chosen by category with the session, because the class loses what it does not know"):
        asked = {"orgId": org_id, "from": start, "to": end, "eventCategories": "NUMBERS"}
        some = list(api._session.get_items("adminAudit/events", params=asked))
        expect_equal({it["data"]["eventCategory"] for it in some}, {"NUMBERS"}, "category")

    with walk.step("a time that ends before it begins, and one that is none, are refused"):
        with walk.refused(400, "AUD-001", ApiError):
            list(api.admin_audit_events.list(org_id, end, start))
        with walk.refused(400, "API-002", ApiError):
            list(api.admin_audit_events.list(org_id, "yesterday", end))


def billing(walk: Walk, api: WebexAPI) -> None:
    wholesale = api._session
    walk.advance(DAY_S)

    with walk.step("billing reports of each type are made, listed, and downloaded without a token"):
        days = {"billingStartDate": "2026-06-15", "billingEndDate": "2026-06-15"}
        made = [wholesale.post(REPORTS, json={**days, "type": it})["id"] for it in ("PARTNER", "CUSTOMER", "USER")]
        walk.advance(DAY_S)
        listed = {it["id"]: it for it in wholesale.get_items(REPORTS, params={"max": 2})}
        expect_equal(set(listed), set(made), "reports")
        expect_equal({it["status"] for it in listed.values()}, {"COMPLETED"}, "states")
        users = walk.download(wholesale.get(f"{REPORTS}/{made[2]}")["tempDownloadURL"])
        expect("guest.number007@silver-lake.example.com" in users, "one of the users")
        only = [it["id"] for it in wholesale.get_items(REPORTS, params={"type": "USER"})]
        expect_equal(only, [made[2]], "reports of users")

    with walk.step("days that are not over yet are refused, and the reports go with exactly 204"):
        with walk.refused(400, "BIL-002", ApiError):
            wholesale.post(REPORTS, json={"billingStartDate": "2026-06-15", "billingEndDate": "2026-12-31"})
        for report in made:
            wholesale.delete(f"{REPORTS}/{report}")
        with walk.refused(404, "BIL-001", ApiError):
            wholesale.get(f"{REPORTS}/{made[0]}")
