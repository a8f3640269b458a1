//! The floor of an import: the same file read by the `csv` crate into typed rows, with a duplicate check.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A row of a generated file, every column of it.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading the columns is what is measured")]
pub(crate) struct Row {
    #[serde(rename = "First Name")]
    first_name: String,
    #[serde(rename = "Last Name")]
    last_name: String,
    #[serde(rename = "Display Name")]
    display_name: String,
    #[serde(rename = "User ID/Email (Required)")]
    email: String,
    #[serde(rename = "Extension")]
    extension: Option<String>,
    #[serde(rename = "Phone Number")]
    phone_number: Option<String>,
    #[serde(rename = "Location")]
    location: Option<String>,
    #[serde(rename = "Preferred Webex Site")]
    preferred_site: Option<String>,
    #[serde(rename = "Webex Calling [Sub100001]")]
    calling: String,
    #[serde(rename = "Webex Suite [Sub100001]")]
    suite: String,
    #[serde(rename = "Webex Meetings [Sub100001]")]
    meetings: String,
}

/// Reads all rows; refused when two have the same address.
pub(crate) fn read(file: &[u8]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut emails = HashSet::new();
    for row in csv::Reader::from_reader(file).deserialize() {
        let row: Row = row?;
        ensure!(emails.insert(row.email.clone()), "{} is there twice", row.email);
        rows.push(row);
    }
    Ok(rows)
}

/// Reads a file and says how many rows it has: the floor of `mock-hub csv check`.
pub(crate) fn run(file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    println!("{} rows", read(&bytes)?.len());
    Ok(())
}
