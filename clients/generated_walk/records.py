"""Audit events, reports and billing reports, as their documents have them."""

from generated_walk.client import Client
from walk import DAY_S, Walk, expect, expect_equal

BILLING = "wholesale_billing_reports"


def audit(walk: Walk, admin: Client, org_id: str) -> None:
    with walk.step("what was done is read by the document's types"):
        when = {"from_": "2026-06-15T00:00:00.000Z", "to": "2026-06-15T23:59:59.999Z"}
        status, events = admin.call("admin_audit_events.list_admin_audit_events", org_id=org_id, **when)
        expect(status == 200 and len(events.items) > 10, f"events: {events}")
        expect_equal({it.data.target_org_id for it in events.items}, {org_id}, "whom they are about")
        status, known = admin.call("admin_audit_events.list_admin_audit_event_categories")
        expect({it.data.event_category for it in events.items} <= set(known.event_categories), "categories")


def reports(walk: Walk, admin: Client) -> None:
    with walk.step("reports are answered as in the document's examples, not its schemas, at which the code breaks"):
        with walk.breaks(ValueError, "dictionary update sequence"):
            admin.call("report_templates.list_report_templates")
        walk.answered(200)
        body = {"templateId": 1, "startDate": "2026-06-15", "endDate": "2026-06-15"}
        status, made = admin.call("reports.createa_report", model="CreateaReportBody", body=body)
        report = made.additional_properties["items"]["Id"]
        status, seen = admin.call("reports.get_report_details", report)
        expect_equal((status, seen.additional_properties["items"][0]["Id"]), (200, report), "report")
        status, _ = admin.call("reports.list_reports")
        expect_equal(status, 200, "status of the list")
        status, _ = admin.call("reports.delete_a_report", report)
        expect_equal(status, 204, "status of the removal")
        status, _ = admin.call("reports.get_report_details", report)
        walk.swallows(404, "REP-001")


def billing(walk: Walk, wholesale: Client) -> None:
    with walk.step("a billing report is made, waited for, listed and removed"):
        walk.advance(DAY_S)
        body = {"billingStartDate": "2026-06-15", "billingEndDate": "2026-06-15", "type": "CUSTOMER"}
        create = {"model": "CreateAWholesaleBillingReportBody", "body": body}
        status, made = wholesale.call(f"{BILLING}.create_a_wholesale_billing_report", **create)
        walk.advance(DAY_S)
        status, seen = wholesale.call(f"{BILLING}.get_a_wholesale_billing_report", made.id)
        expect_equal((status, seen.status), (200, "COMPLETED"), "report")
        expect(walk.download(seen.temp_download_url), "the file")
        status, found = wholesale.call(f"{BILLING}.list_wholesale_billing_reports", type_="CUSTOMER")
        expect_equal((status, [it.id for it in found.items]), (200, [made.id]), "reports")
        status, _ = wholesale.call(f"{BILLING}.delete_a_wholesale_billing_report", made.id)
        expect_equal(status, 204, "status of the removal")
        status, _ = wholesale.call(f"{BILLING}.get_a_wholesale_billing_report", made.id)
        walk.swallows(404, "BIL-001")
