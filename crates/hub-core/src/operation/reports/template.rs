//! The report templates of this hub (REP-008): few, each about something that the hub knows.

use crate::record::ReportSide;

/// What a report can be made from.
#[derive(Debug, PartialEq, Eq)]
pub struct ReportTemplate {
    /// Its number.
    pub id: u32,
    /// Its title.
    pub title: &'static str,
    /// The service that it is about.
    pub service: &'static str,
    /// How many days a report may have; none = it has no days.
    pub max_days: Option<u32>,
    /// What it is about.
    pub side: ReportSide,
    pub(super) subject: Subject,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Users,
    LicenseAssignments,
    LicenseUsage,
    PhoneNumbers,
    AuditLog,
    Customers,
    PackageUsage,
}

/// Every template.
pub const TEMPLATES: [ReportTemplate; 7] = [
    of_organization(1, "Users", "Webex", None, Subject::Users),
    of_organization(2, "License assignments", "Webex", None, Subject::LicenseAssignments),
    of_organization(3, "License usage", "Webex", None, Subject::LicenseUsage),
    of_organization(4, "Phone numbers", "Webex Calling", None, Subject::PhoneNumbers),
    of_organization(5, "Admin audit log", "Webex", Some(31), Subject::AuditLog),
    of_partner(101, "Customers", Subject::Customers),
    of_partner(102, "Package usage", Subject::PackageUsage),
];

const fn of_organization(
    id: u32,
    title: &'static str,
    service: &'static str,
    max_days: Option<u32>,
    subject: Subject,
) -> ReportTemplate {
    ReportTemplate { id, title, service, max_days, side: ReportSide::Organization, subject }
}

const fn of_partner(id: u32, title: &'static str, subject: Subject) -> ReportTemplate {
    ReportTemplate { id, title, service: "Webex", max_days: Some(31), side: ReportSide::Partner, subject }
}

impl ReportTemplate {
    /// The template with this number.
    pub fn find(id: u32, side: ReportSide) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.id == id && template.side == side)
    }

    /// The fields of a request that it requires.
    pub fn required_fields(&self) -> impl Iterator<Item = &'static str> {
        let days = if self.max_days.is_some() { &["startDate", "endDate"][..] } else { &[] };
        std::iter::once("templateId").chain(days.iter().copied())
    }
}
