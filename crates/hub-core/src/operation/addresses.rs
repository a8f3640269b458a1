//! The demands on a postal address, of customers and locations alike.

use hub_rules::customers::{
    ADDRESS_LINE_IS_SHORT, COUNTRY_IS_ISO_3166, STATE_AND_POSTAL_CODE_WHERE_REQUIRED,
};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use hub_rules::sights;

use crate::HubError;
use crate::record::Address;

const LINE_MAX: usize = 50;
/// Countries whose addresses need a state and a postal code (CUS-008); the list is our reading.
const WITH_STATE_AND_POSTAL_CODE: [&str; 6] = ["US", "CA", "AU", "BR", "MX", "IN"];

/// The officially assigned codes of ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What the fields of an address are called: resources differ.
pub(super) struct Names {
    line1: &'static str,
    line2: &'static str,
    state: &'static str,
    postal_code: &'static str,
}

/// In wholesale.
pub(super) const OF_WHOLESALE: Names = Names {
    line1: "addressLine1",
    line2: "addressLine2",
    state: "stateOrProvince",
    postal_code: "zipOrPostalCode",
};

/// Of locations.
pub(super) const OF_LOCATIONS: Names =
    Names { line1: "address1", line2: "address2", state: "state", postal_code: "postalCode" };

/// Checks an address that stands in the request's field `field` and whose own fields have these names.
pub(super) fn check(address: &Address, field: &str, names: &Names) -> Result<(), HubError> {
    for (name, value) in
        [(names.line1, &address.line1), ("city", &address.city), ("country", &address.country)]
    {
        if value.trim().is_empty() {
            return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(format!("{field}.{name}")));
        }
    }
    for (name, line) in [(names.line1, Some(&address.line1)), (names.line2, address.line2.as_ref())] {
        let length = line.map_or(0, |line| line.chars().count());
        if length > LINE_MAX {
            let refusal = HubError::broken(&ADDRESS_LINE_IS_SHORT).at(format!("{field}.{name}"));
            return Err(refusal.saw_that(sights::CHARACTERS.with("characters", length)));
        }
    }
    let country = &address.country;
    if !COUNTRIES.split(' ').any(|code| code.eq_ignore_ascii_case(country)) {
        return Err(HubError::broken(&COUNTRY_IS_ISO_3166).at(format!("{field}.country")).saw(country));
    }
    if WITH_STATE_AND_POSTAL_CODE.iter().any(|code| code.eq_ignore_ascii_case(country)) {
        for (name, value) in [(names.state, &address.state), (names.postal_code, &address.postal_code)] {
            if value.as_ref().is_none_or(|value| value.trim().is_empty()) {
                let refusal = HubError::broken(&STATE_AND_POSTAL_CODE_WHERE_REQUIRED);
                return Err(refusal.at(format!("{field}.{name}")).saw(country));
            }
        }
    }
    Ok(())
}
