"""What was done, as wxcadm reads it: audit events, reports and billing."""

import wxcadm

from walk import DAY_S, FULL_ADMIN, Walk, expect, expect_equal

BILLING = "v1/wholesale/billing/reports"


def walk_through(walk: Walk, organization: wxcadm.Org) -> None:
    audit(walk, organization)
    reports(walk, wxcadm.Webex(FULL_ADMIN).org)
    billing(walk)


def audit(walk: Walk, organization: wxcadm.Org) -> None:
    with walk.step("what was done to the customer's organization is told, the newest first"):
        events = organization.get_audit_events("2026-06-15", "2026-06-15")
        expect(len(events) > 20, f"{len(events)} events, over several pages or not")
        expect_equal([it.timestamp for it in events], sorted((it.timestamp for it in events), reverse=True), "order")
        expect_equal({it.actor_org_name for it in events}, {"Northwind Communications"}, "who did it")
        expect_equal({it.target_org_id for it in events}, {organization.id}, "to whom")
        done = {it.category for it in events}
        expect({"DEVICES", "GROUPS", "LOCATIONS", "NUMBERS", "USERS"} <= done, f"categories: {done}")
        expect(any("cora@harbor-view.example.com" in it.text for it in events), "Cora is in the texts")
        yesterday = organization.get_audit_events("2026-06-14", "2026-06-14")
        expect_equal(yesterday.data, [], "events of the day before")

    with walk.step("wxcadm itself breaks at a 400 that it is answered to a GET"):
        with walk.breaks(AttributeError, "'get'"):
            organization.get_audit_events("2026-06-15", "2026-06-14")
        walk.swallows(400, "AUD-001")


def reports(walk: Walk, partner: wxcadm.Org) -> None:
    with walk.step("a report is made, waited for, and read line by line"):
        template = next(it for it in partner.reports.templates if it.title == "Admin audit log")
        expect_equal(partner.reports.get_template(template.id).title, template.title, "template by its id")
        made = partner.reports.create_report(template, "2026-06-15", "2026-06-15")
        expect(made.status != "done", f"status at first: {made._status}")
        walk.advance(DAY_S)
        expect_equal(made.status, "done", "status")
        lines = made.get_report_lines()
        expect(len(lines) > 1, f"lines: {lines}")
        listed = wxcadm.reports.ReportList(partner)
        expect_equal([it.id for it in listed], [made.id], "reports")
        expect_equal(listed.get_report_lines(made.id), lines, "lines by the id")

    with walk.step("a report without its dates, and one of no template, are refused"):
        with walk.refused(400, "REP-003", wxcadm.APIError):
            partner.reports.create_report(template)
        with walk.refused(400, "REP-002", wxcadm.APIError):
            partner.reports.create_report(wxcadm.reports.ReportTemplate({"Id": 4711}), "2026-06-15", "2026-06-15")

    with walk.step("the report goes; wxcadm says False where there is none"):
        expect_equal(listed.delete_report(made.id), True, "deletion")
        expect_equal(listed.delete_report(made.id), False, "deletion once more")
        walk.swallows(404, "REP-001")


def billing(walk: Walk) -> None:
    with walk.step("a billing report is asked for, waited for, and goes"):
        body = {"billingStartDate": "2026-06-15", "billingEndDate": "2026-06-15", "type": "CUSTOMER"}
        made = wxcadm.webex_api_call("post", BILLING, payload=body)
        walk.advance(DAY_S)
        seen = wxcadm.webex_api_call("get", f"{BILLING}/{made['id']}")
        expect_equal(seen["status"], "COMPLETED", "status")
        expect_equal([it["id"] for it in wxcadm.webex_api_call("get", BILLING)], [made["id"]], "reports")
        wxcadm.webex_api_call("delete", f"{BILLING}/{made['id']}")
        with walk.refused(404, "BIL-001", wxcadm.APIError):
            wxcadm.webex_api_call("get", f"{BILLING}/{made['id']}")
