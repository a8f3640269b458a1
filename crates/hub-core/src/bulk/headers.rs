//! Headers of service columns taken apart, and those that files of other times and offers have.

/// What stands behind the header of a suspended service.
pub(super) const SUSPENDED: &str = " (Suspended)";

/// A header, taken apart: site, name, subscription in brackets, mark of suspension.
pub(super) struct Header<'a> {
    pub(super) site: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) subscription: Option<&'a str>,
    pub(super) is_suspended: bool,
}

/// Columns that were given another name.
const RENAMED: [(&str, &str); 3] = [
    ("Directory Number", "Extension"),
    ("Direct Line", "Phone Number"),
    ("Customer Experience Essentials", "Customer Assist"),
];

/// Columns that Control Hub had once, or has where other offers are sold.
const OF_OTHER_OFFERS: [&str; 24] = [
    "UC Manager Profile",
    "Calling Behavior",
    "Calling Behavior UC Manager Profile",
    "Hybrid Calendar Service Resource Group",
    "Hybrid Call Service Resource Group",
    "Hybrid Calendar Service (Exchange)",
    "Hybrid Calendar Service (Google)",
    "Hybrid Message Service",
    "Jabber with Webex Teams",
    "Jabber Calling",
    "Contact Migration Required",
    "Upgrade Profile",
    "Call Service Aware",
    "Call Service Connect",
    "Enterprise Content Management",
    "Webex Meeting Assistant",
    "Webex Teams",
    "WebEx Enterprise Edition",
    "Free screen share",
    "Enhanced Calling",
    "Softphone",
    "Basic",
    "Standard",
    "Premium",
];

impl<'a> Header<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let (text, is_suspended) = match text.strip_suffix(SUSPENDED) {
            Some(text) => (text.trim_end(), true),
            None => (text, false),
        };
        let bracketed = text.strip_suffix(']').and_then(|text| text.rsplit_once(" ["));
        let (text, subscription) = match bracketed {
            Some((text, subscription)) => (text, Some(subscription)),
            None => (text, None),
        };
        let of_site = text.split_once(" - ").filter(|(site, _)| is_host(site));
        let (site, name) = of_site.map_or((None, text), |(site, name)| (Some(site), name));
        Header { site, name, subscription, is_suspended }
    }
}

fn is_host(text: &str) -> bool {
    text.contains('.') && !text.contains(char::is_whitespace)
}

/// What a column of this name is called now.
pub(super) fn renamed(name: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(old, _)| old.eq_ignore_ascii_case(name)).map(|(_, now)| *now)
}

/// Whether files have a column of this name elsewhere, but not those of Wholesale.
pub(super) fn is_of_another_offer(name: &str) -> bool {
    OF_OTHER_OFFERS.iter().any(|other| other.eq_ignore_ascii_case(name))
}
