//! An async client of the Webex Wholesale REST API: customers, subscribers and what belongs to them, as a partner
//! provisions them.
//!
//! # The mental model
//!
//! A [`Client`] is one service and one token. It has a handle for each resource, [`Client::customers`] or
//! [`Client::subscribers`], with a method for each thing that a partner does. A method takes a plain struct with Webex's
//! fields, leaves out what is `None`, and gives a struct whose `other` keeps all fields that it does not name.
//!
//! An operation ends in one of two ways: it gives what is so now, or an [`Error`]. In between the client does what any
//! client of Webex has to do, in measures that the [`Policy`] sets:
//!
//! - It waits as `Retry-After` says, and asks again.
//! - It backs off and asks again where the service is unavailable or the connection is lost, if that does no harm.
//! - A write without a usable answer that must not be done twice is never repeated blindly. The client *looks* whether it
//!   took effect. If what is there is what was asked for, that is the answer; if nothing is there, it asks again. A refusal
//!   of such a repetition is looked at as well, because it may speak of what the first try did. What is there already in
//!   the same form, from before, cannot be told from that, and need not be.
//! - Lists are followed to their last page, `wait` sees work in the background through, and an expired token is renewed
//!   once, with a [`Refresh`].
//!
//! All waits pass by the [`Clock`], which a test can replace. There is no state besides the token.
//!
//! What a client cannot know it does not claim: where something between it and the service sends a request twice, it sees
//! the refusal of the second, and reports a conflict.
//!
//! # What exists only at a mock-hub
//!
//! [`Client::users`], [`Client::tasks`] and [`Client::settings`] are operations of Control Hub, for which Webex has no
//! public API. Their addresses, `/hub/v1/organizations/{orgId}/...`, are mock-hub's.
//!
//! # Example
//!
//! ```no_run
//! use wholesale_client::{Address, Client, CustomerInfo, NewCustomer};
//!
//! # async fn provision() -> Result<(), wholesale_client::Error> {
//! let client = Client::new("https://webexapis.com", "the partner's token")?;
//! let new = NewCustomer {
//!     provisioning_id: "what the onboarding template shows".to_owned(),
//!     packages: vec!["webex_meetings".to_owned()],
//!     external_id: "crm-4711".to_owned(),
//!     address: Address {
//!         address_line1: "771 Alder Drive".to_owned(),
//!         city: "Milpitas".to_owned(),
//!         state_or_province: Some("CA".to_owned()),
//!         zip_or_postal_code: Some("95035".to_owned()),
//!         country: "US".to_owned(),
//!         ..Address::default()
//!     },
//!     customer_info: Some(CustomerInfo {
//!         name: Some("Alder Dental".to_owned()),
//!         primary_email: "office@alder.example".to_owned(),
//!         ..CustomerInfo::default()
//!     }),
//!     ..NewCustomer::default()
//! };
//! let accepted = client.customers().provision(&new).await?;
//! let customer = client.customers().wait(&accepted.id).await?;
//! println!("{:?}", customer.status);
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod address;
mod answer;
mod awaiting;
mod billing;
mod client;
mod clock;
mod customers;
mod error;
mod exchange;
mod hub_users;
mod licenses;
mod locations;
mod numbers;
mod paging;
mod people;
mod policy;
mod refusal;
mod request;
mod settings;
mod sub_partners;
mod subscribers;
mod tasks;
mod token;
mod tries;

pub use address::{Address, Fault, LocationAddress, Precheck};
pub use billing::{Billing, NewReport, Report};
pub use client::{Builder, Client};
pub use clock::Clock;
pub use customers::{
    Customer, CustomerChange, CustomerCheck, CustomerFilter, CustomerInfo, Customers, NewCustomer, Words,
};
pub use error::{Error, Kind, Refusal};
pub use hub_users::{NewUser, Results, User, UserFilter, UserPackage, UserResult, Users};
pub use licenses::{License, LicenseChange, LicenseOperation, Licenses, LicensesOfPerson};
pub use locations::{CallingLocation, Created, Location, LocationFilter, Locations, NewLocation};
pub use numbers::{NewNumbers, Number, NumberFilter, Numbers};
pub use people::{People, Person, PersonDetails, PersonFilter};
pub use policy::Policy;
pub use settings::{Settings, SettingsChange};
pub use sub_partners::{SubPartner, SubPartnerFilter, SubPartners};
pub use subscribers::{
    NewSubscriber, PackageChange, Parameters, Subscriber, SubscriberCheck, SubscriberFilter, Subscribers,
};
pub use tasks::{ADD_AND_REMOVE_SERVICES, ADD_SERVICES_ONLY, Plan, RowError, Task, Tasks};
pub use token::Refresh;
