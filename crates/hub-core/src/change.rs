//! After-images: what an operation leaves behind, and what the journal keeps.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::record::{
    BillingReport, Customer, Device, DisableCallingJob, Group, ImportFile, ImportedRows, License, Location,
    Number, Organization, Partner, Person, Report, SubPartner, Subscriber, Task, Template,
};
use crate::{Id, PhoneNumber};

/// One change of a world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The record takes the place of the one with its key, if there is one.
    Put(Record),
    /// The record with this key goes.
    Remove(Key),
}

/// A record of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the record it names")]
pub enum Record {
    Partner(Arc<Partner>),
    SubPartner(Arc<SubPartner>),
    Template(Arc<Template>),
    Organization(Arc<Organization>),
    Customer(Arc<Customer>),
    Location(Arc<Location>),
    Number(Arc<Number>),
    License(Arc<License>),
    Person(Arc<Person>),
    Subscriber(Arc<Subscriber>),
    Task(Arc<Task>),
    ImportFile(Arc<ImportFile>),
    ImportedRows(Arc<ImportedRows>),
    Device(Arc<Device>),
    Group(Arc<Group>),
    BillingReport(Arc<BillingReport>),
    Report(Arc<Report>),
    DisableCallingJob(Arc<DisableCallingJob>),
}

/// The key of a record of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the key of the record it names")]
pub enum Key {
    Partner(Id<Organization>),
    SubPartner(Id<Organization>),
    Template(Id<Template>),
    Organization(Id<Organization>),
    Customer(Id<Customer>),
    Location(Id<Location>),
    Number(PhoneNumber),
    License(Id<License>),
    Person(Id<Person>),
    Subscriber(Id<Subscriber>),
    Task(Id<Task>),
    ImportFile(Id<Task>),
    /// The task, and how many of its rows were before these.
    ImportedRows(Id<Task>, u64),
    Device(Id<Device>),
    Group(Id<Group>),
    BillingReport(Id<BillingReport>),
    Report(Id<Report>),
    DisableCallingJob(Id<DisableCallingJob>),
}

impl Record {
    /// The key that the record is kept under.
    pub fn key(&self) -> Key {
        match self {
            Record::Partner(record) => Key::Partner(record.organization),
            Record::SubPartner(record) => Key::SubPartner(record.organization),
            Record::Template(record) => Key::Template(record.id),
            Record::Organization(record) => Key::Organization(record.id),
            Record::Customer(record) => Key::Customer(record.id),
            Record::Location(record) => Key::Location(record.id),
            Record::Number(record) => Key::Number(record.number),
            Record::License(record) => Key::License(record.id),
            Record::Person(record) => Key::Person(record.id),
            Record::Subscriber(record) => Key::Subscriber(record.id),
            Record::Task(record) => Key::Task(record.id),
            Record::ImportFile(record) => Key::ImportFile(record.task),
            Record::ImportedRows(record) => Key::ImportedRows(record.task, record.from),
            Record::Device(record) => Key::Device(record.id),
            Record::Group(record) => Key::Group(record.id),
            Record::BillingReport(record) => Key::BillingReport(record.id),
            Record::Report(record) => Key::Report(record.id),
            Record::DisableCallingJob(record) => Key::DisableCallingJob(record.id),
        }
    }
}
