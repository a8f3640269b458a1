//! The options of `mock-hub csv`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};
use hub_core::record::ImportBehavior;

use super::{Fault, fix};
use crate::config::{Format, LanguageOption};

#[derive(Debug, Clone, Subcommand)]
pub enum CsvCommand {
    /// Print the columns that a file may have, or an organization's template
    Template {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        language: LanguageOption,
    },
    /// Check a file: encoding, header, values, duplicates, mandatory fields
    Check(FileOptions),
    /// Say row by row what an import would do
    Plan(FileOptions),
}

#[derive(Debug, Clone, Args)]
pub struct FileOptions {
    /// The CSV file
    pub file: PathBuf,
    /// What FALSE means
    #[arg(long, value_enum, default_value_t = Behavior::AddAndRemoveServices)]
    pub behavior: Behavior,
    #[command(flatten)]
    pub target: Target,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub language: LanguageOption,
    /// Write a corrected copy, to OUT or beside the file as users.fixed.csv; it is what is then checked or planned
    #[arg(long, value_name = "OUT")]
    pub fix: Option<Option<PathBuf>>,
    /// Let --fix overwrite a file; the input only if OUT names it
    #[arg(long, requires = "fix")]
    pub force: bool,
    /// How many users a file may hold (CSV-007); a longer one is not read to its end. A running hub has a limit of its own
    #[arg(long, value_name = "ROWS", default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_rows: u64,
    /// Refuse rows that change a read-only cell instead of ignoring the cell (CSV-016); a running hub decides that itself
    #[arg(long, conflicts_with = "url")]
    pub strict: bool,
}

impl FileOptions {
    /// Where the corrected copy goes, if one is wanted. Refused if something is there already, unless forced.
    pub(super) fn output(&self) -> Result<Option<PathBuf>, Fault> {
        let Some(out) = &self.fix else { return Ok(None) };
        let out = out.clone().unwrap_or_else(|| fix::beside(&self.file));
        if !self.force && out.symlink_metadata().is_ok() {
            return Err(Fault::Usage(
                "csv-usage-output-exists",
                vec![("file", out.display().to_string().into())],
            ));
        }
        Ok(Some(out))
    }
}

/// Whose file it is: an organization of a world, or of a running hub.
#[derive(Debug, Clone, Default, Args)]
pub struct Target {
    /// A world: `demo`, `empty` or a world file; `plan` takes the demo unless told otherwise
    #[arg(long, value_name = "demo|empty|FILE", conflicts_with = "url")]
    pub world: Option<String>,
    /// A running hub, such as http://127.0.0.1:8080
    #[arg(long, value_name = "URL", requires = "token", requires = "org")]
    pub url: Option<String>,
    /// An access token of the running hub
    #[arg(long, env = "MOCK_HUB_TOKEN", hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub token: Option<String>,
    /// The organization: its id, or in a world the external id of its customer; needed where there are several
    #[arg(long, value_name = "ID")]
    pub org: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Behavior {
    /// TRUE adds, FALSE changes nothing
    AddServicesOnly,
    /// TRUE adds, FALSE removes
    AddAndRemoveServices,
}

impl From<Behavior> for ImportBehavior {
    fn from(behavior: Behavior) -> Self {
        match behavior {
            Behavior::AddServicesOnly => ImportBehavior::AddServicesOnly,
            Behavior::AddAndRemoveServices => ImportBehavior::AddAndRemoveServices,
        }
    }
}
