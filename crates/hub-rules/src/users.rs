//! Users as Control Hub manages them by hand: adding, claiming, synchronizing, automatic licences, signing in.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const RUN_HAS_1_TO_25_USERS: Rule = Rule {
    id: "USR-001",
    says: "One run by hand adds or claims at least 1 and at most 25 users.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb, v71ztb; that claims have the same limit is assumed",
    error_code: None,
};

pub const ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED: Rule = Rule {
    id: "USR-002",
    says: "While the organization requires a user attribute, users are added by hand one at a time.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb",
    error_code: None,
};

pub const NO_DIRECTORY_IS_IN_CHARGE: Rule = Rule {
    id: "USR-003",
    says: "While directory synchronization is on, users are neither added by hand nor claimed.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb; that claiming goes too is assumed; number and status from Control Hub's web client",
    error_code: Some(400_110),
};

pub const USER_IS_NEW_TO_THE_ORGANIZATION: Rule = Rule {
    id: "USR-004",
    says: "A user who is added by hand or claimed is not yet a user of the organization.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb; number and status from Control Hub's web client",
    error_code: Some(400_081),
};

pub const USER_HAS_NO_ACCOUNT_ELSEWHERE: Rule = Rule {
    id: "USR-005",
    says: "A user who is added has no Webex account in another organization; one who can be claimed is claimed instead.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb; for a directory assumed; number and status from Control Hub's web client",
    error_code: Some(400_090),
};

pub const REQUIRED_ATTRIBUTES_ARE_GIVEN: Rule = Rule {
    id: "USR-006",
    says: "A user who is added by hand comes with every attribute that the organization requires.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb; that files, directories and the API are not asked for them is assumed",
    error_code: None,
};

pub const NEW_USERS_ARE_PENDING: Rule = Rule {
    id: "USR-007",
    says: "A new user is pending until he signs in for the first time.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com v71ztb",
    error_code: None,
};

pub const BOTH_NAMES_ARE_GIVEN: Rule = Rule {
    id: "USR-008",
    says: "A user who is added by hand comes with a first and a last name.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky; that one without is refused is assumed",
    error_code: None,
};

pub const ADDRESS_STANDS_ONCE_IN_A_RUN: Rule = Rule {
    id: "USR-009",
    says: "An e-mail address, in whatever case, stands once in a run; of several the later fail, and a failed one does not count.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; so it is in the user CSV",
    error_code: None,
};

pub const USER_CAN_BE_CLAIMED: Rule = Rule {
    id: "USR-010",
    says: "A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Assumed,
    source: "no source says who; help.webex.com v71ztb says that some can be; number and status from Control Hub's web client",
    error_code: Some(400_109),
};

pub const USER_TO_CLAIM_IS_KNOWN: Rule = Rule {
    id: "USR-011",
    says: "A user who is claimed has a Webex account.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const ATTRIBUTE_IS_KNOWN: Rule = Rule {
    id: "USR-012",
    says: "A user attribute is one of those that the hub keeps.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; custom attributes are not simulated",
    error_code: None,
};

pub const DIRECTORY_IS_SYNCHRONIZED: Rule = Rule {
    id: "USR-013",
    says: "A directory is synchronized only while directory synchronization is on.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const DIRECTORY_DEACTIVATES_WHOM_IT_DROPS: Rule = Rule {
    id: "USR-014",
    says: "A synchronization adds and changes the users whom the directory lists and deactivates those whom it listed before and lists no longer; what it does not say of a user stays.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const DIRECTORY_MANAGES_NAMES: Rule = Rule {
    id: "USR-015",
    says: "While directory synchronization is on, names, display name and the attributes that a directory manages are not taken from a CSV file.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Control Hub's web client for the names; help.webex.com afv3q8 wants the others blank, that they are ignored is assumed",
    error_code: None,
};

pub const AUTOMATIC_LICENSES_ARE_FOR_NEW_USERS: Rule = Rule {
    id: "USR-016",
    says: "A new user who is given no licence of his own gets the organization's automatic licences; an external user never does.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com n3ijtao, v71ztb, e2okky; that the people API and SCIM count as well is assumed",
    error_code: None,
};

pub const AUTOMATIC_LICENSES_HAVE_ONE_MODE: Rule = Rule {
    id: "USR-017",
    says: "Automatic licences are those of the organization or those of groups; a change of the mode deletes what the other had, and deleting takes no licence away.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com n3ijtao",
    error_code: None,
};

pub const LICENSES_OF_GROUPS_ADD_UP: Rule = Rule {
    id: "USR-018",
    says: "A user of several groups gets the licences of all of them, when he joins.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com n3ijtao; when he gets them is assumed",
    error_code: None,
};

pub const CALLING_IS_NOT_AUTOMATIC: Rule = Rule {
    id: "USR-019",
    says: "Webex Calling is not assigned automatically.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky, of a blank column; of the other ways to add users assumed",
    error_code: None,
};

pub const GROUP_WITH_LICENSES_IS_KNOWN: Rule = Rule {
    id: "USR-020",
    says: "A group with automatic licences is one of the organization and named once.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const WHO_SIGNS_IN_IS_KNOWN: Rule = Rule {
    id: "USR-021",
    says: "Who signs in is a user of some organization.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const SUSPENDED_USERS_DO_NOT_SIGN_IN: Rule = Rule {
    id: "USR-022",
    says: "A suspended user does not sign in.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Assumed,
    source: "no source; help.webex.com nikzbgy has the state",
    error_code: None,
};

pub const REFUSED_USERS_DO_NOT_STOP_OTHERS: Rule = Rule {
    id: "USR-023",
    says: "A user of a run who is refused does not stop the others, and leaves nothing behind.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "help.webex.com v71ztb, Control Hub's web client",
    error_code: None,
};

pub const USERS_ARE_LISTED_NEWEST_FIRST: Rule = Rule {
    id: "USR-024",
    says: "The list of users has pending ones too, and begins with the newest.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const USERS_ARE_FOUND_BY_A_PART: Rule = Rule {
    id: "USR-025",
    says: "Users are found by a part of the display name or of the e-mail address, in whatever case it is written.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Admin, list people finds names by their beginning",
    error_code: None,
};

pub const USER_ADMINISTRATORS_MANAGE_USERS: Rule = Rule {
    id: "USR-026",
    says: "User administrators of a customer add, change and delete its users and give them licences.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com 2y8qmt; OpenAPI, Admin, delete a person; that they change users and give licences is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &RUN_HAS_1_TO_25_USERS,
    &ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED,
    &NO_DIRECTORY_IS_IN_CHARGE,
    &USER_IS_NEW_TO_THE_ORGANIZATION,
    &USER_HAS_NO_ACCOUNT_ELSEWHERE,
    &REQUIRED_ATTRIBUTES_ARE_GIVEN,
    &NEW_USERS_ARE_PENDING,
    &BOTH_NAMES_ARE_GIVEN,
    &ADDRESS_STANDS_ONCE_IN_A_RUN,
    &USER_CAN_BE_CLAIMED,
    &USER_TO_CLAIM_IS_KNOWN,
    &ATTRIBUTE_IS_KNOWN,
    &DIRECTORY_IS_SYNCHRONIZED,
    &DIRECTORY_DEACTIVATES_WHOM_IT_DROPS,
    &DIRECTORY_MANAGES_NAMES,
    &AUTOMATIC_LICENSES_ARE_FOR_NEW_USERS,
    &AUTOMATIC_LICENSES_HAVE_ONE_MODE,
    &LICENSES_OF_GROUPS_ADD_UP,
    &CALLING_IS_NOT_AUTOMATIC,
    &GROUP_WITH_LICENSES_IS_KNOWN,
    &WHO_SIGNS_IN_IS_KNOWN,
    &SUSPENDED_USERS_DO_NOT_SIGN_IN,
    &REFUSED_USERS_DO_NOT_STOP_OTHERS,
    &USERS_ARE_LISTED_NEWEST_FIRST,
    &USERS_ARE_FOUND_BY_A_PART,
    &USER_ADMINISTRATORS_MANAGE_USERS,
];
