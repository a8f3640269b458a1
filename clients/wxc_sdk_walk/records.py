"""What was done, through the classes of wxc-sdk: audit events and reports; and billing with its session."""

from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import RestError

from walk import DAY_S, Walk, expect, expect_equal


def walk_through(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    audit(walk, api, org_id)
    reports(walk, api)
    billing(walk, api)


def audit(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    with walk.step("what was done is told page by page, by whom and by category"):
        events = list(api.admin_audit.list_events(org_id, "2026-06-15T00:00:00Z", walk.now(), max=10))
        expect(len({it.id for it in events}) == len(events) > 20, f"{len(events)} events, none twice")
        actor = {it.actor_id for it in events}
        expect_equal({it.data.actor_email for it in events}, {"partner-full-admin@example.com"}, "who")
        known = api.admin_audit.list_event_categories()
        expect({it.data.event_category for it in events} <= set(known), f"categories: {known}")
        some = {"actor_id": actor.pop(), "event_categories": ["DEVICES", "NUMBERS"]}
        chosen = list(api.admin_audit.list_events(org_id, "2026-06-15T00:00:00Z", walk.now(), **some))
        expect_equal({it.data.event_category for it in chosen}, {"DEVICES", "NUMBERS"}, "chosen categories")

    with walk.step("a time that ends before it begins, and more than a year, are refused"):
        with walk.refused(400, "AUD-001", RestError):
            list(api.admin_audit.list_events(org_id, "2026-06-15T00:00:00Z", "2026-06-14T00:00:00Z"))
        with walk.refused(400, "AUD-002", RestError):
            list(api.admin_audit.list_events(org_id, "2024-06-15T00:00:00Z", walk.now()))


def reports(walk: Walk, api: WebexSimpleApi) -> None:
    with walk.step("a report is made of a template, waited for, and read row by row"):
        templates = {it.title: it for it in api.reports.list_templates()}
        log = templates["Admin audit log"]
        expect_equal({it.field for it in log.validations}, {"templateId", "startDate", "endDate"}, "validations")
        report = api.reports.create(template_id=log.id, start_date="2026-06-15", end_date="2026-06-15")
        expect_equal(api.reports.details(report).download_url, None, "address before it is done")
        walk.advance(DAY_S)
        seen = api.reports.details(report)
        expect_equal((seen.status, seen.title), ("done", "Admin audit log"), "report")
        rows = list(api.reports.download(seen.download_url))
        expect(rows and all(all(row) for row in rows), f"rows: {rows[:1]}")
        listed = list(api.reports.list(template_id=log.id))
        expect_equal([it.id for it in listed], [report], "reports")

    with walk.step("another without its dates is refused, and the first goes once"):
        with walk.refused(400, "REP-003", RestError):
            api.reports.create(template_id=log.id)
        with walk.refused(400, "REP-002", RestError):
            api.reports.create(template_id=4711)
        api.reports.delete(report)
        with walk.refused(404, "REP-001", RestError):
            api.reports.details(report)


def billing(walk: Walk, api: WebexSimpleApi) -> None:
    session = api.session
    url = session.ep("wholesale/billing/reports")

    with walk.step("a billing report of users is made, downloaded without a token, and goes"):
        days = {"billingStartDate": "2026-06-15", "billingEndDate": "2026-06-16"}
        made = session.rest_post(url, json={**days, "type": "USER"})
        expect_equal(session.rest_get(f"{url}/{made['id']}")["status"], "IN_PROGRESS", "status")
        walk.advance(DAY_S)
        seen = session.rest_get(f"{url}/{made['id']}")
        expect_equal(seen["status"], "COMPLETED", "status")
        listed = session.follow_pagination(url, params={"status": "COMPLETED"}, item_key="items")
        expect_equal([it["id"] for it in listed], [made["id"]], "reports")
        lines = walk.download(seen["tempDownloadURL"]).splitlines()
        expect(len(lines) > 1, f"lines: {lines[:1]}")
        with walk.refused(400, "BIL-004", RestError):
            broken = {"billingStartDate": "2026-06-16", "billingEndDate": "2026-06-15"}
            session.rest_post(url, json=broken)
        session.rest_delete(f"{url}/{made['id']}")
        with walk.refused(404, "BIL-001", RestError):
            session.rest_get(f"{url}/{made['id']}")
