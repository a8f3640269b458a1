//! The devices that the hub supports, as one table.
//!
//! A choice of Cisco's phones and adapters for Webex Calling, and the two third-party entries of the API description. What
//! a model can do is our reading, save for those two; a client that lists models meets each kind of them.

/// A supported model.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the table")]
pub struct Model {
    pub name: &'static str,
    pub display_name: &'static str,
    pub family: Option<&'static str>,
    pub kind: Kind,
    pub methods: &'static [Method],
    pub lines: u8,
    pub line_keys: u8,
    pub extension_modules: u8,
    pub has_touch_screen: bool,
    pub is_managed_by_cisco: bool,
}

/// What kind of device it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A phone of the multi-platform series.
    Mpp,
    /// An adapter for analogue phones.
    Ata,
    /// A phone that runs PhoneOS.
    DeskPhone,
    /// A phone of somebody else.
    GenericSip,
}

/// What a model can do beyond what the table says; it follows from its kind, and is our reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the API, in words")]
pub struct Capabilities {
    pub layout_can_be_configured: bool,
    pub lines_can_be_configured: bool,
    pub line_labels_can_be_configured: bool,
    pub line_ports_can_be_reordered: bool,
    pub ports_can_be_configured: bool,
    pub ports_have_numbers: bool,
    pub phone_settings_can_be_configured: bool,
    pub behaviors_can_be_customized: bool,
    pub changes_can_be_applied: bool,
    pub has_additional_primary_line_appearances: bool,
    pub has_nomadic_emergency_calls: bool,
    pub has_upgrade_channel: bool,
    pub has_t38: bool,
    pub has_hotline: bool,
    pub collects_logs: bool,
    pub hosts_hoteling: bool,
    pub declines_calls: bool,
    /// What extension modules it takes, if any.
    pub module: Option<Module>,
    /// Whether lines can be on those.
    pub has_lines_on_modules: bool,
    /// Who sets what else it does.
    pub configuration: Configuration,
}

/// A kind of extension module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// With 14 keys.
    Of14Keys,
    /// With 20 keys.
    Of20Keys,
}

/// Who sets what a device does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configuration {
    /// Webex Calling, setting by setting.
    CallingDevice,
    /// Webex, as for its own devices.
    WebexDevice,
    /// Webex Calling, by templates.
    Dynamic,
    /// Nobody.
    None,
}

/// How a device can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By its MAC address.
    MacAddress,
    /// By an activation code.
    ActivationCode,
}

const BOTH: &[Method] = &[Method::MacAddress, Method::ActivationCode];
const MAC: &[Method] = &[Method::MacAddress];

/// Every supported model.
#[rustfmt::skip]
pub const MODELS: [Model; 27] = [
    phone("DMS Cisco 6821",  "Cisco 6821",  "Cisco MPP 6800 Series", 2,  2,  0, false),
    phone("DMS Cisco 6841",  "Cisco 6841",  "Cisco MPP 6800 Series", 4,  4,  0, false),
    phone("DMS Cisco 6851",  "Cisco 6851",  "Cisco MPP 6800 Series", 4,  4,  2, false),
    phone("DMS Cisco 6861",  "Cisco 6861",  "Cisco MPP 6800 Series", 4,  4,  0, false),
    phone("DMS Cisco 6871",  "Cisco 6871",  "Cisco MPP 6800 Series", 6,  6,  2, false),
    phone("DMS Cisco 7811",  "Cisco 7811",  "Cisco MPP 7800 Series", 1,  1,  0, false),
    phone("DMS Cisco 7821",  "Cisco 7821",  "Cisco MPP 7800 Series", 2,  2,  0, false),
    phone("DMS Cisco 7832",  "Cisco 7832",  "Cisco MPP 7800 Series", 1,  1,  0, false),
    phone("DMS Cisco 7841",  "Cisco 7841",  "Cisco MPP 7800 Series", 4,  4,  0, false),
    phone("DMS Cisco 7861",  "Cisco 7861",  "Cisco MPP 7800 Series", 16, 16, 0, false),
    phone("DMS Cisco 8811",  "Cisco 8811",  "Cisco MPP 8800 Series", 10, 10, 0, false),
    phone("DMS Cisco 8832",  "Cisco 8832",  "Cisco MPP 8800 Series", 1,  1,  0, false),
    phone("DMS Cisco 8841",  "Cisco 8841",  "Cisco MPP 8800 Series", 10, 10, 0, false),
    phone("DMS Cisco 8845",  "Cisco 8845",  "Cisco MPP 8800 Series", 10, 10, 0, false),
    phone("DMS Cisco 8851",  "Cisco 8851",  "Cisco MPP 8800 Series", 10, 10, 2, false),
    phone("DMS Cisco 8861",  "Cisco 8861",  "Cisco MPP 8800 Series", 10, 10, 3, false),
    phone("DMS Cisco 8865",  "Cisco 8865",  "Cisco MPP 8800 Series", 10, 10, 3, false),
    phone("DMS Cisco 8875",  "Cisco 8875",  "Cisco MPP 8800 Series", 10, 10, 0, true),
    desk_phone("Cisco 9841", 4,  0, false),
    desk_phone("Cisco 9851", 10, 1, false),
    desk_phone("Cisco 9861", 16, 3, true),
    desk_phone("Cisco 9871", 16, 3, true),
    adapter("DMS Cisco 191", "Cisco 191"),
    adapter("DMS Cisco 192", "Cisco 192"),
    third_party("2N Customer Managed", "2N Customer Managed", None, 20, 1, false),
    third_party("DMS Polycom EE400", "Polycom EE400", Some("Poly"), 14, 0, true),
    third_party("Generic IPPhone Customer Managed", "Generic IPPhone Customer Managed", None, 20, 0, false),
];

const fn phone(
    name: &'static str,
    display_name: &'static str,
    family: &'static str,
    lines: u8,
    line_keys: u8,
    extension_modules: u8,
    has_touch_screen: bool,
) -> Model {
    Model {
        name,
        display_name,
        family: Some(family),
        kind: Kind::Mpp,
        methods: BOTH,
        lines,
        line_keys,
        extension_modules,
        has_touch_screen,
        is_managed_by_cisco: true,
    }
}

const fn desk_phone(name: &'static str, lines: u8, extension_modules: u8, has_touch_screen: bool) -> Model {
    let family = "Cisco Desk Phone 9800 Series";
    let phone = phone(name, name, family, lines, lines, extension_modules, has_touch_screen);
    Model { kind: Kind::DeskPhone, ..phone }
}

const fn adapter(name: &'static str, display_name: &'static str) -> Model {
    let phone = phone(name, display_name, "Cisco ATA", 2, 0, 0, false);
    Model { kind: Kind::Ata, methods: MAC, ..phone }
}

const fn third_party(
    name: &'static str,
    display_name: &'static str,
    family: Option<&'static str>,
    lines: u8,
    extension_modules: u8,
    is_managed_by_cisco: bool,
) -> Model {
    Model {
        name,
        display_name,
        family,
        kind: Kind::GenericSip,
        methods: MAC,
        lines,
        line_keys: 0,
        extension_modules,
        has_touch_screen: false,
        is_managed_by_cisco,
    }
}

impl Model {
    /// The model of this name or display name, in any case, with `DMS` in front or not.
    pub fn find(name: &str) -> Option<&'static Model> {
        let wanted = bare(name.trim());
        MODELS.iter().find(|model| {
            bare(model.name).eq_ignore_ascii_case(wanted) || model.display_name.eq_ignore_ascii_case(wanted)
        })
    }

    /// Whether Cisco makes it.
    pub fn is_of_cisco(&self) -> bool {
        self.kind != Kind::GenericSip
    }

    /// What it can do.
    pub fn capabilities(&self) -> Capabilities {
        let is_phone = matches!(self.kind, Kind::Mpp | Kind::DeskPhone);
        let is_adapter = self.kind == Kind::Ata;
        let is_managed = self.is_managed_by_cisco;
        let has_modules = self.extension_modules > 0;
        Capabilities {
            layout_can_be_configured: is_phone,
            lines_can_be_configured: true,
            line_labels_can_be_configured: is_phone,
            line_ports_can_be_reordered: is_managed,
            ports_can_be_configured: is_adapter,
            ports_have_numbers: is_adapter,
            phone_settings_can_be_configured: is_managed,
            behaviors_can_be_customized: is_managed,
            changes_can_be_applied: is_managed,
            has_additional_primary_line_appearances: is_managed,
            has_nomadic_emergency_calls: is_phone,
            has_upgrade_channel: is_phone,
            has_t38: is_adapter,
            has_hotline: is_managed,
            collects_logs: self.is_of_cisco(),
            hosts_hoteling: is_managed,
            declines_calls: is_managed,
            module: has_modules.then_some(if is_phone { Module::Of14Keys } else { Module::Of20Keys }),
            has_lines_on_modules: has_modules && is_phone,
            configuration: match self.kind {
                Kind::Mpp | Kind::Ata => Configuration::CallingDevice,
                Kind::DeskPhone => Configuration::WebexDevice,
                Kind::GenericSip if is_managed => Configuration::Dynamic,
                Kind::GenericSip => Configuration::None,
            },
        }
    }
}

fn bare(name: &str) -> &str {
    let (mark, rest) = name.split_at_checked(4).unwrap_or(("", name));
    if mark.eq_ignore_ascii_case("DMS ") { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_found_by_each_of_its_names() {
        for model in &MODELS {
            assert_eq!(Model::find(model.name), Some(model));
            assert_eq!(Model::find(&model.display_name.to_lowercase()), Some(model));
        }
        assert_eq!(Model::find("Cisco 8865").map(|model| model.name), Some("DMS Cisco 8865"));
        assert_eq!(Model::find("DMS"), None);
    }
}
