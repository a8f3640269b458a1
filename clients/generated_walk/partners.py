"""What a partner does for himself: his administrators and his reports, as the document of administration has them."""

from generated_walk.client import Client
from walk import DAY_S, Walk, expect, expect_equal

ADMINISTRATORS = "partner_administrators"
REPORTS = "partner_reports_templates"


def administrators(walk: Walk, admin: Client, org_id: str) -> None:
    with walk.step("a partner administrator is assigned to the customer, sees him, and is taken away again"):
        _, found = admin.call("people.list_people", email="partner-admin@example.com", org_id=walk.partner_org_id)
        person = found.items[0].id
        status, _ = admin.call(f"{ADMINISTRATORS}.assign_partner_admin_to_a_customer", org_id, person)
        expect_equal(status, 200, "status of the assignment")
        customers = f"{ADMINISTRATORS}.get_all_customers_managed_by_a_partner_admin"
        status, managed = admin.call(customers, managed_by=person)
        expect(status == 200 and org_id in {it.org_id for it in managed.items}, f"his customers: {managed}")
        status, of_customer = admin.call(f"{ADMINISTRATORS}.get_all_partner_admins_assigned_to_a_customer", org_id)
        expect_equal((status, [it.id for it in of_customer.items]), (200, [person]), "administrators of the customer")
        status, _ = admin.call(f"{ADMINISTRATORS}.unassign_partner_admin_from_a_customer", org_id, person)
        expect_equal(status, 200, "status of the end of it")
        status, managed = admin.call(customers, managed_by=person)
        expect(org_id not in {it.org_id for it in managed.items}, f"his customers: {managed}")

    with walk.step("who is no partner administrator is not assigned; who is one is none any more when he is revoked"):
        _, me = admin.call("people.get_my_own_details")
        status, _ = admin.call(f"{ADMINISTRATORS}.assign_partner_admin_to_a_customer", org_id, me.id)
        walk.swallows(400, "ORG-006")
        status, _ = admin.call(f"{ADMINISTRATORS}.revoke_all_partner_admin_roles_for_a_given_person_id", person)
        expect_equal(status, 204, "status of the revocation")
        status, _ = admin.call(f"{ADMINISTRATORS}.assign_partner_admin_to_a_customer", org_id, person)
        walk.swallows(400, "ORG-006")


def reports(walk: Walk, admin: Client) -> None:
    with walk.step("a report over all customers is made of a template, waited for, listed and removed"):
        status, templates = admin.call(f"{REPORTS}.list_report_templates")
        wanted = {it.title: it.id for it in templates.template_collection}["Package usage"]
        body = {"templateId": int(wanted), "startDate": "2026-06-15", "endDate": "2026-06-15"}
        create = {"model": "CreateAReportBody", "body": body}
        status, made = admin.call(f"{REPORTS}.create_a_report", **create)
        expect_equal(status, 200, "status of the creation")
        walk.advance(DAY_S)
        status, listed = admin.call(f"{REPORTS}.list_reports")
        expect_equal((status, [it.id for it in listed.report_attributes]), (200, [made.report_id]), "reports")
        status, seen = admin.call(f"{REPORTS}.get_report_details", made.report_id)
        expect_equal((status, seen.status, seen.title), (200, "done", "Package usage"), "report")
        status, _ = admin.call(f"{REPORTS}.delete_a_report", made.report_id)
        expect_equal(status, 204, "status of the removal")
        status, _ = admin.call(f"{REPORTS}.get_report_details", made.report_id)
        walk.swallows(404, "REP-001")
