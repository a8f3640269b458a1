//! `/v1/telephony/config/supportedDevices`: what devices people can be given.
//!
//! Which models there are and what they can do is said by hub-core.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::Sought;
use hub_core::operation::devices::models::{Configuration, Kind, Method, Module};
use hub_core::operation::devices::{Model, ModelFilter, supported};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::problem::Problem;
use crate::http::word::{Word, Worded, one_of, some_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::ORGANIZATION;

const CHANNELS: [&str; 5] = ["STABLE", "STABLE_DELAY", "PREVIEW", "BETA", "TESTING"];

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SupportedDevicesView {
    upgrade_channel_list: [&'static str; 5],
    devices: Vec<SupportedDeviceView>,
}

/// A model and what it can do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SupportedDeviceView {
    model: &'static str,
    display_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_display_name: Option<&'static str>,
    #[serde(rename = "type")]
    #[schema(schema_with = one_of::<Kind>)]
    kind: Word<Kind>,
    manufacturer: &'static str,
    managed_by: &'static str,
    supported_for: [&'static str; 2],
    #[schema(schema_with = some_of::<Method>)]
    onboarding_method: Vec<Word<Method>>,
    allow_configure_layout_enabled: bool,
    number_of_line_ports: u8,
    kem_support_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kem_module_count: Option<u8>,
    kem_lines_support_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = some_of::<Module>)]
    kem_module_type: Option<[Word<Module>; 1]>,
    upgrade_channel_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_upgrade_channel: Option<&'static str>,
    additional_primary_line_appearances_enabled: bool,
    basic_emergency_nomadic_enabled: bool,
    customized_behaviors_enabled: bool,
    allow_configure_ports_enabled: bool,
    customizable_line_label_enabled: bool,
    supports_line_port_reordering_enabled: bool,
    port_number_support_enabled: bool,
    t38_enabled: bool,
    call_declined_enabled: bool,
    touch_screen_phone: bool,
    number_of_line_key_buttons: u8,
    #[schema(schema_with = one_of::<Configuration>)]
    device_settings_configuration: Word<Configuration>,
    allow_hoteling_host_enabled: bool,
    supports_log_collection: &'static str,
    supports_apply_changes_enabled: bool,
    allow_configure_lines_enabled: bool,
    allow_configure_phone_settings_enabled: bool,
    supports_hotline_enabled: bool,
}

impl Worded for Kind {
    const WORDS: &[(&str, Self)] = &[
        ("MPP", Kind::Mpp),
        ("ATA", Kind::Ata),
        ("DESK_PHONE", Kind::DeskPhone),
        ("GENERIC_SIP", Kind::GenericSip),
    ];
}

impl Worded for Method {
    const WORDS: &[(&str, Self)] =
        &[("MAC_ADDRESS", Method::MacAddress), ("ACTIVATION_CODE", Method::ActivationCode)];
}

impl Worded for Module {
    const WORDS: &[(&str, Self)] = &[("KEM_14_KEYS", Module::Of14Keys), ("KEM_20_KEYS", Module::Of20Keys)];
}

impl Worded for Configuration {
    const WORDS: &[(&str, Self)] = &[
        ("WEBEX_CALLING_DEVICE_CONFIGURATION", Configuration::CallingDevice),
        ("WEBEX_DEVICE_CONFIGURATION", Configuration::WebexDevice),
        ("WEBEX_CALLING_DYNAMIC_DEVICE_CONFIGURATION", Configuration::Dynamic),
        ("NONE", Configuration::None),
    ];
}

impl From<&'static Model> for SupportedDeviceView {
    fn from(model: &'static Model) -> Self {
        let can = model.capabilities();
        SupportedDeviceView {
            model: model.name,
            display_name: model.display_name,
            family_display_name: model.family,
            kind: Word(model.kind),
            manufacturer: if model.is_of_cisco() { "CISCO" } else { "THIRD_PARTY" },
            managed_by: if model.is_managed_by_cisco { "CISCO" } else { "CUSTOMER" },
            supported_for: ["PEOPLE", "PLACE"],
            onboarding_method: model.methods.iter().copied().map(Word).collect(),
            allow_configure_layout_enabled: can.layout_can_be_configured,
            number_of_line_ports: model.lines,
            kem_support_enabled: can.module.is_some(),
            kem_module_count: can.module.map(|_| model.extension_modules),
            kem_lines_support_enabled: can.has_lines_on_modules,
            kem_module_type: can.module.map(|module| [Word(module)]),
            upgrade_channel_enabled: can.has_upgrade_channel,
            default_upgrade_channel: can.has_upgrade_channel.then_some(CHANNELS[0]),
            additional_primary_line_appearances_enabled: can.has_additional_primary_line_appearances,
            basic_emergency_nomadic_enabled: can.has_nomadic_emergency_calls,
            customized_behaviors_enabled: can.behaviors_can_be_customized,
            allow_configure_ports_enabled: can.ports_can_be_configured,
            customizable_line_label_enabled: can.line_labels_can_be_configured,
            supports_line_port_reordering_enabled: can.line_ports_can_be_reordered,
            port_number_support_enabled: can.ports_have_numbers,
            t38_enabled: can.has_t38,
            call_declined_enabled: can.declines_calls,
            touch_screen_phone: model.has_touch_screen,
            number_of_line_key_buttons: model.line_keys,
            device_settings_configuration: Word(can.configuration),
            allow_hoteling_host_enabled: can.hosts_hoteling,
            supports_log_collection: if can.collects_logs { "CISCO_PRT" } else { "NONE" },
            supports_apply_changes_enabled: can.changes_can_be_applied,
            allow_configure_lines_enabled: can.lines_can_be_configured,
            allow_configure_phone_settings_enabled: can.phone_settings_can_be_configured,
            supports_hotline_enabled: can.has_hotline,
        }
    }
}

/// Lists the devices that people can be given.
#[utoipa::path(
    get, path = "/v1/telephony/config/supportedDevices", tag = "Device Call Settings With Device Dynamic Settings",
    operation_id = "readTheListOfSupportedDevices",
    params(
        OrgId,
        ("allowConfigureLayoutEnabled" = Option<bool>, Query, description = "Only those whose layout can be set."),
        ("type" = Option<String>, Query, description = "Only this type; with `not:` in front, all others."),
    ),
    responses((status = 200, description = "The devices.", body = SupportedDevicesView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    let layout_can_be_configured = call.parameters.boolean("allowConfigureLayoutEnabled")?;
    let kind = call.parameters.text("type");
    let kind_of = |word: &str| Kind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    let filter = match kind.as_deref().map(|text| (text, text.strip_prefix("not:"))) {
        Some((_, Some(other))) => ModelFilter { other_than: kind_of(other), ..ModelFilter::default() },
        Some((text, None)) => ModelFilter { kind: Sought::of(Some(kind_of(text))), ..ModelFilter::default() },
        None => ModelFilter::default(),
    };
    let filter = ModelFilter { layout_can_be_configured, ..filter };
    call.finish()?;
    let models = call.read(|world, context| supported(world, context, organization, &filter))?;
    let devices = models.into_iter().map(SupportedDeviceView::from).collect();
    Ok(answer::json(StatusCode::OK, &SupportedDevicesView { upgrade_channel_list: CHANNELS, devices }))
}
