//! An async client of the Webex Wholesale REST API, which the conformance suite takes as its reference.

#![warn(missing_docs)]
