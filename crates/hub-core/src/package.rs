//! The packages of the wholesale offer, as one table.

use std::fmt;

use hub_rules::customers::PACKAGE_IS_KNOWN;
use serde::{Deserialize, Serialize};

use crate::HubError;

/// A package or add-on of the wholesale offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the package of that name, see Package::title")]
pub enum Package {
    CommonAreaCalling,
    WebexCalling,
    WebexCallingStandard,
    WebexSuite,
    WebexMeetings,
    WebexVoice,
    CxEssentials,
    AttendantConsole,
    CiscoCallingPlan,
    CxPremiumAgent,
    CxStandardAgent,
    CxVoicePorts,
    CxAiAssistant,
    WebexAiAgent,
}

/// What is known of a package.
struct Facts {
    package: Package,
    id: &'static str,
    title: &'static str,
    level: Level,
    is_calling: bool,
    has_meetings: bool,
    needs_one_of: &'static [Package],
}

/// Who is given a package.
#[derive(PartialEq)]
enum Level {
    /// A person, and only one such package.
    Base,
    /// A person, besides a base package.
    AddOn,
    /// The customer as a whole.
    Customer,
}

use Package::{
    AttendantConsole, CiscoCallingPlan, CommonAreaCalling, CxAiAssistant, CxEssentials, CxPremiumAgent,
    CxStandardAgent, CxVoicePorts, WebexAiAgent, WebexCalling, WebexCallingStandard, WebexMeetings,
    WebexSuite, WebexVoice,
};

const CALLING_PLAN_NEEDS: &[Package] =
    &[CommonAreaCalling, WebexCalling, WebexSuite, WebexVoice, CxEssentials, WebexCallingStandard];
const ATTENDANT_CONSOLE_NEEDS: &[Package] = &[WebexCalling, WebexSuite, CxEssentials];

#[rustfmt::skip]
const FACTS: [Facts; 14] = [
    facts(CommonAreaCalling,    "common_area_calling",    "Common Area Calling",            Level::Customer, true,  false, &[]),
    facts(WebexCalling,         "webex_calling",          "Webex Calling",                  Level::Base,     true, false, &[]),
    facts(WebexCallingStandard, "webex_calling_standard", "Webex Calling Standard",         Level::Base,     true, false, &[]),
    facts(WebexSuite,           "webex_suite",            "Webex Suite",                    Level::Base,     true, true, &[]),
    facts(WebexMeetings,        "webex_meetings",         "Webex Meetings",                 Level::Base,     false, true, &[]),
    facts(WebexVoice,           "webex_voice",            "Webex Voice",                    Level::Base,     true, false, &[]),
    facts(CxEssentials,         "cx_essentials",          "Customer Assist",                Level::Base,     true, false, &[]),
    facts(AttendantConsole,     "attendant_console",      "Attendant Console",              Level::AddOn,    false, false, ATTENDANT_CONSOLE_NEEDS),
    facts(CiscoCallingPlan,     "cisco_calling_plan",     "Cisco Calling Plan",             Level::Customer, false, false, CALLING_PLAN_NEEDS),
    facts(CxPremiumAgent,       "cx_premium_agent",       "Contact Center Premium Agent",   Level::Base,     false, false, &[]),
    facts(CxStandardAgent,      "cx_standard_agent",      "Contact Center Standard Agent",  Level::Base,     false, false, &[]),
    facts(CxVoicePorts,         "cx_voice_ports",         "Contact Center Voice Ports",     Level::Customer, false, false, &[]),
    facts(CxAiAssistant,        "cx_ai_assistant",        "Contact Center AI Assistant",    Level::Customer, false, false, &[]),
    facts(WebexAiAgent,         "webex_ai_agent",         "Webex AI Agent",                 Level::Customer, false, false, &[]),
];

const fn facts(
    package: Package,
    id: &'static str,
    title: &'static str,
    level: Level,
    is_calling: bool,
    has_meetings: bool,
    needs_one_of: &'static [Package],
) -> Facts {
    Facts { package, id, title, level, is_calling, has_meetings, needs_one_of }
}

impl Package {
    /// Every package, in the order of the table.
    pub fn all() -> impl DoubleEndedIterator<Item = Package> {
        FACTS.iter().map(|facts| facts.package)
    }

    /// Finds a package by its identifier.
    pub fn parse(id: &str) -> Result<Self, HubError> {
        let known = FACTS.iter().find(|facts| facts.id == id).map(|facts| facts.package);
        known.ok_or_else(|| HubError::broken(&PACKAGE_IS_KNOWN).saw(id))
    }

    fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// The identifier, such as `webex_calling`.
    pub fn id(self) -> &'static str {
        self.facts().id
    }

    /// The name that Partner Hub and the CSV columns show, such as `Customer Assist`.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// Whether it is given to a person, who has only one such package.
    pub fn is_base(self) -> bool {
        self.facts().level == Level::Base
    }

    fn is_add_on(self) -> bool {
        self.facts().level == Level::AddOn
    }

    /// Whether it is given to persons at all.
    pub fn is_for_subscribers(self) -> bool {
        self.is_base() || self.is_add_on()
    }

    /// Whether the older field `package` of a subscriber can name it; `packages` can name more.
    pub fn fits_older_field(self) -> bool {
        self.is_base() && !matches!(self, CxPremiumAgent | CxStandardAgent)
    }

    /// Whether its user needs a location and a number or extension.
    pub fn is_calling(self) -> bool {
        self.facts().is_calling
    }

    /// Whether its user should have a preferred meeting site.
    pub fn has_meetings(self) -> bool {
        self.facts().has_meetings
    }

    /// The packages of which it needs one beside it; empty where it needs none.
    pub fn needs_one_of(self) -> &'static [Package] {
        self.facts().needs_one_of
    }

    /// Whether it may be among these: it needs no other package, or has one of those that it needs.
    pub fn fits_among(self, packages: PackageSet) -> bool {
        let needed = self.needs_one_of();
        needed.is_empty() || needed.iter().any(|base| packages.contains(*base))
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The packages of one person: at most one base package, and add-ons.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<Package>", from = "Vec<Package>")]
pub struct PackageSet(u16);

impl PackageSet {
    /// The set with this package added.
    #[must_use]
    pub fn with(self, package: Package) -> Self {
        PackageSet(self.0 | 1 << package as u16)
    }

    /// The set without this package.
    #[must_use]
    pub fn without(self, package: Package) -> Self {
        PackageSet(self.0 & !(1 << package as u16))
    }

    /// Whether the package is in the set.
    pub fn contains(self, package: Package) -> bool {
        self.0 & 1 << package as u16 != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many packages there are.
    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The packages, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Package> {
        Package::all().filter(move |package| self.contains(*package))
    }

    /// The base package.
    pub fn base(self) -> Option<Package> {
        self.iter().find(|package| package.is_base())
    }
}

impl FromIterator<Package> for PackageSet {
    fn from_iter<I: IntoIterator<Item = Package>>(packages: I) -> Self {
        packages.into_iter().fold(PackageSet::default(), PackageSet::with)
    }
}

impl From<Vec<Package>> for PackageSet {
    fn from(packages: Vec<Package>) -> Self {
        packages.into_iter().collect()
    }
}

impl From<PackageSet> for Vec<Package> {
    fn from(set: PackageSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for PackageSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(Package::id)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_ids_read_back() {
        for (position, package) in Package::all().enumerate() {
            assert_eq!(package as usize, position);
            assert_eq!(Package::parse(package.id()), Ok(package));
            assert_eq!(
                serde_json::to_value(package).unwrap(),
                package.id(),
                "the journal uses the same names"
            );
        }
        assert_eq!(Package::parse("softphone").unwrap_err().rule.id, "CUS-011");
    }

    #[test]
    fn a_set_keeps_its_packages() {
        let set: PackageSet = [AttendantConsole, WebexSuite].into_iter().collect();
        assert_eq!(set.base(), Some(WebexSuite));
        assert_eq!(set.iter().collect::<Vec<_>>(), [WebexSuite, AttendantConsole]);
        assert_eq!(set.without(WebexSuite).base(), None);
    }
}
