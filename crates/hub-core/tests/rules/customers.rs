//! Provisioning a customer: each rule by the request that breaks it.

use hub_core::operation::customers::{self, NewCustomer};
use hub_core::{Id, Package};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

/// Provisions the lawful request with one change; the precheck must say the same, save of fields that lack.
fn check(change: impl FnOnce(&Hub, &mut NewCustomer)) -> String {
    let mut hub = Hub::demo();
    let mut new = hub.new_customer();
    change(&hub, &mut new);
    let prechecked = hub.peek(|draft, context| customers::precheck(draft, context, &new));
    let provisioned = hub.run(|draft, context| customers::provision(draft, context, &new)).map(drop);
    let lacks_a_field = |id| ["API-003", "CUS-014"].contains(&id);
    if provisioned.as_ref().is_err_and(|refusal| lacks_a_field(refusal.rule.id)) {
        return told(provisioned);
    }
    assert_eq!(prechecked, provisioned, "precheck answers what provisioning would (CUS-028)");
    told(provisioned)
}

#[test]
fn a_lawful_request_is_accepted() {
    assert_snapshot!(check(|_, _| {}), @"accepted");
}

#[test]
fn the_provisioning_id_names_a_template_of_the_partner() {
    assert_snapshot!(
        check(|_, new| new.provisioning_id = Some(Id::MIN)),
        @"provisioningId: `provisioningId` names an onboarding template of the partner (CUS-001)"
    );
}

#[test]
fn the_template_is_not_suspended() {
    assert_snapshot!(
        check(|hub, new| new.provisioning_id = Some(hub.template("Retired"))),
        @"provisioningId: The onboarding template of a new customer is not suspended (CUS-002; saw `Retired`)"
    );
}

#[test]
fn the_external_id_is_unique() {
    assert_snapshot!(
        check(|_, new| new.external_id = Some("acme-dental".into())),
        @"externalId: No two customers of a partner have the same externalId (CUS-003; saw `acme-dental`)"
    );
}

#[test]
fn another_owner_may_use_the_same_external_id() {
    assert_snapshot!(check(|_, new| new.external_id = Some("lakeside-dental".into())), @"accepted");
}

#[test]
fn an_address_line_has_at_most_50_characters() {
    assert_snapshot!(check(|_, new| new.address.line1 = "Ø".repeat(50).into()), @"accepted");
    assert_snapshot!(
        check(|_, new| new.address.line1 = "Ø".repeat(51).into()),
        @"address.addressLine1: Each address line has at most 50 characters (CUS-006; saw `51 characters`)"
    );
    assert_snapshot!(
        check(|_, new| new.address.line2 = Some("x".repeat(51).into())),
        @"address.addressLine2: Each address line has at most 50 characters (CUS-006; saw `51 characters`)"
    );
    assert_snapshot!(
        check(|_, new| new.location.as_mut().unwrap().address.line1 = "x".repeat(51).into()),
        @"provisioningParameters.calling.location.address.addressLine1: Each address line has at most 50 characters (CUS-006; saw `51 characters`)"
    );
}

#[test]
fn the_name_has_no_percent_sign() {
    assert_snapshot!(
        check(|_, new| new.info.as_mut().unwrap().name = Some("50% Bakery".into())),
        @"customerInfo.name: The name of a customer contains no percent sign (CUS-007; saw `50% Bakery`)"
    );
}

#[test]
fn some_countries_need_state_and_postal_code() {
    assert_snapshot!(
        check(|_, new| new.address.country = "US".into()),
        @"address.stateOrProvince: In countries that need them, an address has a state or province and a postal code (CUS-008; saw `US`)"
    );
    assert_snapshot!(
        check(|_, new| {
            new.address.country = "us".into();
            new.address.state = Some("WA".into());
            new.address.postal_code = None;
        }),
        @"address.zipOrPostalCode: In countries that need them, an address has a state or province and a postal code (CUS-008; saw `us`)"
    );
    assert_snapshot!(check(|_, new| new.address.postal_code = None), @"accepted");
}

#[test]
fn a_country_is_a_code_of_two_letters() {
    assert_snapshot!(
        check(|_, new| new.address.country = "Norway".into()),
        @"address.country: The country of an address is an ISO 3166 code of two letters (CUS-009; saw `Norway`)"
    );
    assert_snapshot!(
        check(|_, new| new.address.country = "N1".into()),
        @"address.country: The country of an address is an ISO 3166 code of two letters (CUS-009; saw `N1`)"
    );
    assert_snapshot!(
        check(|_, new| new.address.country = "ZZ".into()),
        @"address.country: The country of an address is an ISO 3166 code of two letters (CUS-009; saw `ZZ`)"
    );
}

#[test]
fn a_customer_is_offered_at_least_one_package() {
    assert_snapshot!(
        check(|_, new| new.packages = Some(Vec::new())),
        @"packages: A customer is offered at least one package (CUS-010)"
    );
}

#[test]
fn a_package_is_one_of_the_wholesale_offer() {
    assert_snapshot!(
        check(|_, new| new.packages = Some(vec!["softphone".into()])),
        @"packages: A package is one of the identifiers of the wholesale offer (CUS-011; saw `softphone`)"
    );
}

#[test]
fn an_add_on_is_offered_with_a_package_that_it_needs() {
    let offer = |names: &[&str]| {
        check(|_, new| new.packages = Some(names.iter().map(|name| (*name).into()).collect()))
    };
    assert_snapshot!(
        offer(&["attendant_console", "webex_meetings"]),
        @"packages: An add-on is offered to a customer only together with one of the packages that it depends on (CUS-012; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials."
    );
    assert_snapshot!(
        offer(&["cisco_calling_plan"]),
        @"packages: An add-on is offered to a customer only together with one of the packages that it depends on (CUS-012; saw `cisco_calling_plan`). cisco_calling_plan needs one of common_area_calling, webex_calling, webex_suite, webex_voice, cx_essentials, webex_calling_standard."
    );
    assert_snapshot!(offer(&["attendant_console", "webex_suite"]), @"accepted");
}

#[test]
fn a_calling_package_comes_with_a_calling_location() {
    assert_snapshot!(
        check(|_, new| new.location = None),
        @"provisioningParameters.calling.location: A customer with a calling package is provisioned with a calling location (CUS-013; saw `webex_calling`)"
    );
    assert_snapshot!(
        check(|_, new| {
            new.location = None;
            new.packages = Some(vec!["webex_meetings".into()]);
        }),
        @"accepted"
    );
}

#[test]
fn a_new_organization_comes_with_name_and_first_administrator() {
    assert_snapshot!(
        check(|_, new| new.info = None),
        @"customerInfo.name: A customer in a new organization comes with customerInfo, its name and primaryEmail (CUS-014)"
    );
    assert_snapshot!(
        check(|_, new| new.info.as_mut().unwrap().name = Some(" ".into())),
        @"customerInfo.name: A customer in a new organization comes with customerInfo, its name and primaryEmail (CUS-014)"
    );
    assert_snapshot!(
        check(|_, new| new.info.as_mut().unwrap().primary_email = None),
        @"customerInfo.primaryEmail: A customer in a new organization comes with customerInfo, its name and primaryEmail (CUS-014)"
    );
}

#[test]
fn the_first_administrator_has_a_well_formed_address() {
    assert_snapshot!(
        check(|_, new| new.info.as_mut().unwrap().primary_email = Some("owner".into())),
        @"customerInfo.primaryEmail: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `owner`)"
    );
}

#[test]
fn an_org_id_names_an_organization_of_the_partner() {
    assert_snapshot!(
        check(|_, new| new.organization = Some(Id::MIN)),
        @"orgId: `orgId` names an organization that the partner manages (CUS-015)"
    );
    assert_snapshot!(
        check(|hub, new| new.organization = Some(hub.customer("lakeside-dental").organization)),
        @"orgId: `orgId` names an organization that the partner manages (CUS-015)"
    );
    assert_snapshot!(
        check(|hub, new| new.organization = Some(hub.person("owner@old-mill.example.com").organization)),
        @"accepted"
    );
}

#[test]
fn an_organization_has_one_customer() {
    assert_snapshot!(
        check(|hub, new| new.organization = Some(hub.customer("blue-harbor").organization)),
        @"orgId: An organization belongs to at most one wholesale customer (CUS-016)"
    );
}

#[test]
fn a_known_address_of_the_first_administrator_asks_for_the_org_id() {
    let address = "Owner@Old-Mill.example.com";
    assert_snapshot!(
        check(|_, new| new.info.as_mut().unwrap().primary_email = Some(address.into())),
        @"customerInfo.primaryEmail: `orgId` is given when the primary e-mail address already belongs to an organization (CUS-017; saw `owner@old-mill.example.com`)"
    );
}

#[test]
fn a_time_zone_is_in_the_iana_database() {
    assert_snapshot!(
        check(|_, new| new.location.as_mut().unwrap().time_zone = "Mars/Olympus_Mons".into()),
        @"provisioningParameters.calling.location.timezone: A time zone is a name of the IANA time zone database (CUS-022; saw `Mars/Olympus_Mons`)"
    );
}

/// CUS-021.
#[test]
fn a_quantity_of_a_package_that_is_not_offered_has_no_effect() {
    let mut hub = Hub::demo();
    let mut new = hub.new_customer();
    new.quantities = vec![(Package::WebexCalling, 5), (Package::WebexSuite, 7)];
    hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        hub.show_customer("harbor-cafe"),
        @"provisioning, orgId hidden: webex_calling x5 provisioning, webex_meetings provisioning"
    );
}

#[test]
fn required_fields_are_present() {
    assert_snapshot!(
        check(|_, new| new.provisioning_id = None),
        @"provisioningId: Each field that the API description marks as required is present and not null (API-003)"
    );
    assert_snapshot!(
        check(|_, new| new.packages = None),
        @"packages: Each field that the API description marks as required is present and not null (API-003)"
    );
    assert_snapshot!(
        check(|_, new| new.external_id = Some(" ".into())),
        @"externalId: Each field that the API description marks as required is present and not null (API-003)"
    );
    assert_snapshot!(
        check(|_, new| new.address.city = "".into()),
        @"address.city: Each field that the API description marks as required is present and not null (API-003)"
    );
    assert_snapshot!(
        check(|_, new| new.location.as_mut().unwrap().language = "".into()),
        @"provisioningParameters.calling.location.language: Each field that the API description marks as required is present and not null (API-003)"
    );
}

/// CUS-028.
#[test]
fn a_precheck_asks_for_the_address_only() {
    let hub = Hub::demo();
    let address = hub.new_customer().address;
    let bare = NewCustomer {
        provisioning_id: None,
        packages: None,
        external_id: None,
        address,
        organization: None,
        info: None,
        location: None,
        quantities: Vec::new(),
    };
    assert_eq!(hub.peek(|draft, context| customers::precheck(draft, context, &bare)), Ok(()));
}
