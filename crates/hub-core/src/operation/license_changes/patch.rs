//! Licences added and removed one by one: `PATCH /licenses/users`.
//!
//! First what is asked is read into sets of packages; then each documented refusal is looked for, in the order of
//! their numbers within a subject; what is merely not to be had is left out (LIC-021).

use std::sync::Arc;

use hub_rules::Rule;
use hub_rules::licenses::{
    ATTENDANT_CONSOLE_NEEDS_PROFESSIONAL, ATTENDEE_SITE_IS_KNOWN, CALLING_LICENSE_HAS_PROPERTIES,
    CUSTOMER_ASSIST_STAYS_ABOVE_STANDARD, LICENSE_IS_RECOGNIZED, LICENSE_LOCATION_IS_FOUND,
    MEETINGS_NEED_FREE_MESSAGING, MESSENGER_IS_MANAGED_ELSEWHERE, ONE_LICENSE_OF_AN_EXCLUSIVE_SET,
    PAID_MEETINGS_NEED_FREE_MEETINGS, PAID_MESSAGING_NEEDS_FREE_MESSAGING,
    PROFESSIONAL_AND_STANDARD_EXCLUDE_EACH_OTHER, PROFESSIONAL_STAYS_ABOVE_STANDARD, REQUEST_NAMES_THE_USER,
    SCREEN_SHARE_IS_IMPLICIT, STANDARD_HAS_NO_ATTENDANT_CONSOLE, STANDARD_HAS_NO_CUSTOMER_ASSIST,
};
use hub_rules::people::PERSON_IS_KNOWN;
use hub_rules::subscribers::{
    EXTERNAL_USERS_HAVE_NO_PACKAGE, PACKAGE_IS_FOR_SUBSCRIBERS, PACKAGE_IS_ON_OFFER,
};
use thin_vec::ThinVec;

use super::{Goal, base_among, customer_of, held_by, reach, without_lonely};
use crate::operation::access::{self, Errand};
use crate::operation::{PlacementRequest, calling, packages};
use crate::record::{License, LicenseKind, Organization, Person};
use crate::{Context, Draft, Email, HubError, Id, Package, PackageSet, Record, Scope, World};

/// What is to change in the licences of one user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LicensePatch {
    /// The user's address, as written.
    pub email: Option<Box<str>>,
    /// The user's id.
    pub person: Option<Id<Person>>,
    /// The organization; the caller's own if not given.
    pub organization: Option<Id<Organization>>,
    /// Licences to add and remove.
    pub licenses: Vec<LicenseRequest>,
    /// Sites to attend or no longer to attend.
    pub sites: Vec<SiteRequest>,
}

/// One licence to add or remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseRequest {
    /// Which.
    pub license: Id<License>,
    /// Whether it is removed.
    pub is_removal: bool,
    /// Where the user is to call from.
    pub properties: Option<PlacementRequest>,
}

/// One site to attend or no longer to attend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRequest {
    /// Its host.
    pub site: Box<str>,
    /// Whether the user no longer attends.
    pub is_removal: bool,
}

/// The user as he is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The user.
    pub person: Arc<Person>,
    /// Whether all that was asked is done.
    pub is_whole: bool,
}

/// Adds and removes licences and sites of a user. What an external user is given waits until he accepts it (LIC-032).
///
/// Refused for who is not a user of the organization (PPL-001), for licences (LIC-005), locations (LIC-006) and sites
/// (LIC-015) that the organization does not have, and for what the documentation excludes (LIC-007 to LIC-014,
/// LIC-016 to LIC-018, LIC-028, LIC-029).
pub fn patch(draft: &mut Draft, context: &Context<'_>, patch: &LicensePatch) -> Result<Patched, HubError> {
    let id = patch.organization;
    let organization = access::organization(draft, context, id, Errand::ManageUsers, Scope::PeopleWrite)?;
    let organization = organization.clone();
    let present = user(draft, &organization, patch)?.clone();
    let before = present.accepted();
    let mut person = before.clone();
    person.attended_sites = sites(&organization, &person, patch)?;
    let asked = Asked::of(draft, &person, patch)?;
    asked.check(draft, context, &person)?;
    let (goal, mut left_out) = asked.goal(draft, context, &person);
    let base = base_among(draft, organization.id, &before.licenses);
    let is_same =
        goal.packages == asked.held && goal.base == base && person.attended_sites == before.attended_sites;
    if is_same && !left_out.is_empty() {
        return Err(left_out.swap_remove(0));
    }
    let properties = asked.properties.clone().unwrap_or_default();
    let place = located(draft, properties);
    let mut person = reach(draft, context, person, &goal, || place?.read()).map_err(in_own_words)?;
    if person.is_external {
        person = Arc::new(Person::clone(&person).held_back(&present));
        draft.put(Record::Person(person.clone()));
    }
    Ok(Patched { person, is_whole: left_out.is_empty() })
}

/// The place with the location that the number belongs to, where only the number is given.
fn located(world: &World, place: PlacementRequest) -> Result<PlacementRequest, HubError> {
    if place.location.is_some() {
        return Ok(place);
    }
    let number = place.read()?.phone_number.and_then(|number| world.number(number));
    Ok(PlacementRequest { location: number.map(|number| number.location), ..place })
}

/// A refusal of the subscriber's place in the words of this request.
fn in_own_words(mut refusal: HubError) -> HubError {
    let field = match refusal.field() {
        Some("primaryPhoneNumber") => "licenses.properties.phoneNumber",
        Some("extension") => "licenses.properties.extension",
        Some("locationId") => "licenses.properties.locationId",
        Some("package") => "licenses",
        _ => return refusal,
    };
    refusal.place = None;
    refusal.at(field)
}

fn user<'a>(
    world: &'a World,
    organization: &Organization,
    patch: &LicensePatch,
) -> Result<&'a Arc<Person>, HubError> {
    let email = patch.email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|refusal| refusal.at("email"))?;
    let (field, found) = match (&email, patch.person) {
        (_, Some(id)) => ("personId", world.person(id)),
        (Some(email), None) => ("email", world.person_by_email(email)),
        (None, None) => return Err(HubError::broken(&REQUEST_NAMES_THE_USER).at("email")),
    };
    let is_meant = |person: &&Arc<Person>| {
        person.organization == organization.id && email.as_ref().is_none_or(|email| person.email == *email)
    };
    found.filter(is_meant).ok_or_else(|| HubError::broken(&PERSON_IS_KNOWN).at(field))
}

/// The sites that the user attends afterwards.
fn sites(
    organization: &Organization,
    person: &Person,
    patch: &LicensePatch,
) -> Result<ThinVec<Arc<str>>, HubError> {
    let mut attended = person.attended_sites.clone();
    for (at, request) in patch.sites.iter().enumerate() {
        let site = organization.sites.iter().find(|site| site.eq_ignore_ascii_case(&request.site));
        let site = site.ok_or_else(|| {
            HubError::broken(&ATTENDEE_SITE_IS_KNOWN).at(format!("siteUrls[{at}].siteUrl")).saw(&request.site)
        })?;
        attended.retain(|known| known != site);
        if !request.is_removal {
            attended.push(site.clone());
        }
    }
    attended.sort();
    Ok(attended)
}

/// What is asked, as sets.
#[derive(Debug)]
struct Asked {
    held: PackageSet,
    removed: PackageSet,
    /// In the order of the request, with the position there.
    added: Vec<(Package, usize)>,
    base_removed: Vec<Id<License>>,
    base_added: Vec<Id<License>>,
    properties: Option<PlacementRequest>,
}

impl Asked {
    /// Refused when a licence is not one of the organization (LIC-005), or not for users (SUB-006, SUB-013, LIC-028,
    /// LIC-029).
    fn of(world: &World, person: &Person, patch: &LicensePatch) -> Result<Self, HubError> {
        let mut asked = Asked {
            held: held_by(world, person.id),
            removed: PackageSet::default(),
            added: Vec::new(),
            base_removed: Vec::new(),
            base_added: Vec::new(),
            properties: None,
        };
        for (at, request) in patch.licenses.iter().enumerate() {
            let place = || format!("licenses[{at}].id");
            let own = world.license(request.license);
            let license = own.filter(|license| license.organization == person.organization);
            let license = license.ok_or_else(|| HubError::broken(&LICENSE_IS_RECOGNIZED).at(place()))?;
            match (license.kind, request.is_removal) {
                (LicenseKind::HybridMessage, _) => {
                    return Err(HubError::broken(&MESSENGER_IS_MANAGED_ELSEWHERE).at(place()));
                }
                (LicenseKind::ScreenShare, true) => {
                    return Err(HubError::broken(&SCREEN_SHARE_IS_IMPLICIT).at(place()));
                }
                (LicenseKind::ScreenShare, false) => continue,
                _ => {}
            }
            match (license.package, request.is_removal) {
                (None, true) => asked.base_removed.push(license.id),
                (None, false) => asked.base_added.push(license.id),
                (Some(package), true) => asked.removed = asked.removed.with(package),
                (Some(package), false) if !package.is_for_subscribers() => {
                    return Err(HubError::broken(&PACKAGE_IS_FOR_SUBSCRIBERS).at(place()).saw(package));
                }
                (Some(_), false) if person.is_external => {
                    return Err(HubError::broken(&EXTERNAL_USERS_HAVE_NO_PACKAGE).at(place()));
                }
                (Some(package), false) => asked.add(package, at, request),
            }
        }
        Ok(asked)
    }

    fn add(&mut self, package: Package, at: usize, request: &LicenseRequest) {
        if package.is_calling() && self.properties.is_none() {
            self.properties.clone_from(&request.properties);
        }
        if !self.added.iter().any(|(known, _)| *known == package) {
            self.added.push((package, at));
        }
    }

    fn kept(&self) -> PackageSet {
        self.held.iter().filter(|package| !self.removed.contains(*package)).collect()
    }

    fn after(&self) -> PackageSet {
        self.added.iter().fold(self.kept(), |all, (package, _)| all.with(*package))
    }

    fn check(&self, world: &World, context: &Context<'_>, person: &Person) -> Result<(), HubError> {
        if let Some(rule) = self.exclusion() {
            let at = self.added.last().map_or(0, |(_, at)| *at);
            return Err(HubError::broken(rule).at(format!("licenses[{at}].id")));
        }
        self.check_properties(world, context, person)?;
        match self.missing_base(world, person) {
            Some(rule) => Err(HubError::broken(rule).at("licenses")),
            None => Ok(()),
        }
    }

    /// The rule by which the packages, as they were and as they would be, do not go together.
    fn exclusion(&self) -> Option<&'static Rule> {
        use LicenseKind::{CallingProfessional, CallingStandard, CustomerAssist};
        let (held, after) = (self.held, self.after());
        let added: PackageSet = self.added.iter().map(|(package, _)| *package).collect();
        let loses = |kind| has(held, kind) && !has(after, kind);
        let has_console = after.contains(Package::AttendantConsole);
        let bases = after.iter().filter(|package| package.is_base()).count();
        let turns_standard = has(added, CallingStandard) && !has(held, CallingStandard);
        let is_standard = has(after, CallingStandard);
        let cases: [(bool, &'static Rule); 7] = [
            (turns_standard && loses(CustomerAssist), &CUSTOMER_ASSIST_STAYS_ABOVE_STANDARD),
            (turns_standard && loses(CallingProfessional), &PROFESSIONAL_STAYS_ABOVE_STANDARD),
            (is_standard && has(after, CustomerAssist), &STANDARD_HAS_NO_CUSTOMER_ASSIST),
            (is_standard && has(after, CallingProfessional), &PROFESSIONAL_AND_STANDARD_EXCLUDE_EACH_OTHER),
            (is_standard && has_console, &STANDARD_HAS_NO_ATTENDANT_CONSOLE),
            (
                added.contains(Package::AttendantConsole) && !has(after, CallingProfessional),
                &ATTENDANT_CONSOLE_NEEDS_PROFESSIONAL,
            ),
            (bases > 1, &ONE_LICENSE_OF_AN_EXCLUSIVE_SET),
        ];
        cases.into_iter().find(|(is_so, _)| *is_so).map(|(_, rule)| rule)
    }

    fn check_properties(
        &self,
        world: &World,
        context: &Context<'_>,
        person: &Person,
    ) -> Result<(), HubError> {
        let Some((_, at)) = self.added.iter().find(|(package, _)| package.is_calling()) else {
            return Ok(());
        };
        if person.is_calling_user() {
            return Ok(());
        }
        let place = format!("licenses[{at}].properties");
        let Some(properties) = &self.properties else {
            return Err(HubError::broken(&CALLING_LICENSE_HAS_PROPERTIES).at(place));
        };
        let is_own = |id| calling::own_location(world, context, person.organization, id).is_some();
        match properties.location {
            Some(id) if !is_own(id) => {
                Err(HubError::broken(&LICENSE_LOCATION_IS_FOUND).at(format!("{place}.locationId")))
            }
            _ => Ok(()),
        }
    }

    /// The rule by which a free licence that is removed has to stay, or one that is added needs another. The licences of
    /// packages come without the free ones (LIC-003).
    fn missing_base(&self, world: &World, person: &Person) -> Option<&'static Rule> {
        use LicenseKind::{
            AdvancedMessaging, BasicMeetings, BasicMessaging, BasicSpaceMeetings, MeetingsSuite,
            WebexMeetings,
        };
        let kind = |id: &Id<License>| world.license(*id).map(|license| license.kind);
        let takes = |wanted| {
            self.base_removed.iter().any(|id| kind(id) == Some(wanted) && person.licenses.contains(id))
        };
        let base = self.base(world, person);
        let after = self.after();
        let has_meetings = [BasicMeetings, WebexMeetings, MeetingsSuite].iter().any(|kind| has(after, *kind));
        let has_free_meetings = base.iter().any(|id| kind(id) == Some(BasicSpaceMeetings));
        let takes_messaging = takes(BasicMessaging);
        let has_messaging = base.iter().any(|id| kind(id) == Some(BasicMessaging));
        let gives = |wanted| {
            self.base_added.iter().any(|id| kind(id) == Some(wanted) && !person.licenses.contains(id))
        };
        let cases: [(bool, &'static Rule); 4] = [
            (gives(BasicSpaceMeetings) && !has_messaging, &MEETINGS_NEED_FREE_MESSAGING),
            (takes_messaging && has(after, AdvancedMessaging), &PAID_MESSAGING_NEEDS_FREE_MESSAGING),
            (takes(BasicSpaceMeetings) && has_meetings, &PAID_MEETINGS_NEED_FREE_MEETINGS),
            (takes_messaging && (has_meetings || has_free_meetings), &MEETINGS_NEED_FREE_MESSAGING),
        ];
        cases.into_iter().find(|(is_so, _)| *is_so).map(|(_, rule)| rule)
    }

    /// The base licences that the person is to have.
    fn base(&self, world: &World, person: &Person) -> Vec<Id<License>> {
        let kept = person.licenses.iter().filter(|id| !self.base_removed.contains(id)).copied();
        let all: Vec<_> = kept.chain(self.base_added.iter().copied()).collect();
        base_among(world, person.organization, &all)
    }

    /// What can be done, and why the rest cannot: what is not to be had (SUB-007, SUB-011), and add-ons whose base
    /// the person does not have in the end (LIC-002).
    fn goal(&self, world: &World, context: &Context<'_>, person: &Person) -> (Goal, Vec<HubError>) {
        let customer = customer_of(world, context, person.organization);
        let mut left_out = Vec::new();
        let mut packages = self.kept();
        for (package, at) in self.added.iter().filter(|(package, _)| !self.held.contains(*package)) {
            let offer = match customer {
                Some(customer) => packages::offer_with_room(world, context, customer, *package).map(drop),
                None => Err(HubError::broken(&PACKAGE_IS_ON_OFFER).saw(package)),
            };
            match offer {
                Ok(()) => packages = packages.with(*package),
                Err(mut refusal) => {
                    refusal.place = None;
                    left_out.push(refusal.at(format!("licenses[{at}].id")));
                }
            }
        }
        let again = self.added.iter().filter(|(package, _)| self.held.contains(*package));
        packages = again.fold(packages, |all, (package, _)| all.with(*package));
        let lonely = self.added.iter().filter(|(package, _)| packages.contains(*package));
        let lonely = lonely.filter(|(package, _)| !package.fits_among(packages));
        left_out
            .extend(lonely.map(|(add_on, at)| packages::lonely(*add_on).at(format!("licenses[{at}].id"))));
        (Goal { base: self.base(world, person), packages: without_lonely(packages) }, left_out)
    }
}

/// Whether one of the packages brings a licence of this kind.
fn has(packages: PackageSet, kind: LicenseKind) -> bool {
    packages.iter().any(|package| LicenseKind::brought_by(package).contains(&kind))
}
