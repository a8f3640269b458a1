//! `/v1/telephony/config/numbers`: lists of phone numbers and extensions.
//!
//! The inventory of a location is changed in `inventories`.

use axum::response::Response;
use hub_core::operation::numbers::inventory::{self, Counts, Entry, NumberFilter, Telephony};
use hub_core::record::NumberState;
use hub_core::{HubError, Sought};
use hub_rules::numbers::NUMBER_FILTERS_FIT_TOGETHER;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::paging::{self, StartPaging};
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, Worded, one_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::ORGANIZATION;

const WITH_NUMBER: [(&str, bool); 2] = [("NUMBER", true), ("EXTENSION", false)];
const NUMBER_TYPES: [(&str, Option<()>); 4] =
    [("PRIMARY", Some(())), ("ALTERNATE", None), ("FAX", None), ("DNIS", None)];
const OWNERS: [(&str, Option<()>); 12] = [
    (PEOPLE, Some(())),
    ("PLACE", None),
    ("AUTO_ATTENDANT", None),
    ("CALL_QUEUE", None),
    ("GROUP_PAGING", None),
    ("HUNT_GROUP", None),
    ("VOICE_MESSAGING", None),
    ("BROADWORKS_ANYWHERE", None),
    ("CONTACT_CENTER_LINK", None),
    ("ROUTE_LIST", None),
    ("VOICEMAIL_GROUP", None),
    ("VIRTUAL_LINE", None),
];
const PEOPLE: &str = "PEOPLE";

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(available))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberListView<'a> {
    phone_numbers: Vec<NumberView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<CountView>,
}

/// A number or an extension as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    #[schema(schema_with = one_of::<NumberState>)]
    state: Word<NumberState>,
    phone_number_type: &'static str,
    main_number: bool,
    #[schema(schema_with = one_of::<Telephony>)]
    included_telephony_types: Word<Telephony>,
    toll_free_number: bool,
    is_service_number: bool,
    location: NumberLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<NumberOwner<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct NumberLocation<'a> {
    id: WireId,
    name: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberOwner<'a> {
    id: WireId,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NumberCountView)]
struct CountView {
    assigned: usize,
    un_assigned: usize,
    in_active: usize,
    extension_only: usize,
    toll_free_numbers: usize,
    total: usize,
    mobile_number: usize,
    service_number: usize,
}

impl From<Counts> for CountView {
    fn from(counts: Counts) -> Self {
        CountView {
            assigned: counts.assigned,
            un_assigned: counts.unassigned,
            in_active: counts.inactive,
            extension_only: counts.extension_only,
            toll_free_numbers: counts.toll_free,
            total: counts.total,
            mobile_number: counts.mobile,
            service_number: counts.service,
        }
    }
}

impl<'a> From<&'a Entry> for NumberView<'a> {
    fn from(entry: &'a Entry) -> Self {
        let owner = entry.owner.as_ref().map(|owner| NumberOwner {
            id: wire_id::of(owner.id),
            kind: PEOPLE,
            first_name: owner.first_name.as_deref(),
            last_name: owner.last_name.as_deref(),
        });
        NumberView {
            phone_number: entry.number.as_ref().map(|entry| entry.number.to_string()),
            routing_prefix: entry.routing_prefix(),
            esn: entry.esn(),
            extension: entry.extension().map(|extension| extension.to_string()),
            state: Word(entry.state()),
            phone_number_type: "PRIMARY",
            main_number: entry.is_main(),
            included_telephony_types: Word(entry.telephony()),
            toll_free_number: entry.is_toll_free(),
            is_service_number: entry.is_service(),
            location: NumberLocation { id: wire_id::of(entry.location.id), name: &entry.location.name },
            owner,
        }
    }
}

impl Worded for NumberState {
    const WORDS: &[(&str, Self)] = &[("ACTIVE", NumberState::Active), ("INACTIVE", NumberState::Inactive)];
}

impl Worded for Telephony {
    const WORDS: &[(&str, Self)] = &[("PSTN_NUMBER", Telephony::Pstn), ("MOBILE_NUMBER", Telephony::Mobile)];
}

/// Takes the filters of a list of numbers.
fn filter(parameters: &mut Parameters) -> Result<NumberFilter, HubError> {
    let number_type = parameters.sought("phoneNumberType", &NUMBER_TYPES)?;
    let restricted = parameters.boolean("restrictedNonGeoNumbers")?;
    let restricted = Sought::of(restricted.map(|is_restricted| (!is_restricted).then_some(())));
    let assigned = parameters.boolean("assigned")?;
    Ok(NumberFilter {
        organization: organization::named(parameters),
        location: parameters.text("locationId").as_deref().map(wire_id::read),
        phone_number: parameters.text("phoneNumber").map(Into::into),
        available: parameters.boolean("available")?.or(assigned.map(|is_assigned| !is_assigned)),
        owner: parameters.text("ownerId").as_deref().map(wire_id::read),
        owner_name: parameters.text("ownerName").map(Into::into),
        extension: parameters.text("extension").map(Into::into),
        has_number: parameters.choice("numberType", &WITH_NUMBER)?,
        state: parameters.choice("state", NumberState::WORDS)?,
        telephony: parameters.choices("includedTelephonyTypes", Telephony::WORDS)?,
        is_toll_free: parameters.boolean("tollFreeNumbers")?,
        is_service: parameters.boolean("serviceNumber")?,
        owner_type: parameters.sought("ownerType", &OWNERS)?,
        further: number_type.and(restricted),
    })
}

/// Lists phone numbers in ascending order, then extensions that have no number.
#[utoipa::path(
    get, path = "/v1/telephony/config/numbers", tag = "Numbers",
    operation_id = "getPhoneNumbersForAnOrganizationWithGivenCriterias",
    params(
        OrgId, StartPaging,
        ("locationId" = Option<WireId>, Query, description = "Only numbers of this location."),
        ("phoneNumber" = Option<String>, Query, description = "Only numbers with these digits in them."),
        ("available" = Option<bool>, Query, description = "Only numbers that nobody has, or that somebody has."),
        ("assigned" = Option<bool>, Query, description = "The opposite of `available`."),
        ("order" = Option<String>, Query, description = "Accepted; the list is in the order of numbers."),
        ("ownerName" = Option<String>, Query, description = "Only numbers of users whose name contains this."),
        ("ownerId" = Option<WireId>, Query, description = "Only numbers of this user."),
        ("ownerType" = Option<String>, Query, description = "Only numbers of such owners; the hub has `PEOPLE`."),
        ("extension" = Option<String>, Query, description = "Only entries with this extension."),
        ("numberType" = Option<String>, Query, description = "`NUMBER` or `EXTENSION`."),
        ("phoneNumberType" = Option<String>, Query, description = "The hub has `PRIMARY`."),
        ("state" = Option<String>, Query, description = "`ACTIVE` or `INACTIVE`."),
        ("details" = Option<bool>, Query, description = "Count all numbers of the organization too."),
        ("tollFreeNumbers" = Option<bool>, Query, description = "Only toll-free numbers, or only others."),
        ("restrictedNonGeoNumbers" = Option<bool>, Query, description = "The hub has none."),
        ("includedTelephonyTypes" = Option<Vec<String>>, Query, description = "`PSTN_NUMBER`, `MOBILE_NUMBER`."),
        ("serviceNumber" = Option<bool>, Query, description = "Only service numbers, or only others."),
    ),
    responses((status = 200, description = "A page of numbers.", body = NumberListView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(&[&NUMBER_FILTERS_FIT_TOGETHER])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::from_start(&mut call.parameters, inventory::PAGE)?;
    let filter = filter(&mut call.parameters)?;
    call.parameters.choice("order", &[("lastName", ()), ("dn", ()), ("extension", ())])?;
    let has_details = call.parameters.flag("details")?;
    call.finish()?;
    let (page, counts) = call.read(|world, context| {
        let page = inventory::list(world, context, &filter, wanted)?;
        let counts =
            has_details.then(|| inventory::count(world, context, filter.organization)).transpose()?;
        Ok::<_, HubError>((page, counts))
    })?;
    let phone_numbers = page.items.iter().map(NumberView::from).collect();
    let body = NumberListView { phone_numbers, count: counts.map(Into::into) };
    Ok(answer::paged(&call, wanted, &body, page.next))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AvailableNumbersView {
    phone_numbers: Vec<AvailableNumber>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AvailableNumber {
    phone_number: String,
    #[schema(schema_with = one_of::<NumberState>)]
    state: Word<NumberState>,
    is_main_number: bool,
    #[schema(schema_with = one_of::<Telephony>)]
    telephony_type: Word<Telephony>,
    is_service_number: bool,
}

impl AvailableNumber {
    fn of(entry: &Entry) -> Option<Self> {
        let number = entry.number.as_ref()?;
        Some(AvailableNumber {
            phone_number: number.number.to_string(),
            state: Word(entry.state()),
            is_main_number: entry.is_main(),
            telephony_type: Word(entry.telephony()),
            is_service_number: number.is_service,
        })
    }
}

/// Lists the numbers that a person could be given.
#[utoipa::path(
    get, path = "/v1/telephony/config/people/primary/availableNumbers", tag = "Numbers",
    operation_id = "getPersonPrimaryAvailablePhoneNumbers",
    params(
        OrgId, StartPaging,
        ("locationId" = Option<WireId>, Query, description = "Only numbers of this location."),
        ("phoneNumber" = Option<String>, Query, description = "Only numbers with these digits in them."),
        ("licenseType" = Option<String>, Query, description = "Accepted; every number fits every licence."),
    ),
    responses((status = 200, description = "A page of numbers.", body = AvailableNumbersView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn available(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::from_start(&mut call.parameters, inventory::PAGE)?;
    let filter = NumberFilter {
        organization: organization::named(&mut call.parameters),
        location: call.parameters.text("locationId").as_deref().map(wire_id::read),
        phone_number: call.parameters.text("phoneNumber").map(Into::into),
        available: Some(true),
        ..NumberFilter::default()
    };
    call.parameters.text("licenseType");
    call.finish()?;
    let page = call.read(|world, context| inventory::list(world, context, &filter, wanted))?;
    let body =
        AvailableNumbersView { phone_numbers: page.items.iter().filter_map(AvailableNumber::of).collect() };
    Ok(answer::paged(&call, wanted, &body, page.next))
}
