//! A hub for tests: the demo world, a clock that the test moves, and the caller of the moment.
//!
//! After every operation the world must be sound and its changes must replay to it; a refusal must leave the draft
//! as it was. So no test has to say it.

use std::fmt::Write;
use std::sync::Arc;

use hub_core::bulk::{self, ExportContent, Plan};
use hub_core::operation::customers::{CustomerInfo, NewCustomer, NewLocation};
use hub_core::operation::subscribers::NewSubscriber;
use hub_core::operation::{PackageChoice, PlacementRequest, tasks};
use hub_core::record::{
    Address, Customer, ImportBehavior, Location, Organization, Person, RowOutcome, Subscriber, Task, Template,
};
use hub_core::{
    Caller, Change, Context, Draft, Email, HubError, Id, Ids, Record, Role, Roles, Settings, Timestamp,
    World, demo,
};

pub(crate) const ADD: ImportBehavior = ImportBehavior::AddServicesOnly;
pub(crate) const ADD_AND_REMOVE: ImportBehavior = ImportBehavior::AddAndRemoveServices;

#[derive(Clone)]
pub(crate) struct Hub {
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    pub(crate) caller: Caller,
    pub(crate) settings: Settings,
    /// Everything that changed since the demo.
    pub(crate) journal: Vec<Change>,
    seq: u64,
}

impl Hub {
    /// The demo, weeks after it was set up, with the partner's full administrator calling.
    pub(crate) fn demo() -> Self {
        let world = demo::demo();
        let partner = world.partners().next().unwrap().organization;
        let caller = Caller {
            name: "partner-full-admin@example.com".into(),
            organization: partner,
            roles: Roles::of(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]),
            scopes: None,
            on_behalf_of: None,
            person: None,
        };
        let now = Timestamp::parse("2026-02-01T09:00:00Z").unwrap();
        Hub { world, now, caller, settings: Settings::default(), journal: Vec::new(), seq: 1000 }
    }

    /// Runs an operation; what it did is kept unless it is refused.
    pub(crate) fn run<T>(
        &mut self,
        operation: impl FnOnce(&mut Draft, &Context<'_>) -> Result<T, HubError>,
    ) -> Result<T, HubError> {
        self.seq += 1;
        let mut draft = Draft::of(&self.world);
        let result = operation(&mut draft, &self.context(self.seq));
        let (world, changes) = draft.finish();
        if let Err(refusal) = &result {
            assert!(
                changes.is_empty() && world == self.world,
                "the refusal left something behind: {refusal}"
            );
            return result;
        }
        assert_eq!(world.check(), Ok(()));
        let mut replayed = self.world.clone();
        for change in &changes {
            replayed.apply(change.clone());
        }
        assert!(replayed == world, "the changes do not replay to the world");
        self.world = world;
        self.journal.extend(changes);
        result
    }

    /// Runs an operation and drops what it did.
    pub(crate) fn peek<T>(&self, operation: impl FnOnce(&mut Draft, &Context<'_>) -> T) -> T {
        operation(&mut Draft::of(&self.world), &self.context(self.seq + 1))
    }

    /// The inputs of the entry with this number; those of a used one would make the ids of its records again.
    fn context(&self, seq: u64) -> Context<'_> {
        let ids = Ids::new(self.now, seq, 0);
        Context { now: self.now, caller: &self.caller, ids, settings: &self.settings, outcomes: &[] }
    }

    /// Lets time go by, and makes happen what is due by then.
    pub(crate) fn wait_ms(&mut self, millis: i64) {
        self.now = self.now + millis;
        self.settle();
    }

    /// Makes happen what is due, as a store does that looks at it now.
    pub(crate) fn settle(&mut self) {
        let now = self.now;
        while let Some(at) = bulk::next_step(&self.world, now) {
            self.now = at;
            self.run(|draft, context| {
                bulk::advance(draft, context.now, &context.ids, context.settings);
                Ok(())
            })
            .unwrap();
        }
        self.now = now;
    }

    /// Puts a record that no operation makes.
    pub(crate) fn put(&mut self, record: Record) {
        let change = Change::Put(record);
        self.world.apply(change.clone());
        self.journal.push(change);
        assert_eq!(self.world.check(), Ok(()));
    }

    /// Changes a customer in ways that no operation does.
    pub(crate) fn adjust_customer(&mut self, external_id: &str, change: impl FnOnce(&mut Customer)) {
        let mut customer = Customer::clone(&self.customer(external_id));
        change(&mut customer);
        self.put(Record::Customer(customer.into()));
    }

    /// Changes an organization in ways that no operation does.
    pub(crate) fn adjust_organization(
        &mut self,
        id: Id<Organization>,
        change: impl FnOnce(&mut Organization),
    ) {
        let mut organization = Organization::clone(self.world.organization(id).unwrap());
        change(&mut organization);
        self.put(Record::Organization(organization.into()));
    }

    pub(crate) fn call_as(&mut self, name: &str, organization: Id<Organization>, roles: &[Role]) {
        let roles = Roles::of(roles);
        self.caller =
            Caller { name: name.into(), organization, roles, scopes: None, on_behalf_of: None, person: None };
    }

    pub(crate) fn partner(&self) -> Id<Organization> {
        self.world.partners().next().unwrap().organization
    }

    pub(crate) fn sub_partner(&self, name: &str) -> Id<Organization> {
        let ids = self.world.sub_partners().map(|found| found.organization);
        ids.into_iter().find(|id| &*self.world.organization(*id).unwrap().name == name).unwrap()
    }

    pub(crate) fn template(&self, name: &str) -> Id<Template> {
        self.world.templates().find(|template| &*template.name == name).unwrap().id
    }

    pub(crate) fn customer(&self, external_id: &str) -> Arc<Customer> {
        let sub_partners = self.world.sub_partners().map(|found| found.organization);
        let found = [self.partner()]
            .into_iter()
            .chain(sub_partners)
            .find_map(|owner| self.world.customer_by_external_id(owner, external_id));
        found.unwrap().clone()
    }

    /// Whether the partner has a customer of this name that is not gone.
    pub(crate) fn is_there(&self, external_id: &str) -> bool {
        let found = self.world.customer_by_external_id(self.partner(), external_id);
        found.is_some_and(|customer| customer.exists_at(self.now))
    }

    pub(crate) fn location(&self, external_id: &str, name: &str) -> Id<Location> {
        let organization = self.customer(external_id).organization;
        self.world.locations_of(organization).find(|location| &*location.name == name).unwrap().id
    }

    pub(crate) fn find_person(&self, email: &str) -> Option<Arc<Person>> {
        self.world.person_by_email(&Email::parse(email).unwrap()).cloned()
    }

    pub(crate) fn person(&self, email: &str) -> Arc<Person> {
        self.find_person(email).unwrap()
    }

    pub(crate) fn subscriber(&self, email: &str) -> Arc<Subscriber> {
        self.world.subscriber_of(self.person(email).id).unwrap().clone()
    }

    /// A user in one line: name, packages, place, licences.
    pub(crate) fn show(&self, email: &str) -> String {
        let Some(person) = self.find_person(email) else { return format!("{email}: nobody") };
        let mut text = format!("{email}: {}", person.shown_name());
        match self.world.subscriber_of(person.id) {
            Some(subscriber) => write!(text, "; {:?} {}", subscriber.packages, subscriber.status.name()),
            None => write!(text, "; no package"),
        }
        .unwrap();
        if let Some(location) = person.location {
            write!(text, "; at {}", self.world.location(location).unwrap().name).unwrap();
        }
        if let Some(number) = person.phone_number {
            write!(text, ", {number}").unwrap();
        }
        if let Some(extension) = person.extension {
            write!(text, ", {extension}").unwrap();
        }
        let kinds = person.licenses.iter().map(|id| self.world.license(*id).unwrap().kind.title());
        write!(text, "; licences: {}", kinds.collect::<Vec<_>>().join(", ")).unwrap();
        text
    }

    /// A customer in one line, as the clock has it.
    pub(crate) fn show_customer(&self, external_id: &str) -> String {
        let customer = self.customer(external_id);
        if !customer.exists_at(self.now) {
            return "gone".to_owned();
        }
        let packages = customer.packages_at(self.now).map(|(offer, status)| {
            let quantity = offer.quantity.map(|quantity| format!(" x{quantity}")).unwrap_or_default();
            format!("{}{quantity} {}", offer.package, status.name())
        });
        let packages = packages.collect::<Vec<_>>().join(", ");
        let org = if customer.shows_organization_at(self.now) { "orgId shown" } else { "orgId hidden" };
        format!("{}, {org}: {packages}", customer.status_at(self.now).name())
    }

    /// A lawful request for a customer in Norway with calling and meetings.
    pub(crate) fn new_customer(&self) -> NewCustomer {
        NewCustomer {
            provisioning_id: Some(self.template("Standard")),
            packages: Some(vec!["webex_calling".into(), "webex_meetings".into()]),
            external_id: Some("harbor-cafe".into()),
            address: pier_road(),
            organization: None,
            info: Some(CustomerInfo {
                name: Some("Harbor Café".into()),
                primary_email: Some("owner@harbor-cafe.example.com".into()),
            }),
            location: Some(NewLocation {
                name: "Pier".into(),
                address: pier_road(),
                time_zone: "Europe/Oslo".into(),
                language: "en_us".into(),
                emergency_identifier: None,
            }),
            quantities: Vec::new(),
        }
    }

    /// A lawful request for a calling user of Acme Dental.
    pub(crate) fn new_subscriber(&self) -> NewSubscriber {
        NewSubscriber {
            customer: self.customer("acme-dental").id,
            email: "zoe@acme-dental.example.com".into(),
            package: package("webex_calling"),
            first_name: Some("Zoe".into()),
            last_name: Some("Zimmer".into()),
            placement: PlacementRequest {
                location: Some(self.location("acme-dental", "Head Office")),
                phone_number: Some("+1-408-555-0120".into()),
                extension: Some("1020".into()),
            },
        }
    }

    /// Imports into Panadería Sol, whose packages are calling, standard, suite and meetings.
    pub(crate) fn import(&mut self, behavior: ImportBehavior, file: &[u8]) -> Result<Arc<Task>, HubError> {
        let organization = self.customer("panaderia-sol").organization;
        self.run(|draft, context| bulk::import(draft, context, organization, behavior, None, file))
    }

    /// The same at so many rows a second.
    pub(crate) fn import_slowly(
        &mut self,
        behavior: ImportBehavior,
        rows_per_second: u32,
        file: &[u8],
    ) -> Result<Arc<Task>, HubError> {
        self.set_import_speed(Some(rows_per_second));
        self.import(behavior, file)
    }

    /// Sets the speed of imports into Panadería Sol.
    pub(crate) fn set_import_speed(&mut self, rows_per_second: Option<u32>) {
        let organization = self.customer("panaderia-sol").organization;
        self.adjust_organization(organization, |it| it.settings.import_rows_per_second = rows_per_second);
    }

    /// A task of Panadería Sol as far as it is by now, looked at by who sees everything.
    pub(crate) fn task(&self, id: Id<Task>) -> Arc<Task> {
        let organization = self.customer("panaderia-sol").organization;
        self.peek(|draft, context| tasks::get(draft, context, organization, id)).unwrap()
    }

    /// What the same import would do.
    pub(crate) fn plan(&self, behavior: ImportBehavior, file: &[u8]) -> Result<Plan, HubError> {
        self.plan_for("panaderia-sol", behavior, file)
    }

    /// What an import into the organization of a customer would do.
    pub(crate) fn plan_for(
        &self,
        external_id: &str,
        behavior: ImportBehavior,
        file: &[u8],
    ) -> Result<Plan, HubError> {
        let organization = self.customer(external_id).organization;
        self.peek(|draft, context| bulk::plan(draft, context, organization, behavior, file))
    }

    /// Exports the users of Panadería Sol.
    pub(crate) fn export(&self, content: ExportContent) -> Vec<u8> {
        let organization = self.customer("panaderia-sol").organization;
        self.peek(|draft, context| bulk::export(draft, context, organization, content)).unwrap()
    }
}

/// A file with one row for a user, the address in front.
pub(crate) fn row_file(email: &str, columns: &[(&str, &str)]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let headers = columns.iter().map(|(header, _)| *header);
    file.write_record(["User ID/Email (Required)"].into_iter().chain(headers)).unwrap();
    file.write_record([email].into_iter().chain(columns.iter().map(|(_, cell)| *cell))).unwrap();
    file.into_inner().unwrap()
}

pub(crate) fn pier_road() -> Address {
    Address {
        line1: "1 Pier Road".into(),
        line2: None,
        city: "Bergen".into(),
        state: None,
        postal_code: Some("5003".into()),
        country: "NO".into(),
    }
}

pub(crate) fn package(name: &str) -> PackageChoice {
    PackageChoice { package: Some(name.into()), packages: None }
}

/// The refusal, or that there was none.
pub(crate) fn told<T>(result: Result<T, HubError>) -> String {
    result.map_or_else(|refusal| refusal.to_string(), |_| "accepted".to_owned())
}

/// A plan as text: a line a row, with changes, warnings and the refusal below it.
pub(crate) fn show_plan(plan: &Result<Plan, HubError>) -> String {
    let plan = match plan {
        Ok(plan) => plan,
        Err(refusal) => return format!("refused: {refusal}"),
    };
    let mut text = String::new();
    for row in &plan.rows {
        let outcome = match row.outcome {
            RowOutcome::Added => "added",
            RowOutcome::Updated => "updated",
            RowOutcome::Removed => "removed",
            RowOutcome::Unchanged => "unchanged",
            RowOutcome::Failed => "failed",
        };
        writeln!(text, "{} {}: {outcome}", row.row, row.email).unwrap();
        for change in row.changes.iter().filter(|_| row.outcome != RowOutcome::Added) {
            let [from, to] = [&change.from, &change.to].map(|value| value.as_deref().unwrap_or("-"));
            writeln!(text, "  {}: {from} -> {to}", change.column).unwrap();
        }
        for warning in &row.warnings {
            writeln!(text, "  {} {}", warning.rule.id, warning.note).unwrap();
        }
        if let Some(refusal) = &row.refusal {
            writeln!(text, "  {refusal}").unwrap();
        }
    }
    text
}
