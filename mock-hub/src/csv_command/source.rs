//! Where a file is held against: nothing, an organization of a world, or one of a running hub.

use std::sync::Arc;

use hub_core::bulk::{self, Plan};
use hub_core::record::Customer;
use hub_core::{Caller, Context, Draft, HubError, Ids, Settings, World};
use hub_store::system_time;
use serde::Serialize;

use super::Fault;
use super::options::{FileOptions, Target};
use crate::http::wire_id;
use crate::plan_body::PlanBody;
use crate::starting_point;

pub(super) enum Source {
    Nothing,
    World(Box<Place>),
    Hub(Hub),
}

impl Source {
    /// What the options name; a plan needs a world and takes the demo.
    pub(super) fn of(target: &Target, needs_world: bool) -> Result<Self, Fault> {
        if let Some(url) = &target.url {
            return Hub::at(url, target).map(Source::Hub);
        }
        let is_named = target.world.is_some() || target.org.is_some();
        if !is_named && !needs_world {
            return Ok(Source::Nothing);
        }
        let name = target.world.as_deref().unwrap_or("demo");
        let world = starting_point::world(name).map_err(|fault| Fault::Outside(fault.to_string()))?;
        Ok(Source::World(Box::new(Place::in_world(world, target.org.as_deref())?)))
    }

    /// Whose file it is, where it is somebody's.
    pub(super) fn organization(&self) -> Option<OrganizationBody> {
        match self {
            Source::Nothing => None,
            Source::World(place) => Some(OrganizationBody::of(place)),
            Source::Hub(hub) => {
                Some(OrganizationBody { id: hub.organization.clone(), external_id: None, name: None })
            }
        }
    }
}

/// Whose users a file was held against; of an organization of a running hub the id is known alone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationBody {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl OrganizationBody {
    fn of(place: &Place) -> Self {
        OrganizationBody {
            id: wire_id::of(place.customer.organization).as_str().to_owned(),
            external_id: Some(place.customer.external_id.to_string()),
            name: place.name().map(str::to_owned),
        }
    }

    /// Its name, and what `--org` calls it.
    pub(super) fn title(&self) -> String {
        let called = self.external_id.as_ref().unwrap_or(&self.id);
        match &self.name {
            Some(name) => format!("{name} ({called})"),
            None => called.clone(),
        }
    }
}

/// An organization of a world.
pub(super) struct Place {
    world: World,
    customer: Arc<Customer>,
    caller: Caller,
}

impl Place {
    fn in_world(world: World, organization: Option<&str>) -> Result<Self, Fault> {
        let owners = world.partners().map(|partner| partner.organization);
        let owners = owners.chain(world.sub_partners().map(|sub_partner| sub_partner.organization));
        let mut customers: Vec<Arc<Customer>> =
            owners.flat_map(|owner| world.customers_of(owner).cloned().collect::<Vec<_>>()).collect();
        customers.sort_by_key(|customer| customer.id);
        let customer = match organization {
            Some(wanted) => customers.iter().find(|customer| is_named(customer, wanted)),
            // The first of several would be a guess.
            None => customers.first().filter(|_| customers.len() == 1),
        };
        let customer = customer.cloned().ok_or_else(|| {
            let known: Vec<&str> = customers.iter().map(|customer| &*customer.external_id).collect();
            let fault = match organization {
                None if known.len() > 1 => "csv-usage-needs-customer",
                _ => "csv-usage-names-no-customer",
            };
            Fault::Usage(fault, vec![("names", known.join(", ").into())])
        })?;
        let caller = Caller::partner_full_admin("mock-hub csv", customer.owner);
        Ok(Place { world, customer, caller })
    }

    fn name(&self) -> Option<&str> {
        self.world.organization(self.customer.organization).map(|organization| &*organization.name)
    }

    fn with_context<T>(&self, settings: &Settings, run: impl FnOnce(&Context<'_>) -> T) -> T {
        let now = system_time().max(self.customer.ready_at);
        let ids = Ids::new(now, 1, 0);
        run(&Context { now, caller: &self.caller, ids, settings, outcomes: &[] })
    }

    pub(super) fn template(&self) -> Result<Vec<u8>, HubError> {
        let organization = self.customer.organization;
        self.with_context(&Settings::default(), |context| bulk::template(&self.world, context, organization))
    }

    pub(super) fn plan(
        &self,
        options: &FileOptions,
        bytes: &[u8],
        progress: impl FnMut(u64),
    ) -> Result<Plan, HubError> {
        let settings =
            Settings { max_rows: options.max_rows, is_strict: options.strict, ..Settings::default() };
        let organization = self.customer.organization;
        self.with_context(&settings, |context| {
            let mut draft = Draft::of(&self.world);
            let behavior = options.behavior.into();
            bulk::plan_with_progress(&mut draft, context, organization, behavior, bytes, progress)
        })
    }
}

fn is_named(customer: &Customer, wanted: &str) -> bool {
    *customer.external_id == *wanted || wire_id::read(wanted) == customer.organization
}

/// An organization of a running hub.
pub(super) struct Hub {
    base: String,
    organization: String,
    token: String,
}

impl Hub {
    fn at(url: &str, target: &Target) -> Result<Self, Fault> {
        let (Some(token), Some(organization)) = (&target.token, &target.org) else {
            return Err(Fault::Usage("csv-usage-hub-needs", Vec::new()));
        };
        if !url.starts_with("http://") {
            return Err(Fault::Usage("csv-usage-not-http", vec![("url", url.to_owned().into())]));
        }
        let base = format!("{}/hub/v1/organizations/{organization}", url.trim_end_matches('/'));
        Ok(Hub { base, organization: organization.clone(), token: token.clone() })
    }

    pub(super) fn template(&self) -> Result<Vec<u8>, Fault> {
        let url = format!("{}/users/template.csv", self.base);
        let mut answer =
            ureq::get(&url).header("authorization", self.bearer()).call().map_err(unreachable(&url))?;
        answer.body_mut().read_to_vec().map_err(unreachable(&url))
    }

    pub(super) fn plan(&self, options: &FileOptions, bytes: &[u8]) -> Result<PlanBody, Fault> {
        let behavior = hub_core::record::ImportBehavior::from(options.behavior).name();
        let url = format!("{}/user-imports/plan?behavior={behavior}", self.base);
        let request = ureq::post(&url).header("authorization", self.bearer()).content_type("text/csv");
        let mut answer =
            request.config().http_status_as_error(false).build().send(bytes).map_err(unreachable(&url))?;
        let status = answer.status();
        let rule = answer.headers().get("x-mock-hub-rule").and_then(|rule| rule.to_str().ok());
        let rule = rule.filter(|rule| rule.starts_with("CSV-")).map(str::to_owned);
        let text =
            answer.body_mut().with_config().limit(u64::MAX).read_to_vec().map_err(unreachable(&url))?;
        if status.is_success() {
            return serde_json::from_slice(&text).map_err(|error| {
                Fault::Usage(
                    "csv-usage-no-plan",
                    vec![("url", url.into()), ("error", error.to_string().into())],
                )
            });
        }
        let message = serde_json::from_slice::<ErrorBody>(&text).map(|body| body.message).unwrap_or_default();
        Err(match rule {
            Some(rule) => Fault::FileElsewhere { rule, message },
            None => Fault::Outside(format!("{status}: {message}")),
        })
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

#[derive(serde::Deserialize)]
struct ErrorBody {
    message: String,
}

fn unreachable(url: &str) -> impl Fn(ureq::Error) -> Fault + '_ {
    move |error| Fault::Outside(format!("{url}: {error}"))
}
