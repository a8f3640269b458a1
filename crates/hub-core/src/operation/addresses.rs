//! The demands on a postal address, of customers and locations alike.

use hub_rules::customers::{
    ADDRESS_LINE_IS_SHORT, COUNTRY_IS_ISO_3166, STATE_AND_POSTAL_CODE_WHERE_REQUIRED,
};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;

use crate::HubError;
use crate::record::Address;

const LINE_MAX: usize = 50;
/// Countries whose addresses need a state and a postal code (CUS-008); the list is our reading.
const WITH_STATE_AND_POSTAL_CODE: [&str; 6] = ["US", "CA", "AU", "BR", "MX", "IN"];

/// Checks an address that stands in the request's field `field`.
pub(super) fn check(address: &Address, field: &str) -> Result<(), HubError> {
    for (name, value) in
        [("addressLine1", &address.line1), ("city", &address.city), ("country", &address.country)]
    {
        if value.trim().is_empty() {
            return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(format!("{field}.{name}")));
        }
    }
    for (name, line) in [("addressLine1", Some(&address.line1)), ("addressLine2", address.line2.as_ref())] {
        let length = line.map_or(0, |line| line.chars().count());
        if length > LINE_MAX {
            let refusal = HubError::broken(&ADDRESS_LINE_IS_SHORT).at(format!("{field}.{name}"));
            return Err(refusal.saw(format!("{length} characters")));
        }
    }
    let country = &address.country;
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return Err(HubError::broken(&COUNTRY_IS_ISO_3166).at(format!("{field}.country")).saw(country));
    }
    if WITH_STATE_AND_POSTAL_CODE.iter().any(|code| code.eq_ignore_ascii_case(country)) {
        for (name, value) in [("stateOrProvince", &address.state), ("zipOrPostalCode", &address.postal_code)]
        {
            if value.as_ref().is_none_or(|value| value.trim().is_empty()) {
                let refusal = HubError::broken(&STATE_AND_POSTAL_CODE_WHERE_REQUIRED);
                return Err(refusal.at(format!("{field}.{name}")).saw(country));
            }
        }
    }
    Ok(())
}
