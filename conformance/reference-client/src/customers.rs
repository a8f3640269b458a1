//! `/v1/wholesale/customers`: organizations that a partner provisions packages for.
//!
//! Provisioning, updates and removals are accepted and go on in the background; [`Customers::wait`] sees them through.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::{Address, Fault, Precheck, same_set};
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

const PATH: [&str; 3] = ["v1", "wholesale", "customers"];
const PARAMETERS: [&str; 1] = ["onBehalfOfSubPartnerOrgId"];

/// A customer to provision. For a new organization `customer_info` is needed, for an existing one `org_id`; for a
/// package with calling, the location in `provisioning_parameters`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCustomer {
    /// The onboarding template, as Partner Hub shows it.
    pub provisioning_id: String,
    /// The packages to offer.
    pub packages: Vec<String>,
    /// The partner's own name for the customer, used once.
    pub external_id: String,
    /// Where the customer is.
    pub address: Address,
    /// The organization, if there is one already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Who the customer is, if there is no organization yet: `name`, `primaryEmail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_info: Option<CustomerInfo>,
    /// What packages need, as Webex has it: `calling.location`, `meetings.timezone`, `packages.limits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<Value>,
    /// The administrator of the sub-partner who will see to the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_partner_admin_email: Option<String>,
    /// The sub-partner for whom the partner acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_sub_partner_org_id: Option<String>,
}

/// Who a new customer is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerInfo {
    /// The name of the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address of the first administrator.
    pub primary_email: String,
    /// The language of mails to him.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What to check before a customer is provisioned; what is left out is not checked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerCheck {
    /// The onboarding template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_id: Option<String>,
    /// The packages to offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// The partner's own name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where the customer is.
    pub address: Address,
    /// The organization, if there is one already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Who the customer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_info: Option<CustomerInfo>,
    /// What packages need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<Value>,
    /// The sub-partner for whom the partner acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_sub_partner_org_id: Option<String>,
}

/// What changes of a customer. `packages` is the whole list: a package that it leaves out is removed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerChange {
    /// All packages to offer from now on.
    pub packages: Vec<String>,
    /// The partner's own name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where the customer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What packages need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<Value>,
    /// The administrator of the sub-partner who will see to the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_partner_admin_email: Option<String>,
    /// The sub-partner for whom the partner acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_sub_partner_org_id: Option<String>,
}

/// Which customers to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerFilter {
    /// Only the one with this external id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Only the one of this organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Only those in one of these states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Words>,
    /// The sub-partner for whom the partner acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_sub_partner_org_id: Option<String>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// One word or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// A customer, as far as it is known: right after it is accepted, no more than its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Its id.
    pub id: String,
    /// Its organization, once it is provisioned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The partner's own name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// `provisioned`, `provisioned_with_errors`, `provisioning`, `updating`, `deleting`, `error` or `pending_rpl_review`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The packages on offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// What went wrong in the background.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// What else is said of it, such as `resourceDetails`.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Customer {
    /// Whether work on it goes on in the background.
    pub fn is_in_progress(&self) -> bool {
        matches!(self.status.as_deref(), Some("provisioning" | "updating"))
    }

    fn has(&self, packages: &[String]) -> bool {
        self.packages.as_ref().is_some_and(|own| same_set(own, packages))
    }

    fn accepted(answer: &Answer) -> Result<Self, Error> {
        let id = answer.id_of_resource()?;
        Ok(Customer {
            id,
            org_id: None,
            external_id: None,
            address: None,
            status: None,
            packages: None,
            errors: Vec::new(),
            other: answer.json()?,
        })
    }
}

/// What can be done about customers.
#[derive(Debug)]
pub struct Customers<'a>(&'a Client);

impl Client {
    /// Customers.
    pub fn customers(&self) -> Customers<'_> {
        Customers(self)
    }
}

impl Customers<'_> {
    /// Checks whether a customer could be provisioned; changes nothing.
    pub async fn precheck(&self, check: &CustomerCheck) -> Result<Precheck, Error> {
        let request = Request::post(&[&PATH[..], &["validate"]].concat()).with_json(check, &PARAMETERS);
        self.0.ask(&request, Answer::json).await
    }

    /// Provisions a customer, in the background. Where the answer was lost, the customer is looked for by its external id.
    pub async fn provision(&self, new: &NewCustomer) -> Result<Customer, Error> {
        let request = Request::post(&PATH).with_json(new, &PARAMETERS);
        let find = || async {
            let filter = CustomerFilter {
                external_id: Some(new.external_id.clone()),
                on_behalf_of_sub_partner_org_id: new.on_behalf_of_sub_partner_org_id.clone(),
                ..CustomerFilter::default()
            };
            let is_it = |found: &Customer| {
                found.external_id.as_ref() == Some(&new.external_id) && found.has(&new.packages)
            };
            Ok(self.list(&filter).await?.into_iter().find(is_it))
        };
        self.0.write(&request, Customer::accepted, Repetition::AfterALook, find).await
    }

    /// Shows a customer.
    pub async fn get(&self, id: &str) -> Result<Customer, Error> {
        self.0.ask(&Request::get(&one(id)), Answer::json).await
    }

    /// Waits until a customer is neither provisioning nor updating. That it failed is no error here: see its status.
    pub async fn wait(&self, id: &str) -> Result<Customer, Error> {
        self.0.wait_for(&Request::get(&one(id)), |found: &Customer| !found.is_in_progress()).await
    }

    /// Lists customers, over all pages.
    pub async fn list(&self, filter: &CustomerFilter) -> Result<Vec<Customer>, Error> {
        let request = self.0.paged(Request::get(&PATH).filtered(filter), "max");
        self.0.list(&request, &["items"]).await
    }

    /// Updates a customer, in the background. A repeated update may be refused because the first one goes on: then it is
    /// looked at.
    pub async fn update(&self, id: &str, change: &CustomerChange) -> Result<Customer, Error> {
        let request = Request::put(&one(id)).with_json(change, &PARAMETERS);
        let look = || async {
            let found = self.get(id).await?;
            let is_updating = found.status.as_deref() == Some("updating");
            Ok((is_updating && found.has(&change.packages)).then_some(found))
        };
        self.0.write(&request, Customer::accepted, Repetition::Harmless, look).await
    }

    /// Removes a customer; its organization stays.
    pub async fn remove(&self, id: &str) -> Result<(), Error> {
        let look = || async {
            match self.get(id).await {
                Ok(found) => Ok((found.status.as_deref() == Some("deleting")).then_some(())),
                Err(failure) if failure.is_not_found() => Ok(Some(())),
                Err(failure) => Err(failure),
            }
        };
        self.0.write(&Request::delete(&one(id)), |_| Ok(()), Repetition::Harmless, look).await
    }
}

fn one(id: &str) -> [&str; 4] {
    let [v1, wholesale, customers] = PATH;
    [v1, wholesale, customers, id]
}
