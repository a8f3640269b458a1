//! The error file of a task: the refused rows as they were uploaded, and behind them what was wrong.
//!
//! It is a file that can be corrected and uploaded as it is: the columns of the upload come first, the columns behind
//! them are ignored (CSV-039). A task of an early journal did not keep its cells; its rows have the address only.

use super::columns::{Column, ErrorColumn, KEY_HEADER, Layout};
use super::export::Writer;
use crate::record::{RowFailure, Task};

/// The refused rows of a task.
pub fn errors_csv(task: &Task) -> Vec<u8> {
    let header: Vec<&str> = match &*task.header {
        [] => vec![KEY_HEADER],
        header => header.iter().map(|name| &**name).collect(),
    };
    let own: Vec<usize> = (0..header.len()).filter(|position| !is_of_errors(header[*position])).collect();
    let mut writer = Writer::new();
    let of_errors = Layout::of_errors().map(|(_, name)| name);
    writer.row(own.iter().map(|position| header[*position]).chain(of_errors));
    for failure in &task.failures {
        let cells = cells_of(failure, &header);
        let row = failure.row.to_string();
        let of_errors = Layout::of_errors().map(|(column, _)| match column {
            ErrorColumn::Row => row.as_str(),
            ErrorColumn::Column => failure.column.as_deref().unwrap_or_default(),
            ErrorColumn::Rule => &failure.rule,
            ErrorColumn::Message => &failure.message,
        });
        writer.row(own.iter().map(|position| cells[*position].as_str()).chain(of_errors));
    }
    writer.finish()
}

/// The cells of a row under their header.
///
/// Nobody can say which cell of a row of the wrong length belongs where. Such a row stands in its key cell as it was
/// written, which is no address, so that it is refused again until somebody has parted it.
fn cells_of(failure: &RowFailure, header: &[&str]) -> Vec<String> {
    if failure.cells.len() == header.len() {
        return failure.cells.iter().map(ToString::to_string).collect();
    }
    let as_written = match &*failure.cells {
        [] => failure.email.to_string(),
        cells => {
            let mut writer = Writer::new();
            writer.row(cells.iter().map(|cell| cell.as_bytes()));
            String::from_utf8_lossy(&writer.finish()).trim_end().to_owned()
        }
    };
    let key = |name: &&str| if name.trim() == KEY_HEADER { as_written.clone() } else { String::new() };
    header.iter().map(key).collect()
}

fn is_of_errors(header: &str) -> bool {
    matches!(Layout::of_any_organization().find(header.trim()), Some((Column::Error(_), _)))
}
