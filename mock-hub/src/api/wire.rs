//! Forms on the wire that several resources share.

use hub_core::record::{Address, Fault};
use hub_core::{Package, Timestamp};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

/// A postal address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddressBody {
    address_line1: Box<str>,
    address_line2: Option<Box<str>>,
    city: Box<str>,
    state_or_province: Option<Box<str>>,
    zip_or_postal_code: Option<Box<str>>,
    country: Box<str>,
}

impl From<AddressBody> for Address {
    fn from(body: AddressBody) -> Self {
        Address {
            line1: body.address_line1,
            line2: body.address_line2,
            city: body.city,
            state: body.state_or_province,
            postal_code: body.zip_or_postal_code,
            country: body.country,
        }
    }
}

/// The same address on its way out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddressView<'a> {
    address_line1: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_line2: Option<&'a str>,
    city: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_or_province: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip_or_postal_code: Option<&'a str>,
    country: &'a str,
}

impl<'a> From<&'a Address> for AddressView<'a> {
    fn from(address: &'a Address) -> Self {
        AddressView {
            address_line1: &address.line1,
            address_line2: address.line2.as_deref(),
            city: &address.city,
            state_or_province: address.state.as_deref(),
            zip_or_postal_code: address.postal_code.as_deref(),
            country: &address.country,
        }
    }
}

/// Errors or warnings of work in the background.
#[derive(Debug, ToSchema)]
#[schema(value_type = Vec<FaultView>)]
pub(super) struct Faults<'a>(pub(super) &'a [Fault]);

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FaultView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    description: &'a str,
}

impl Faults<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Serialize for Faults<'a> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = |fault: &'a Fault| FaultView { error_code: fault.code, description: &fault.description };
        serializer.collect_seq(self.0.iter().map(view))
    }
}

/// Packages by their identifiers.
pub(super) fn names(packages: impl Iterator<Item = Package>) -> Vec<&'static str> {
    packages.map(Package::id).collect()
}

/// A time, shown with milliseconds and `Z`.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub(super) struct Time(pub(super) Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The answer to a precheck that finds nothing wrong (CUS-028).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PrecheckView {
    message: &'static str,
    info: [PrecheckInfo; 1],
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PrecheckInfo {
    info_code: u32,
    description: &'static str,
}

impl PrecheckView {
    pub(super) const PASSED: PrecheckView = PrecheckView {
        message: "success",
        info: [PrecheckInfo { info_code: 100, description: "Provisioning Precheck validation successful." }],
    };
}
