//! `/v1/wholesale/subPartners`: partners of a partner. Cisco sets them up on request, so they are only listed.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// Which sub-partners to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubPartnerFilter {
    /// `active` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_state: Option<String>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// A sub-partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubPartner {
    /// Its organization, to act for.
    pub org_id: String,
    /// `active` or `suspended`; who is suspended may only remove.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_state: Option<String>,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about sub-partners.
#[derive(Debug)]
pub struct SubPartners<'a>(&'a Client);

impl Client {
    /// Sub-partners.
    pub fn sub_partners(&self) -> SubPartners<'_> {
        SubPartners(self)
    }
}

impl SubPartners<'_> {
    /// Lists sub-partners, over all pages.
    pub async fn list(&self, filter: &SubPartnerFilter) -> Result<Vec<SubPartner>, Error> {
        let request = Request::get(&["v1", "wholesale", "subPartners"]).filtered(filter);
        // Cisco's schema calls the list `items`, its example `subPartners`.
        self.0.list(&self.0.paged(request, "max"), &["items", "subPartners"]).await
    }
}
