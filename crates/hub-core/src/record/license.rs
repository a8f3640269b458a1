//! Licences of an organization.

use serde::{Deserialize, Serialize};

use super::Organization;
use crate::{Id, Package};

/// A licence that people of an organization can hold. How many do is counted by the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// Key.
    pub id: Id<License>,
    /// Whose licence it is.
    pub organization: Id<Organization>,
    /// What it is for.
    pub kind: LicenseKind,
    /// The package that brings it; none for a base licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
}

/// What a licence is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenseKind {
    /// Free messaging.
    BasicMessaging,
    /// Free meetings.
    BasicSpaceMeetings,
    /// Calls between two Webex users.
    CallOnWebex,
    /// Free screen share, which users have without being given it.
    ScreenShare,
    /// Messages with the old messenger, which is managed elsewhere.
    HybridMessage,
    /// Paid messaging.
    AdvancedMessaging,
    /// Meetings that come with calling.
    BasicMeetings,
    /// Meetings on the organization's site.
    WebexMeetings,
    /// Meetings on the organization's site, as part of the suite.
    MeetingsSuite,
    /// Full calling.
    CallingProfessional,
    /// Calling with one device.
    CallingStandard,
    /// Calling of a shared place.
    CallingWorkspace,
    /// Agents and supervisors.
    CustomerAssist,
    /// The attendant's console.
    AttendantConsole,
    /// Calls to the public network by Cisco.
    CiscoCallingPlan,
    /// Contact centre, as its package says.
    ContactCenter,
}

impl LicenseKind {
    /// The default base licences (LIC-004).
    pub const BASE: [LicenseKind; 3] =
        [LicenseKind::BasicMessaging, LicenseKind::BasicSpaceMeetings, LicenseKind::CallOnWebex];

    /// The licences of an organization that its users are not given one by one (LIC-030).
    pub const IMPLICIT: [LicenseKind; 2] = [LicenseKind::ScreenShare, LicenseKind::HybridMessage];

    /// What a package brings (LIC-003); the list is our reading.
    pub fn brought_by(package: Package) -> &'static [LicenseKind] {
        use LicenseKind as L;
        match package {
            Package::WebexCalling => &[L::CallingProfessional, L::AdvancedMessaging, L::BasicMeetings],
            Package::WebexCallingStandard => &[L::CallingStandard, L::AdvancedMessaging, L::BasicMeetings],
            Package::WebexSuite => &[L::CallingProfessional, L::AdvancedMessaging, L::MeetingsSuite],
            Package::WebexMeetings => &[L::AdvancedMessaging, L::WebexMeetings],
            Package::WebexVoice => &[L::CallingProfessional],
            Package::CxEssentials => &[L::CallingProfessional, L::CustomerAssist],
            Package::CommonAreaCalling => &[L::CallingWorkspace],
            Package::AttendantConsole => &[L::AttendantConsole],
            Package::CiscoCallingPlan => &[L::CiscoCallingPlan],
            Package::CxPremiumAgent
            | Package::CxStandardAgent
            | Package::CxVoicePorts
            | Package::CxAiAssistant
            | Package::WebexAiAgent => &[L::ContactCenter],
        }
    }

    /// The licence that stands for a package: who no longer has it, no longer has the package (LIC-020).
    pub fn principal_of(package: Package) -> LicenseKind {
        match package {
            Package::WebexMeetings => LicenseKind::WebexMeetings,
            other => Self::brought_by(other)[0],
        }
    }

    /// Whether it is for meetings on the organization's site.
    pub fn is_of_a_site(self) -> bool {
        matches!(self, LicenseKind::WebexMeetings | LicenseKind::MeetingsSuite)
    }

    /// The name that Control Hub shows.
    pub fn title(self) -> &'static str {
        match self {
            LicenseKind::BasicMessaging => "Basic Messaging",
            LicenseKind::BasicSpaceMeetings => "Basic Space Meetings",
            LicenseKind::CallOnWebex => "Call on Webex (1:1 call, non-PSTN)",
            LicenseKind::ScreenShare => "Free screen share",
            LicenseKind::HybridMessage => "Hybrid - Message",
            LicenseKind::AdvancedMessaging => "Advanced Messaging",
            LicenseKind::BasicMeetings => "Basic Meetings",
            LicenseKind::WebexMeetings => "Webex Meetings",
            LicenseKind::MeetingsSuite => "Webex Meetings Suite",
            LicenseKind::CallingProfessional => "Webex Calling - Professional",
            LicenseKind::CallingStandard => "Webex Calling - Standard",
            LicenseKind::CallingWorkspace => "Webex Calling - Workspaces",
            LicenseKind::CustomerAssist => "Customer Assist",
            LicenseKind::AttendantConsole => "Attendant Console",
            LicenseKind::CiscoCallingPlan => "Cisco Calling Plan",
            LicenseKind::ContactCenter => "Contact Center",
        }
    }

    /// The offer code in front of the licence's UUID on the wire.
    pub fn offer_code(self) -> &'static str {
        match self {
            LicenseKind::BasicMessaging => "FMS",
            LicenseKind::BasicSpaceMeetings => "FTM",
            LicenseKind::CallOnWebex => "FTC",
            LicenseKind::ScreenShare => "FSS",
            LicenseKind::HybridMessage => "HM",
            LicenseKind::AdvancedMessaging => "MS",
            LicenseKind::WebexMeetings | LicenseKind::MeetingsSuite | LicenseKind::BasicMeetings => "EE",
            LicenseKind::CallingProfessional
            | LicenseKind::CallingStandard
            | LicenseKind::CallingWorkspace
            | LicenseKind::CustomerAssist
            | LicenseKind::AttendantConsole
            | LicenseKind::CiscoCallingPlan
            | LicenseKind::ContactCenter => "SLWCA",
        }
    }
}
