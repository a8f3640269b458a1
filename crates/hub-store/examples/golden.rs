//! Prints a small journal, or with `world` the worlds it leads to; with `import` in front, a journal of an import that takes
//! time; with `later` in front, one with the kinds of events and records that came later.
//!
//! Run once for a release; the output is kept in `fixtures/journals` and never changes again.

use std::collections::BTreeMap;
use std::sync::Arc;

use hub_core::record::{
    Activation, Address, Attribute, BillingReport, BillingReportCategory, BillingReportKind, CallingObstacle,
    Customer, Device, DisableCallingJob, Extension, Fault, Group, ImportBehavior, ImportFile, ImportedRows,
    License, LicenseKind, Location, Number, OfferedPackage, Organization, OrganizationKind,
    OrganizationSettings, Pace, Partner, Person, PersonStatus, Progress, ProvisioningState, Report,
    ReportSide, RowFailure, RowOutcome, Step, SubPartner, Subscriber, SubscriberStatus, Task, Template,
};
use hub_core::{
    Caller, Email, Id, Key, Package, PackageSet, PhoneNumber, Record, Role, Roles, Scope, Settings,
    Timestamp, World,
};
use hub_store::{
    Authorization, Clock, Entry, Event, ForkOptions, Grant, Journal, Listed, MemoryJournal, Origin, Point,
    RefreshToken, Sandbox, SandboxName, Sandboxes, Start, Token,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const PARTNER: Id<Organization> = Id::from_uuid(Uuid::from_u128(0x10));
const RESELLER: Id<Organization> = Id::from_uuid(Uuid::from_u128(0x11));
const ACME: Id<Organization> = Id::from_uuid(Uuid::from_u128(0x12));
const TEMPLATE: Id<Template> = Id::from_uuid(Uuid::from_u128(0x20));
const CUSTOMER: Id<Customer> = Id::from_uuid(Uuid::from_u128(0x30));
const LOCATION: Id<Location> = Id::from_uuid(Uuid::from_u128(0x40));
const LICENSE: Id<License> = Id::from_uuid(Uuid::from_u128(0x50));
const PERSON: Id<Person> = Id::from_uuid(Uuid::from_u128(0x60));
const SUBSCRIBER: Id<Subscriber> = Id::from_uuid(Uuid::from_u128(0x70));
const TASK: Id<Task> = Id::from_uuid(Uuid::from_u128(0x80));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let journal = Arc::new(MemoryJournal::default());
    let sandboxes = Sandboxes::open(journal.clone(), Settings::default(), new_year).await?;
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    match wanted.first().map(String::as_str) {
        Some("import") => import(&sandboxes).await?,
        Some("later") => later(&sandboxes).await?,
        _ => live(&sandboxes).await?,
    }
    if wanted.last().map(String::as_str) == Some("world") {
        let worlds: serde_json::Map<_, _> =
            sandboxes.list().iter().map(|sandbox| exported(sandbox)).collect();
        println!("{}", serde_json::to_string_pretty(&worlds)?);
        return Ok(());
    }
    for line in lines(&*journal).await? {
        println!("{}", serde_json::to_string(&line)?);
    }
    Ok(())
}

/// All entries, with ids that are the same in every run.
async fn lines(journal: &dyn Journal) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for Listed { sandbox, .. } in journal.sandboxes().await? {
        for entry in journal.read(&sandbox, 0, usize::MAX).await?.entries {
            lines.push(Line { sandbox: sandbox.clone(), entry: Entry::clone(&entry) });
        }
    }
    let numbered: BTreeMap<_, _> =
        lines.iter().map(|line| line.entry.id).zip((1..).map(Uuid::from_u128)).collect();
    for line in &mut lines {
        line.entry.id = numbered[&line.entry.id];
        if let Event::Started { origin: Origin::Fork(parent), .. } = &mut line.entry.event {
            parent.life = numbered[&parent.life];
        }
    }
    Ok(lines)
}

#[derive(Serialize)]
struct Line {
    sandbox: SandboxName,
    entry: Entry,
}

fn new_year() -> Timestamp {
    Timestamp::from_millis(1_767_225_600_000)
}

fn exported(sandbox: &Sandbox) -> (String, serde_json::Value) {
    let records: Vec<_> = sandbox.head().world.records().collect();
    (sandbox.name().to_string(), json!(records))
}

async fn live(sandboxes: &Sandboxes) -> Outcome<()> {
    let start = Start {
        world: World::of(organizations()),
        clock: Clock::Frozen { at: new_year() },
        seed: 7,
        provisioning_delay_ms: None,
    };
    let main = sandboxes.create(SandboxName::parse("main")?, start).await?;
    let token = Token {
        token: "main.partner-full-admin.0123".into(),
        label: "partner-full-admin".into(),
        caller: caller(),
        expires: Some(new_year() + 3_600_000),
    };
    main.grant(vec![token]).await?;
    put(&main, customer_records()?).await?;
    main.snapshot("customer").await?;
    main.set_clock(|clock| clock.advance(2.5)).await?;
    put(&main, user_records()?).await?;
    sandboxes.fork("main", Some(&Point::Seq(4)), SandboxName::parse("fork")?, ForkOptions::default()).await?;
    main.write(&caller(), "remove subscriber", |draft, _| {
        draft.remove(Key::Subscriber(SUBSCRIBER));
        draft.remove(Key::Person(PERSON));
        Ok(())
    })
    .await?;
    main.restore("customer").await?;
    put(&main, user_records()?).await?;
    let fork = sandboxes.get("fork").ok_or("the fork is gone")?;
    fork.set_clock(|_| Clock::REAL.advance(-1.0)).await?;
    fork.replace(&main.head().world).await?;
    fork.reset().await?;
    fork.replace(&World::of(organizations())).await?;
    for sandbox in sandboxes.list() {
        sandbox.head().world.check().map_err(|faults| faults.join("; "))?;
    }
    Ok(())
}

/// An import that runs, is paused, is cancelled, and by a snapshot runs again.
async fn import(sandboxes: &Sandboxes) -> Outcome<()> {
    let start = Start {
        world: World::of(organizations()),
        clock: Clock::Frozen { at: new_year() },
        seed: 7,
        provisioning_delay_ms: None,
    };
    let main = sandboxes.create(SandboxName::parse("main")?, start).await?;
    put(&main, customer_records()?).await?;
    let running = Pace::Running { since: new_year(), done: 0 };
    put(&main, import_records(running)).await?;
    main.snapshot("running").await?;
    put(&main, import_records(Pace::Paused { at: new_year() + 150 })).await?;
    main.write(&caller(), "cancel task", |draft, _| {
        draft.remove(Key::ImportFile(TASK));
        draft.remove(Key::ImportedRows(TASK, 0));
        draft.put(Record::Task(Arc::new(cancelled_task())));
        Ok(())
    })
    .await?;
    main.restore("running").await?;
    main.head().world.check().map_err(|faults| faults.join("; "))?;
    Ok(())
}

/// What came later: provisioning delays, applications that are let in, scripted faults, and five kinds of records.
async fn later(sandboxes: &Sandboxes) -> Outcome<()> {
    let start = Start {
        world: World::of(organizations()),
        clock: Clock::Frozen { at: new_year() },
        seed: 7,
        provisioning_delay_ms: Some(2_500),
    };
    let main = sandboxes.create(SandboxName::parse("main")?, start).await?;
    put(&main, customer_records()?).await?;
    put(&main, user_records()?).await?;
    put(&main, later_records()).await?;
    for (refresh, token) in [(None, None), (Some("refresh"), Some("access"))] {
        main.authorize("authorize", |_, now| Ok(grant(refresh, token, now))).await?;
    }
    let fault =
        json!({ "match": { "path": "/v1/people" }, "effect": { "refuse": { "status": 429 } }, "times": 1 });
    main.script_faults(vec![fault]).await?;
    sandboxes.fork("main", None, SandboxName::parse("fork")?, ForkOptions::default()).await?;
    for sandbox in sandboxes.list() {
        sandbox.head().world.check().map_err(|faults| faults.join("; "))?;
    }
    Ok(())
}

fn grant(refresh: Option<&str>, token: Option<&str>, now: Timestamp) -> Grant {
    let authorization = Authorization {
        code: "main.code.0123".into(),
        code_expires: now + 600_000,
        client: "C1".into(),
        redirect_uri: "https://app.example/done".into(),
        scope: "spark-admin:wholesale_customers_read".into(),
        label: "partner-full-admin".into(),
        caller: caller(),
        refresh: refresh.map(|text| RefreshToken { token: text.into(), expires: now + 7_776_000_000 }),
    };
    let token = token.map(|text| Token {
        token: text.into(),
        label: "partner-full-admin.oauth".into(),
        caller: caller(),
        expires: Some(now + 1_209_600_000),
    });
    Grant { authorization, token }
}

fn later_records() -> Vec<Record> {
    let (created, ready_at) = (new_year(), new_year() + 1_000);
    let device = Device {
        id: Id::from_uuid(Uuid::from_u128(0x90)),
        organization: ACME,
        person: PERSON,
        location: Some(LOCATION),
        model: "Cisco 8851".into(),
        mac: Some("AABBCCDDEEFF".into()),
        activation: Some(Activation { code: "1234567890123456".into(), expires: created + 86_400_000 }),
        tags: vec!["desk".into()],
        created,
    };
    let group = Group {
        id: Id::from_uuid(Uuid::from_u128(0x91)),
        organization: ACME,
        name: "Sales".into(),
        description: Some("Those who sell".into()),
        external_id: Some("crm-sales".into()),
        directory: None,
        members: vec![PERSON],
        created,
        modified: created,
    };
    let bill = BillingReport {
        id: Id::from_uuid(Uuid::from_u128(0x92)),
        owner: PARTNER,
        sub_partner: Some(RESELLER),
        kind: BillingReportKind::User,
        category: BillingReportCategory::PointInTime,
        first_day: created,
        last_day: created,
        created_by: "admin@partner.example".into(),
        created,
        ready_at,
    };
    let report = Report {
        id: Id::from_uuid(Uuid::from_u128(0x93)),
        organization: PARTNER,
        template: 130,
        side: ReportSide::Partner,
        first_day: Some(created),
        last_day: Some(created),
        sites: vec!["acme.webex.com".into()],
        created_by: "admin@partner.example".into(),
        created,
        ready_at,
    };
    let job = DisableCallingJob {
        id: Id::from_uuid(Uuid::from_u128(0x94)),
        organization: ACME,
        location: LOCATION,
        location_name: "Head Office".into(),
        created_by: PERSON,
        home: PARTNER,
        created,
        ready_at,
        obstacles: [CallingObstacle::LastLocation, CallingObstacle::People(1)].into(),
    };
    vec![
        Record::Device(Arc::new(device)),
        Record::Group(Arc::new(group)),
        Record::BillingReport(Arc::new(bill)),
        Record::Report(Arc::new(report)),
        Record::DisableCallingJob(Arc::new(job)),
    ]
}

async fn put(sandbox: &Sandbox, records: Vec<Record>) -> Outcome<()> {
    sandbox
        .write(&caller(), "put records", |draft, _| {
            records.iter().for_each(|record| draft.put(record.clone()));
            Ok(())
        })
        .await?;
    Ok(())
}

fn caller() -> Caller {
    Caller {
        name: "admin@partner.example".into(),
        organization: PARTNER,
        roles: Roles::of(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]),
        scopes: Some([Scope::CustomersRead, Scope::CustomersWrite].into()),
        on_behalf_of: Some(RESELLER),
        person: None,
    }
}

fn organization(id: Id<Organization>, name: &str, kind: OrganizationKind) -> Record {
    Record::Organization(Arc::new(Organization {
        id,
        name: name.into(),
        kind,
        managed_by: (id != PARTNER).then_some(PARTNER),
        created: new_year(),
        primary_admin: None,
        sites: vec![format!("{}.webex.com", name.to_lowercase()).into()],
        settings: OrganizationSettings::default(),
        preferred_language: None,
        modified: Timestamp::MIN,
    }))
}

fn organizations() -> Vec<Record> {
    let partner = Partner { organization: PARTNER, is_wholesale_enabled: true, subscription: "Sub1".into() };
    let reseller = SubPartner {
        organization: RESELLER,
        partner: PARTNER,
        subscription: "Sub2".into(),
        provisioning_state: ProvisioningState::Suspended,
        created: new_year(),
        billing_start: new_year() + 86_400_000,
    };
    let template = Template {
        id: TEMPLATE,
        owner: PARTNER,
        name: "Standard".into(),
        country: "US".into(),
        subscription: "Sub1".into(),
        provisioning_state: ProvisioningState::Active,
    };
    vec![
        organization(PARTNER, "Partner", OrganizationKind::Partner),
        organization(RESELLER, "Reseller", OrganizationKind::Partner),
        Record::Partner(Arc::new(partner)),
        Record::SubPartner(Arc::new(reseller)),
        Record::Template(Arc::new(template)),
    ]
}

fn address() -> Address {
    Address {
        line1: "1 Main Street".into(),
        line2: Some("Floor 2".into()),
        city: "Richardson".into(),
        state: Some("TX".into()),
        postal_code: Some("75082".into()),
        country: "US".into(),
    }
}

fn customer() -> Customer {
    Customer {
        id: CUSTOMER,
        owner: PARTNER,
        organization: ACME,
        template: TEMPLATE,
        external_id: "acme-1".into(),
        address: address(),
        subscription: "Sub1".into(),
        packages: vec![OfferedPackage {
            package: Package::WebexCalling,
            quantity: Some(10),
            licenses: Arc::new([LICENSE]),
            from: new_year() + 1_000,
            until: None,
            is_suspended: false,
            errors: vec![],
            warnings: vec![Fault { code: Some(10_022), description: "Slow".into() }],
        }],
        step: Step::Provisioning,
        accepted_at: new_year(),
        ready_at: new_year() + 1_000,
        errors: vec![],
        is_in_review: false,
        assigned_to: vec![Email::parse("junior@partner.example").expect("it is an address")],
    }
}

fn customer_records() -> Outcome<Vec<Record>> {
    let license = License {
        id: LICENSE,
        organization: ACME,
        kind: LicenseKind::CallingProfessional,
        package: Some(Package::WebexCalling),
    };
    let location = Location {
        time_zone: "America/Chicago".into(),
        emergency_identifier: Some("+19725550100".into()),
        ..Location::new(LOCATION, ACME, "Head Office", address(), new_year()).with_calling()
    };
    let number = PhoneNumber::parse("+19725550101")?;
    Ok(vec![
        organization(ACME, "Acme", OrganizationKind::Customer),
        Record::License(Arc::new(license)),
        Record::Customer(Arc::new(customer())),
        Record::Location(Arc::new(location)),
        Record::Number(Arc::new(Number::new(number, LOCATION))),
    ])
}

fn user_records() -> Outcome<Vec<Record>> {
    let person = Person {
        first_name: Some("Ana".into()),
        last_name: Some("Ruiz".into()),
        display_name: Some("Ana R.".into()),
        location: Some(LOCATION),
        phone_number: Some(PhoneNumber::parse("+19725550101")?),
        extension: Some(Extension::parse("0101")?),
        licenses: Arc::new([LICENSE]),
        preferred_site: Some("acme.webex.com".into()),
        attributes: [(Attribute::Title, "Clerk".into())].into(),
        status: PersonStatus::Active,
        ..Person::new(PERSON, ACME, Email::parse("ana@acme.example")?, new_year() + 2_500)
    };
    let subscriber = Subscriber {
        id: SUBSCRIBER,
        customer: CUSTOMER,
        person: PERSON,
        packages: PackageSet::default().with(Package::WebexCalling),
        status: SubscriberStatus::Provisioned,
        place: None,
        errors: [Fault { code: None, description: "Stuck".into() }].into(),
        created: new_year() + 2_500,
        last_status_change: new_year() + 2_500,
    };
    Ok(vec![
        Record::Person(Arc::new(person)),
        Record::Subscriber(Arc::new(subscriber)),
        Record::Task(Arc::new(task())),
    ])
}

fn task() -> Task {
    Task {
        id: TASK,
        organization: ACME,
        behavior: ImportBehavior::AddAndRemoveServices,
        file_name: Some("users.csv".into()),
        created_by: "admin@partner.example".into(),
        created: new_year() + 2_500,
        rows_per_second: Some(10),
        outcomes: [RowOutcome::Added, RowOutcome::Failed].into(),
        failures: vec![Arc::new(RowFailure {
            row: 3,
            column: Some("Email".into()),
            email: "ben@".into(),
            rule: "SUB-002".into(),
            message: "row 3: An e-mail address is well-formed (SUB-002)".into(),
            cells: Box::default(),
        })],
        header: Box::default(),
        progress: None,
    }
}

fn import_records(pace: Pace) -> Vec<Record> {
    let task = Task {
        progress: Some(Progress { total: 3, done: 1, pace }),
        outcomes: Box::default(),
        failures: Vec::new(),
        ..task()
    };
    let content =
        "User ID/Email (Required),First Name\nben@,Ben\neva@acme.example,Eva\nian@acme.example,Ian\n";
    let rows = ImportedRows {
        task: TASK,
        from: 0,
        outcomes: [RowOutcome::Failed].into(),
        failures: vec![Arc::new(failure(2, "ben@", "Ben"))],
    };
    vec![
        Record::Task(Arc::new(task)),
        Record::ImportFile(Arc::new(ImportFile { task: TASK, caller: caller(), content: content.into() })),
        Record::ImportedRows(Arc::new(rows)),
    ]
}

fn cancelled_task() -> Task {
    let failures = [(2, "ben@", "Ben"), (3, "eva@acme.example", "Eva"), (4, "ian@acme.example", "Ian")];
    Task {
        progress: Some(Progress { total: 3, done: 1, pace: Pace::Cancelled { at: new_year() + 150 } }),
        outcomes: [RowOutcome::Failed].into(),
        failures: failures.map(|(row, email, name)| Arc::new(failure(row, email, name))).into(),
        header: ["User ID/Email (Required)".into(), "First Name".into()].into(),
        ..task()
    }
}

fn failure(row: u64, email: &str, name: &str) -> RowFailure {
    RowFailure {
        row,
        column: (row == 2).then(|| "User ID/Email (Required)".into()),
        email: email.into(),
        rule: if row == 2 { "SUB-002" } else { "CSV-038" }.into(),
        message: format!("row {row}: It is refused").into(),
        cells: [email.into(), name.into()].into(),
    }
}
