//! The columns of the user CSV, as one registry: what headers mean, in the order of template and export.

use std::sync::Arc;

use hub_rules::{Said, advice};

use super::headers::{self, Header, SUSPENDED};
use crate::operation::access::ControlHub;
use crate::record::{Attribute, LicenseKind};
use crate::{Package, Timestamp};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the column of that name, see FIXED")]
pub enum Column {
    FirstName,
    LastName,
    DisplayName,
    Email,
    Status,
    LastServiceAccess,
    DaysSinceServiceAccess,
    Extension,
    PhoneNumber,
    Location,
    PreferredSite,
    Attribute(Attribute),
    /// TRUE gives the user the package.
    Package(Package),
    /// TRUE gives the user the base licence.
    BaseLicense(LicenseKind),
    /// Says why a row was refused, and is ignored.
    Error(ErrorColumn),
}

/// What an error file says of a row, behind the row's own cells (CSV-039).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the column of that name, see ERRORS")]
pub enum ErrorColumn {
    Row,
    Column,
    Rule,
    Message,
}

/// The columns that every organization has.
const FIXED: [(&str, Column); 25] = [
    ("First Name", Column::FirstName),
    ("Last Name", Column::LastName),
    ("Display Name", Column::DisplayName),
    ("User ID/Email (Required)", Column::Email),
    ("User Status", Column::Status),
    ("Last Service Accessed Time", Column::LastServiceAccess),
    ("Days since Last Service Accessed", Column::DaysSinceServiceAccess),
    ("Extension", Column::Extension),
    ("Title", Column::Attribute(Attribute::Title)),
    ("Department", Column::Attribute(Attribute::Department)),
    ("Manager", Column::Attribute(Attribute::Manager)),
    ("Phone Number", Column::PhoneNumber),
    ("Caller ID Number", Column::Attribute(Attribute::CallerIdNumber)),
    ("Caller ID First Name", Column::Attribute(Attribute::CallerIdFirstName)),
    ("Caller ID Last Name", Column::Attribute(Attribute::CallerIdLastName)),
    ("Location", Column::Location),
    ("Preferred Language", Column::Attribute(Attribute::PreferredLanguage)),
    ("Time zone", Column::Attribute(Attribute::TimeZone)),
    ("Address type", Column::Attribute(Attribute::AddressType)),
    ("Address country", Column::Attribute(Attribute::AddressCountry)),
    ("Address street", Column::Attribute(Attribute::AddressStreet)),
    ("Address city", Column::Attribute(Attribute::AddressCity)),
    ("Address state", Column::Attribute(Attribute::AddressState)),
    ("Address postal code", Column::Attribute(Attribute::AddressPostalCode)),
    ("Preferred Webex Site", Column::PreferredSite),
];

/// The columns behind all others in an error file; a file of any organization may have them.
const ERRORS: [(&str, ErrorColumn); 4] = [
    ("Error Row", ErrorColumn::Row),
    ("Error Column", ErrorColumn::Column),
    ("Error Rule", ErrorColumn::Rule),
    ("Error", ErrorColumn::Message),
];

/// The header of the column that every file must have (CSV-004).
pub(super) const KEY_HEADER: &str = FIXED[3].0;

/// The columns of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<LayoutColumn>,
    /// Whose columns they are; none = of any organization.
    organization: Option<Names>,
}

/// What only one organization has, and its headers may name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Names {
    subscription: Box<str>,
    sites: Vec<Arc<str>>,
}

/// A column of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LayoutColumn {
    pub(super) column: Column,
    name: &'static str,
    subscription: Option<Box<str>>,
    pub(super) is_suspended: bool,
}

impl Layout {
    /// The columns that an organization has at `now`: the fixed ones, its packages, the base licences.
    pub(crate) fn of(control_hub: &ControlHub, now: Timestamp) -> Self {
        let customer = &control_hub.customer;
        let offered = customer.packages_at(now).map(|(offer, _)| offer);
        let packages = offered.filter(|offer| offer.package.is_for_subscribers()).map(|offer| LayoutColumn {
            subscription: Some(customer.subscription.clone()),
            is_suspended: offer.is_suspended,
            ..LayoutColumn::plain(Column::Package(offer.package), offer.package.title())
        });
        let (subscription, sites) = (customer.subscription.clone(), control_hub.organization.sites.clone());
        Layout {
            columns: Self::around(packages.collect()),
            organization: Some(Names { subscription, sites }),
        }
    }

    /// The columns that any organization could have.
    pub fn of_any_organization() -> Self {
        let packages = Package::all().filter(|package| package.is_for_subscribers());
        let columns = packages.map(|package| LayoutColumn::plain(Column::Package(package), package.title()));
        Layout { columns: Self::around(columns.collect()), organization: None }
    }

    /// The columns that every organization has.
    pub(super) fn fixed() -> impl Iterator<Item = Column> {
        FIXED.iter().map(|(_, column)| *column)
    }

    fn around(packages: Vec<LayoutColumn>) -> Vec<LayoutColumn> {
        let fixed = FIXED.iter().map(|(name, column)| LayoutColumn::plain(*column, name));
        let base = LicenseKind::BASE
            .iter()
            .map(|kind| LayoutColumn::plain(Column::BaseLicense(*kind), kind.title()));
        fixed.chain(packages).chain(base).collect()
    }

    /// The columns with their headers, in the order of template and export.
    pub fn headers(&self) -> impl Iterator<Item = (Column, String)> {
        self.columns.iter().map(|column| (column.column, column.header()))
    }

    /// The columns, and whether their service is suspended.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Column, bool)> {
        self.columns.iter().map(|column| (column.column, column.is_suspended))
    }

    pub(super) fn packages(&self) -> impl Iterator<Item = Package> {
        self.columns.iter().filter_map(|column| column.column.package())
    }

    /// The column that a header of a file names, and whether the service is suspended.
    ///
    /// Site and subscription may be left out (CSV-042); a mark of suspension in the file counts as one (CSV-008).
    pub(super) fn find(&self, header: &str) -> Option<(Column, bool)> {
        if let Some((_, column)) = ERRORS.iter().find(|(name, _)| *name == header) {
            return Some((Column::Error(*column), false));
        }
        let header = Header::parse(header);
        let found = self.columns.iter().find(|known| {
            known.name == header.name
                && header.subscription.is_none_or(|given| self.may_name_subscription(known.column, given))
                && header.site.is_none_or(|given| self.may_name_site(known.column, given))
        });
        found.map(|column| (column.column, column.is_suspended || header.is_suspended))
    }

    fn may_name_subscription(&self, column: Column, given: &str) -> bool {
        let is_own = |own: &Names| given == &*own.subscription;
        column.is_service() && self.organization.as_ref().is_none_or(is_own)
    }

    fn may_name_site(&self, column: Column, given: &str) -> bool {
        let is_own = |own: &Names| own.sites.iter().any(|site| site.eq_ignore_ascii_case(given));
        column.package().is_some_and(Package::has_meetings) && self.organization.as_ref().is_none_or(is_own)
    }

    /// Where a column stands in template and export.
    pub(super) fn position(&self, column: Column) -> usize {
        let found = self.columns.iter().position(|known| known.column == column);
        found.unwrap_or(self.columns.len())
    }

    /// The columns that an error file has behind the row's own, with their headers.
    pub(super) fn of_errors() -> impl Iterator<Item = (ErrorColumn, &'static str)> {
        ERRORS.iter().map(|(name, column)| (*column, *name))
    }

    /// The header that differs from this one in case, spaces, site or subscription only.
    pub(super) fn similar(&self, header: &str) -> Option<String> {
        let bare =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let wanted = bare(Header::parse(header).name);
        let found = self.columns.iter().find(|column| bare(column.name) == wanted);
        found.map(LayoutColumn::header)
    }

    /// What to do about a header that is not known, where there is something to say.
    pub(super) fn advice(&self, header: &str) -> Option<Said> {
        if let Some(similar) = self.similar(header) {
            return Some(advice::NEAREST.with("name", similar));
        }
        let name = Header::parse(header).name;
        if let Some(now) = headers::renamed(name) {
            let now = self.similar(now).unwrap_or_else(|| now.to_owned());
            return Some(advice::COLUMN_IS_CALLED_NOW.with("name", now));
        }
        if headers::is_of_another_offer(name) {
            return Some((&advice::LEAVE_THE_COLUMN_OUT).into());
        }
        let package = Package::all().find(|package| package.title() == name)?;
        let advice = match package.is_for_subscribers() {
            true => &advice::PACKAGE_IS_NOT_OFFERED,
            false => &advice::PACKAGE_IS_NOT_FOR_USERS,
        };
        Some(advice.with("package", name))
    }
}

impl LayoutColumn {
    fn plain(column: Column, name: &'static str) -> Self {
        LayoutColumn { column, name, subscription: None, is_suspended: false }
    }

    fn header(&self) -> String {
        let mut header = self.name.to_owned();
        if let Some(subscription) = &self.subscription {
            header.push_str(&format!(" [{subscription}]"));
        }
        if self.is_suspended {
            header.push_str(SUSPENDED);
        }
        header
    }
}

impl Column {
    /// The package that the column gives.
    pub(super) fn package(self) -> Option<Package> {
        match self {
            Column::Package(package) => Some(package),
            _ => None,
        }
    }

    /// Whether the column gives a package or licence; the others are attributes (CSV-048).
    pub(super) fn is_service(self) -> bool {
        matches!(self, Column::Package(_) | Column::BaseLicense(_))
    }

    /// Whether the hub fills the column and ignores what a file says (CSV-016).
    pub(super) fn is_read_only(self) -> bool {
        matches!(self, Column::Status | Column::LastServiceAccess | Column::DaysSinceServiceAccess)
    }

    /// The header, without a subscription.
    pub fn name(self) -> &'static str {
        match self {
            Column::Package(package) => package.title(),
            Column::BaseLicense(kind) => kind.title(),
            Column::Error(column) => ERRORS.iter().find(|(_, it)| *it == column).map_or("", |(name, _)| name),
            _ => FIXED.iter().find(|(_, column)| *column == self).map_or("", |(name, _)| name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_column_is_the_one_that_is_required() {
        assert_eq!(KEY_HEADER, "User ID/Email (Required)");
    }

    #[test]
    fn a_header_is_found_with_any_subscription_when_no_organization_is_known() {
        let layout = Layout::of_any_organization();
        let suite = Column::Package(Package::WebexSuite);
        for (header, found) in [
            ("Webex Suite", Some((suite, false))),
            ("Webex Suite [Sub1]", Some((suite, false))),
            ("Webex Suite [Sub1] (Suspended)", Some((suite, true))),
            ("Webex Suite (Suspended)", Some((suite, true))),
            (
                "Call on Webex (1:1 call, non-PSTN)",
                Some((Column::BaseLicense(LicenseKind::CallOnWebex), false)),
            ),
            ("Basic Messaging [Sub1]", Some((Column::BaseLicense(LicenseKind::BasicMessaging), false))),
            ("x.webex.com - Webex Suite [Sub1]", Some((suite, false))),
            ("x.webex.com - Webex Calling [Sub1]", None),
            ("First Name [Sub1]", None),
            ("Webex Sweet", None),
        ] {
            assert_eq!(layout.find(header), found, "{header}");
        }
        assert_eq!(layout.similar("first name").as_deref(), Some("First Name"));
    }
}
