//! Names, site and attributes of a user: what a row says of them, and which values they take.
//!
//! A blank cell changes nothing (CSV-022), and one that says what is so already is not checked (CSV-043): not every value
//! that a user has could be given by a file. Most attributes take any text, because no source says otherwise.

use std::sync::Arc;

use hub_rules::bulk::{
    CALLER_ID_NAMES_ARE_OWN_IN_ASIA_PACIFIC, MANAGER_IS_AN_ADDRESS, SITE_IS_OF_THE_ORGANIZATION,
};
use hub_rules::notes;
use hub_rules::users::DIRECTORY_MANAGES_NAMES;

use super::candidate::Candidate;
use super::columns::Column;
use super::directory;
use super::parse::Row;
use super::row::UserRow;
use crate::record::{Attribute, Customer, Organization, Person};
use crate::{Email, HubError, PhoneNumber};

/// Countries of Asia-Pacific (CSV-045): eastern, south-eastern and southern Asia and Oceania, as the United Nations
/// part the world; the list is our reading.
const ASIA_PACIFIC: &str = "\
    AF AS AU BD BN BT CC CK CN CX FJ FM GU HK HM ID IN IR JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF NP NR \
    NU NZ PF PG PH PK PN PW SB SG TH TK TL TO TV TW UM VN VU WF WS";

/// Whether the caller ID names of a customer's users are their own names.
pub(super) fn has_own_caller_names(customer: &Customer) -> bool {
    ASIA_PACIFIC.split(' ').any(|code| code.eq_ignore_ascii_case(&customer.address.country))
}

/// The name of the person that stands for a caller ID name.
pub(super) fn own_name(person: &Person, attribute: Attribute) -> Option<&str> {
    match attribute {
        Attribute::CallerIdFirstName => person.first_name.as_deref(),
        Attribute::CallerIdLastName => person.last_name.as_deref(),
        _ => None,
    }
}

/// Refuses a value that an attribute does not take.
pub(super) fn check(attribute: Attribute, cell: &str) -> Result<(), HubError> {
    match attribute {
        Attribute::Manager => {
            Email::parse(cell).map(drop).map_err(|_| HubError::broken(&MANAGER_IS_AN_ADDRESS).saw(cell))
        }
        Attribute::CallerIdNumber => PhoneNumber::parse(cell).map(drop),
        _ => Ok(()),
    }
}

/// Puts into the person what the row says of names, site and attributes, but for what is left to a directory (USR-015).
pub(super) fn fill_in(
    organization: &Organization,
    has_own_caller_names: bool,
    row: &Row<'_>,
    user: &UserRow<'_>,
    candidate: &mut Candidate,
    person: &mut Person,
) -> Result<(), HubError> {
    let has_directory = organization.settings.has_directory;
    if let Some(note) = directory::left_to_it(organization, user, person) {
        candidate.warn(&DIRECTORY_MANAGES_NAMES, note);
    }
    let names = [
        (&mut person.first_name, user.first_name),
        (&mut person.last_name, user.last_name),
        (&mut person.display_name, user.display_name),
    ];
    for (name, cell) in names {
        if let Some(cell) = cell.filter(|cell| !has_directory && !says(cell, name.as_deref())) {
            *name = Some(cell.into());
        }
    }
    if let Some(site) = user.preferred_site.filter(|site| !says(site, person.preferred_site.as_deref())) {
        let is_it = |own: &&Arc<str>| ***own == *site || own.eq_ignore_ascii_case(site);
        let own = organization.sites.iter().find(is_it);
        let foreign = || row.broken(&SITE_IS_OF_THE_ORGANIZATION, Some(Column::PreferredSite)).saw(site);
        let sites = || organization.sites.iter().map(|site| &**site);
        person.preferred_site = Some(own.ok_or_else(|| foreign().near(site, sites()))?.clone());
    }
    let is_left = |attribute: &Attribute| has_directory && attribute.is_of_directories();
    for (attribute, cell) in user.attributes.iter().filter(|(attribute, _)| !is_left(attribute)) {
        let is_caller_name = matches!(attribute, Attribute::CallerIdFirstName | Attribute::CallerIdLastName);
        if has_own_caller_names && is_caller_name {
            let before = candidate.before.as_ref().and_then(|before| own_name(before, *attribute));
            if !says(cell, before) && !says(cell, own_name(person, *attribute)) {
                let note = notes::CELL_IS_IGNORED.with("column", Column::Attribute(*attribute).name());
                candidate.warn(&CALLER_ID_NAMES_ARE_OWN_IN_ASIA_PACIFIC, note);
            }
        } else if !says(cell, person.attribute(*attribute)) {
            let column = Some(Column::Attribute(*attribute));
            check(*attribute, cell).map_err(|refusal| row.place(refusal, column))?;
            person.set_attribute(*attribute, cell);
        }
    }
    Ok(())
}

/// Whether a cell, which is trimmed, says what is so already.
fn says(cell: &str, own: Option<&str>) -> bool {
    own.is_some_and(|own| own.trim() == cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_id_is_a_number_a_manager_an_address_and_the_rest_any_text_num_001_csv_044() {
        for (attribute, cell, rule) in [
            (Attribute::CallerIdNumber, "+12405551212", None),
            (Attribute::CallerIdNumber, "240-555-1212", Some("NUM-001")),
            (Attribute::Manager, "Boss@x.example", None),
            (Attribute::Manager, "the boss", Some("CSV-044")),
            (Attribute::TimeZone, "anywhere", None),
            (Attribute::AddressCountry, "Freedonia", None),
        ] {
            assert_eq!(check(attribute, cell).err().map(|refusal| refusal.rule.id), rule, "{cell}");
        }
    }
}
