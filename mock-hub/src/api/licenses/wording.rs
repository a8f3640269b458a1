//! How refusals of `PATCH /v1/licenses/users` are worded: as in the examples of the API description (LIC-031).
//!
//! A message for a kind of refusal and a description that names the licences or sites of the request.

use hub_rules::Rule;
use hub_rules::licenses as rules;

use super::LicensesBody;
use crate::http::object::JsonObject;
use crate::http::problem::Problem;

/// A rule, its message, and its description with `{}` where the licences or sites stand.
type Wording = (&'static Rule, &'static str, &'static str);

const PREREQUISITE: &str = "License prerequisite missing";
const CONFLICT: &str = "License conflict";

#[rustfmt::skip]
const WORDINGS: [Wording; 16] = [
    (&rules::LICENSE_LOCATION_IS_FOUND, "Unable to find location", "Unable to find location."),
    (&rules::LICENSE_IS_RECOGNIZED, "License not recognized", "License not recognized {}"),
    (&rules::PROFESSIONAL_STAYS_ABOVE_STANDARD, "License assignment failed", "Changing a user's Webex Calling license from Professional to Standard is not allowed. The following license(s) could not be applied as requested: {}"),
    (&rules::MESSENGER_IS_MANAGED_ELSEWHERE, "License management not supported", "User management of Messenger license {} is not supported"),
    (&rules::ATTENDEE_SITE_IS_KNOWN, "Invalid site URL", "Request contains invalid attendee siteUrls: {}"),
    (&rules::PROFESSIONAL_AND_STANDARD_EXCLUDE_EACH_OTHER, CONFLICT, "User cannot have both Webex Calling Professional and Standard License together. The following license(s) could not be applied as requested: {}"),
    (&rules::STANDARD_HAS_NO_ATTENDANT_CONSOLE, CONFLICT, "User cannot have both Webex Calling Standard and Webex Attendant Console licenses together. The following license(s) could not be applied as requested: {}"),
    (&rules::STANDARD_HAS_NO_CUSTOMER_ASSIST, CONFLICT, "User cannot have both Webex Calling Standard and CX Essential licenses together. The following license(s) could not be applied as requested: {}"),
    (&rules::ATTENDANT_CONSOLE_NEEDS_PROFESSIONAL, PREREQUISITE, "User needs Webex Calling Professional license to be assigned before assigning Webex Attendant Console: {}"),
    (&rules::CUSTOMER_ASSIST_STAYS_ABOVE_STANDARD, "License downgrade not allowed", "Changing a user's license from CX Essential to Webex Calling Standard is not allowed. The following license(s) could not be applied as requested: {}"),
    (&rules::CALLING_LICENSE_HAS_PROPERTIES, "License properties missing", "Each Webex Calling license should contain its own calling properties. The following license(s) do not have properties: {}"),
    (&rules::ONE_LICENSE_OF_AN_EXCLUSIVE_SET, CONFLICT, "Could not apply the following license(s): {} as the user can be assigned only one of them"),
    (&rules::PAID_MESSAGING_NEEDS_FREE_MESSAGING, PREREQUISITE, "Free teams messaging mandatory for paid teams messaging license. The following license(s) could not be applied as requested: {}"),
    (&rules::PAID_MEETINGS_NEED_FREE_MEETINGS, PREREQUISITE, "Free teams meeting mandatory for paid teams meeting license. The following license(s) could not be applied as requested: {}"),
    (&rules::MEETINGS_NEED_FREE_MESSAGING, PREREQUISITE, "Free teams messaging mandatory for teams meeting license. The following license(s) could not be applied as requested: {}"),
    (&rules::SCREEN_SHARE_IS_IMPLICIT, "License removal not allowed", "Screen Share {} is implicitly assigned and cannot be removed"),
];

/// The licences and sites of a request, as it names them.
#[derive(Debug)]
pub(super) struct Named {
    licenses: Vec<String>,
    sites: Vec<String>,
}

impl Named {
    pub(super) fn of(body: &LicensesBody) -> Self {
        let licenses = body.licenses.iter().flatten().map(|JsonObject(license)| license.id.clone());
        let sites = body.site_urls.iter().flatten().map(|JsonObject(site)| site.site_url.to_string());
        Named { licenses: licenses.collect(), sites: sites.collect() }
    }

    /// The problem in the words that the API description has for its rule.
    pub(super) fn word(&self, problem: Problem) -> Problem {
        let is_meant = |(rule, ..): &&Wording| problem.rule().is_some_and(|broken| broken.id == rule.id);
        let Some((_, message, description)) = WORDINGS.iter().find(is_meant) else { return problem };
        let named = self.at(problem.field().unwrap_or_default());
        problem.worded(message, description.replace("{}", &named))
    }

    /// The licence or site that a field such as `licenses[1].id` is about; all licences for the list itself.
    fn at(&self, field: &str) -> String {
        let all = if field.starts_with("siteUrls") { &self.sites } else { &self.licenses };
        let index = field.split_once('[').and_then(|(_, rest)| rest.split(']').next()?.parse::<usize>().ok());
        index.and_then(|at| all.get(at).cloned()).unwrap_or_else(|| all.join(", "))
    }
}
