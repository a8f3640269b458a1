//! `/v1/telephony/config/supportedDevices`: what devices people can be given.
//!
//! Which models there are is data of hub-core; what a model can do beyond that follows from its kind, and is our reading.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::devices::Model;
use hub_core::operation::devices::models::{Kind, Method};
use hub_core::operation::devices::supported;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::answer;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::problem::Problem;
use crate::openapi::cites;
use crate::openapi::groups::ORGANIZATION;

const CHANNELS: [&str; 5] = ["STABLE", "STABLE_DELAY", "PREVIEW", "BETA", "TESTING"];

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(list))
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
    kind: &'static str,
    manufacturer: &'static str,
    managed_by: &'static str,
    supported_for: [&'static str; 2],
    onboarding_method: Vec<&'static str>,
    allow_configure_layout_enabled: bool,
    number_of_line_ports: u8,
    kem_support_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kem_module_count: Option<u8>,
    kem_lines_support_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kem_module_type: Option<[&'static str; 1]>,
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
    device_settings_configuration: &'static str,
    allow_hoteling_host_enabled: bool,
    supports_log_collection: &'static str,
    supports_apply_changes_enabled: bool,
    allow_configure_lines_enabled: bool,
    allow_configure_phone_settings_enabled: bool,
    supports_hotline_enabled: bool,
}

/// The word for the kind of a model.
pub(super) fn type_of(model: &Model) -> &'static str {
    match model.kind {
        Kind::Mpp => "MPP",
        Kind::Ata => "ATA",
        Kind::DeskPhone => "DESK_PHONE",
        Kind::GenericSip => "GENERIC_SIP",
    }
}

fn name_of(method: Method) -> &'static str {
    match method {
        Method::MacAddress => "MAC_ADDRESS",
        Method::ActivationCode => "ACTIVATION_CODE",
    }
}

impl From<&'static Model> for SupportedDeviceView {
    fn from(model: &'static Model) -> Self {
        let is_phone = matches!(model.kind, Kind::Mpp | Kind::DeskPhone);
        let is_adapter = model.kind == Kind::Ata;
        let has_modules = model.extension_modules > 0;
        SupportedDeviceView {
            model: model.name,
            display_name: model.display_name,
            family_display_name: model.family,
            kind: type_of(model),
            manufacturer: if model.is_of_cisco() { "CISCO" } else { "THIRD_PARTY" },
            managed_by: if model.is_managed_by_cisco { "CISCO" } else { "CUSTOMER" },
            supported_for: ["PEOPLE", "PLACE"],
            onboarding_method: model.methods.iter().map(|method| name_of(*method)).collect(),
            allow_configure_layout_enabled: is_phone,
            number_of_line_ports: model.lines,
            kem_support_enabled: has_modules,
            kem_module_count: has_modules.then_some(model.extension_modules),
            kem_lines_support_enabled: has_modules && is_phone,
            kem_module_type: has_modules.then_some(if is_phone { ["KEM_14_KEYS"] } else { ["KEM_20_KEYS"] }),
            upgrade_channel_enabled: is_phone,
            default_upgrade_channel: is_phone.then_some("STABLE"),
            additional_primary_line_appearances_enabled: model.is_managed_by_cisco,
            basic_emergency_nomadic_enabled: is_phone,
            customized_behaviors_enabled: model.is_managed_by_cisco,
            allow_configure_ports_enabled: is_adapter,
            customizable_line_label_enabled: is_phone,
            supports_line_port_reordering_enabled: model.is_managed_by_cisco,
            port_number_support_enabled: is_adapter,
            t38_enabled: is_adapter,
            call_declined_enabled: model.is_managed_by_cisco,
            touch_screen_phone: model.has_touch_screen,
            number_of_line_key_buttons: model.line_keys,
            device_settings_configuration: match model.kind {
                Kind::Mpp | Kind::Ata => "WEBEX_CALLING_DEVICE_CONFIGURATION",
                Kind::DeskPhone => "WEBEX_DEVICE_CONFIGURATION",
                Kind::GenericSip if model.is_managed_by_cisco => "WEBEX_CALLING_DYNAMIC_DEVICE_CONFIGURATION",
                Kind::GenericSip => "NONE",
            },
            allow_hoteling_host_enabled: model.is_managed_by_cisco,
            supports_log_collection: if model.is_of_cisco() { "CISCO_PRT" } else { "NONE" },
            supports_apply_changes_enabled: model.is_managed_by_cisco,
            allow_configure_lines_enabled: true,
            allow_configure_phone_settings_enabled: model.is_managed_by_cisco,
            supports_hotline_enabled: model.is_managed_by_cisco,
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
    let has_layout = call.parameters.boolean("allowConfigureLayoutEnabled")?;
    let wanted = call.parameters.text("type");
    call.finish()?;
    let models = call.read(|world, context| supported(world, context, organization))?;
    let is_wanted = |view: &SupportedDeviceView| {
        has_layout.is_none_or(|has_layout| view.allow_configure_layout_enabled == has_layout)
            && wanted.as_deref().is_none_or(|wanted| match wanted.strip_prefix("not:") {
                Some(unwanted) => view.kind != unwanted,
                None => view.kind == wanted,
            })
    };
    let devices = models.iter().map(SupportedDeviceView::from).filter(is_wanted).collect();
    Ok(answer::json(StatusCode::OK, &SupportedDevicesView { upgrade_channel_list: CHANNELS, devices }))
}
