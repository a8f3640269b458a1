//! `/v1/wholesale/subscribers`: people of a customer with a wholesale package.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::{Fault, Precheck};
use crate::answer::Answer;
use crate::client::Client;
use crate::customers::CustomerInfo;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

const PATH: [&str; 3] = ["v1", "wholesale", "subscribers"];

/// A subscriber to provision. Exactly one of `package` and `packages` is given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewSubscriber {
    /// The customer.
    pub customer_id: String,
    /// The address of the person, whether there is an account for it or not.
    pub email: String,
    /// The package, by the older field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// Who the person is and how he is called. Webex needs it, be it empty.
    #[serde(default)]
    pub provisioning_parameters: Parameters,
}

/// Who a person is and how he is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The location of number and extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
}

/// What to check before a subscriber is provisioned: under a customer, or beforehand under a template.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberCheck {
    /// The address of the person.
    pub email: String,
    /// The customer, if it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The onboarding template, if the customer is not there yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_id: Option<String>,
    /// The partner's own name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Who the customer will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_info: Option<CustomerInfo>,
    /// The package, by the older field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// Who the person is and how he is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<Parameters>,
}

/// The package that a subscriber gets in the place of the present one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageChange {
    /// The package, by the older field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// Number, extension and location, where the package is the first one with calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<Parameters>,
}

/// Which subscribers to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberFilter {
    /// Only those of this customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Only this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    /// Only those of the customer with this external id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_customer_id: Option<String>,
    /// Only the person with this address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `provisioned` or `pending_user_migration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Only those created after this time: milliseconds since 1970, or ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Only those whose status changed after this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_status_change: Option<Value>,
    /// `created` or `lastStatusChange`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_by: Option<String>,
    /// `ASC` or `DESC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_order: Option<String>,
    /// How many entries a page has, at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// The sub-partner for whom the partner acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_sub_partner_org_id: Option<String>,
}

/// A subscriber.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscriber {
    /// The id as a subscriber.
    pub id: String,
    /// The id as a person, once provisioned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    /// The address.
    pub email: String,
    /// The customer.
    pub customer_id: String,
    /// `provisioned`, or `pending_user_migration` until the person agrees to the move.
    pub status: String,
    /// The packages.
    #[serde(default)]
    pub packages: Vec<String>,
    /// What went wrong in the background.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about subscribers.
#[derive(Debug)]
pub struct Subscribers<'a>(&'a Client);

impl Client {
    /// Subscribers.
    pub fn subscribers(&self) -> Subscribers<'_> {
        Subscribers(self)
    }
}

impl Subscribers<'_> {
    /// Checks whether a subscriber could be provisioned; changes nothing.
    pub async fn precheck(&self, check: &SubscriberCheck) -> Result<Precheck, Error> {
        let request = Request::post(&[&PATH[..], &["validate"]].concat()).with_json(check, &[]);
        self.0.ask(&request, Answer::json).await
    }

    /// Provisions a subscriber. Where the answer was lost, it is looked for by customer and address.
    pub async fn provision(&self, new: &NewSubscriber) -> Result<Subscriber, Error> {
        let request = Request::post(&PATH).with_json(new, &[]);
        let wanted = new.packages.as_deref().or(new.package.as_ref().map(std::slice::from_ref));
        let find = || async {
            let filter = SubscriberFilter {
                customer_id: Some(new.customer_id.clone()),
                email: Some(new.email.clone()),
                ..SubscriberFilter::default()
            };
            let is_it = |found: &Subscriber| {
                found.email.eq_ignore_ascii_case(&new.email)
                    && wanted.unwrap_or_default().iter().all(|package| found.packages.contains(package))
            };
            Ok(self.list(&filter).await?.into_iter().find(is_it))
        };
        self.0.write(&request, Answer::json, Repetition::AfterALook, find).await
    }

    /// Shows a subscriber.
    pub async fn get(&self, id: &str) -> Result<Subscriber, Error> {
        self.0.ask(&Request::get(&one(id)), Answer::json).await
    }

    /// Lists subscribers, over all pages.
    pub async fn list(&self, filter: &SubscriberFilter) -> Result<Vec<Subscriber>, Error> {
        let request = self.0.paged(Request::get(&PATH).filtered(filter), "max");
        self.0.list(&request, &["items"]).await
    }

    /// Gives a subscriber another package.
    pub async fn change_package(&self, id: &str, change: &PackageChange) -> Result<Subscriber, Error> {
        self.0.ask(&Request::put(&one(id)).with_json(change, &[]), Answer::json).await
    }

    /// Takes the package away; the person stays in the organization.
    pub async fn remove(&self, id: &str) -> Result<(), Error> {
        self.0.remove(&Request::delete(&one(id))).await
    }
}

fn one(id: &str) -> [&str; 4] {
    let [v1, wholesale, subscribers] = PATH;
    [v1, wholesale, subscribers, id]
}
