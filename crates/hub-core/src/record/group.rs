//! Groups of people.

use serde::{Deserialize, Serialize};

use super::{Organization, Person};
use crate::scim::Document;
use crate::{Id, Timestamp};

/// A group of people of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Key.
    pub id: Id<Group>,
    /// Whose it is.
    pub organization: Id<Organization>,
    /// Its name; unique in the organization.
    pub name: Box<str>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Box<str>>,
    /// The name that another directory has for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<Box<str>>,
    /// What directories say of it besides, as the documents have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory: Option<Box<Document>>,
    /// Who is in it, in ascending order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Id<Person>>,
    /// When it was made.
    pub created: Timestamp,
    /// When it changed last.
    pub modified: Timestamp,
}

impl Group {
    /// Whether a person is in it.
    pub fn has(&self, person: Id<Person>) -> bool {
        self.members.binary_search(&person).is_ok()
    }
}
