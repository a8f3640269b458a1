//! Tables of text as CSV files.

/// The rows of a file below its header, in CSV with quotes where they are needed.
pub fn csv<R>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("memory takes every record");
    for row in rows {
        writer.write_record(row).expect("each row has as many cells as the header");
    }
    writer.into_inner().expect("memory takes every record")
}
