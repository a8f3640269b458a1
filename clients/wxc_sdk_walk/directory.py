"""The customer's organization, users and groups as directories see them, through the classes of wxc-sdk."""

from wxc_sdk import WebexSimpleApi
from wxc_sdk.base import webex_id_to_uuid
from wxc_sdk.groups import Group, GroupMember
from wxc_sdk.rest import RestError
from wxc_sdk.scim.bulk import BulkMethod, BulkOperation
from wxc_sdk.scim.groups import ScimGroup, ScimGroupMember
from wxc_sdk.scim.users import (
    EmailObject,
    EmailObjectType,
    NameObject,
    PatchUserOperation,
    PatchUserOperationOp,
    ScimUser,
    UserTypeObject,
)

from walk import Walk, expect_equal

PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
HOST = "quiet-oak.example.com"


def walk_through(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    organizations(walk, api, org_id)
    users(walk, api, org_id)
    bulk(walk, api, webex_id_to_uuid(org_id))
    groups(walk, api, org_id)


def organizations(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    with walk.step("the customer's organization is listed and shown, and stays as long as it is a customer's"):
        listed = {it.org_id: it for it in api.organizations.list(calling_data=True)}
        seen = api.organizations.details(org_id)
        expect_equal((seen, seen.display_name), (listed[org_id], "quiet-oak Ltd"), "organization")
        expect_equal(api.organizations.details(webex_id_to_uuid(org_id)).org_id, org_id, "by its UUID")
        with walk.refused(409, "ORG-001", RestError):
            api.organizations.delete(org_id)


def new_user(name: str) -> ScimUser:
    address = f"{name}@{HOST}"
    emails = [EmailObject(value=address, type=EmailObjectType.work, primary=True)]
    names = NameObject(given_name=name.title(), family_name="Listed")
    kind = {"user_type": UserTypeObject.user, "active": True}
    return ScimUser(user_name=address, display_name=f"{name.title()} Listed", name=names, emails=emails, **kind)


def users(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    org, scim = webex_id_to_uuid(org_id), api.scim.users

    with walk.step("a user is made in the directory, and is the person of the same UUID"):
        dora = scim.create(org, new_user("dora"))
        person = next(api.people.list(email=f"dora@{HOST}", org_id=org_id))
        expect_equal((person.person_id_uuid, person.display_name), (dora.id, "Dora Listed"), "person")
        expect_equal(scim.details(org, dora.id).user_name, f"dora@{HOST}", "by the UUID")
        with walk.refused(409, "PPL-014", RestError):
            scim.create(org, new_user("dora"))

    with walk.step("users are searched with filters, sorted and cut to pages that end"):
        found = scim.search(org, filter='userName sw "dora"', attributes="userName")
        expect_equal((found.total_results, found.resources[0].id), (1, dora.id), "by a filter")
        everybody = [it.user_name for it in scim.search_all(org, sort_by="userName", count=2)]
        expect_equal(everybody, sorted(everybody), "order")
        expect_equal(len(everybody), len(list(api.people.list(org_id=org_id))), "all of them")
        nobody = scim.search(org, filter='userName eq "nobody@example.com"')
        expect_equal((nobody.total_results, nobody.resources), (0, []), "nobody")
        with walk.refused(400, "SCM-003", RestError):
            scim.search(org, filter="userName is dora")

    with walk.step("a user is patched and replaced, and goes once"):
        replace = PatchUserOperationOp.replace
        patched = scim.patch(org, dora.id, [PatchUserOperation(op=replace, path="title", value="Clerk")])
        expect_equal(patched.title, "Clerk", "title")
        patched.display_name = "Dora Doubled"
        expect_equal(scim.update(org, patched).display_name, "Dora Doubled", "display name")
        expect_equal(api.people.details(person.person_id).display_name, "Dora Doubled", "the person's")
        with walk.refused(400, "SCM-004", RestError):
            scim.patch(org, dora.id, [PatchUserOperation(op=replace, path="colour", value="red")])
        scim.delete(org, dora.id)
        with walk.refused(404, "SCM-001", RestError):
            scim.details(org, dora.id)


def bulk(walk: Walk, api: WebexSimpleApi, org: str) -> None:
    with walk.step("a bulk request makes two users and takes them away"):
        names = ("emil", "fred")
        make = [
            BulkOperation(method=BulkMethod.post, path="/Users", bulk_id=it, data=new_user(it).create_update())
            for it in names
        ]
        made = api.scim.bulk.bulk_request(org, make).operations
        expect_equal([(it.bulk_id, it.status) for it in made], [(it, 201) for it in names], "made")
        take = [BulkOperation(method=BulkMethod.delete, path=f"/Users/{it.user_id}") for it in made]
        gone = api.scim.bulk.bulk_request(org, take).operations
        expect_equal([it.status for it in gone], [204, 204], "taken away")
        with walk.refused(400, "SCM-015", RestError):
            api.scim.bulk.bulk_request(org, [])


def groups(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    org = webex_id_to_uuid(org_id)
    owner = next(api.people.list(email=f"owner@{HOST}", org_id=org_id))

    with walk.step("a group is made, listed with its members, changed, and goes"):
        members = [GroupMember(member_id=owner.person_id)]
        made = api.groups.create(Group(display_name="Desk", org_id=org_id, members=members))
        listed = list(api.groups.list(org_id=org_id, include_members=True, list_filter='displayName eq "Desk"'))
        expect_equal([it.member_id for it in listed[0].members], [owner.person_id], "members")
        expect_equal([it.member_id for it in api.groups.members(made.group_id)], [owner.person_id], "members")
        out = [GroupMember(member_id=owner.person_id, operation="delete")]
        api.groups.update(made.group_id, Group(display_name="Front desk", members=out))
        seen = api.groups.details(made.group_id, include_members=True)
        expect_equal((seen.display_name, seen.members), ("Front desk", []), "group")
        with walk.refused(409, "GRP-003", RestError):
            api.groups.create(Group(display_name="front desk", org_id=org_id))
        with walk.refused(400, "API-001", RestError):  # what wxc-sdk sends for this is no JSON
            api.groups.update(made.group_id, remove_all=True)
        api.groups.delete_group(made.group_id)

    with walk.step("a group of the directory has the user as its member, and goes too"):
        member = ScimGroupMember(value=owner.person_id_uuid, type="user")
        made = api.scim.groups.create(org, ScimGroup(display_name="Readers", members=[member]))
        expect_equal(api.scim.groups.details(org, made.id).members[0].value, owner.person_id_uuid, "member")
        expect_equal(
            [it.id for it in api.scim.groups.search_all(org, filter='displayName eq "Readers"')], [made.id], "found"
        )
        expect_equal([it.value for it in api.scim.groups.members_all(org, made.id)], [owner.person_id_uuid], "members")
        replace = PatchUserOperation(op=PatchUserOperationOp.replace, path="displayName", value="Listeners")
        expect_equal(api.scim.groups.patch(org, made.id, [PATCH_SCHEMA], [replace]).display_name, "Listeners", "name")
        made.display_name = "Writers"
        expect_equal(api.scim.groups.update(org, made).display_name, "Writers", "name")
        api.scim.groups.delete(org, made.id)
        with walk.refused(404, "GRP-001", RestError):
            api.scim.groups.details(org, made.id)
