//! Where a calling user calls from.

use serde::{Deserialize, Serialize};

use super::{Extension, Location, Person};
use crate::{Id, PhoneNumber};

/// Where a calling user calls from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Id<Location>>,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

impl Placement {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Placement::default()
    }

    /// The same as a record keeps it that mostly has none.
    pub(crate) fn boxed(self) -> Option<Box<Self>> {
        (!self.is_empty()).then(|| Box::new(self))
    }

    /// Where this person calls from now.
    pub(crate) fn of(person: &Person) -> Self {
        Placement {
            location: person.location,
            phone_number: person.phone_number,
            extension: person.extension,
        }
    }

    /// Puts the person there.
    pub(crate) fn apply_to(self, person: &mut Person) {
        person.location = self.location;
        person.phone_number = self.phone_number;
        person.extension = self.extension;
    }
}
