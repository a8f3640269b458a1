//! Zip files of one entry, as clients download reports.

use std::io::Write;

/// A zip file with this content under a name, as it is.
pub fn of_one(name: &str, content: &[u8]) -> Vec<u8> {
    write(name, content).expect("memory takes what is written")
}

fn write(name: &str, content: &[u8]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    let stored = archive.new_file(name).compression_method(rawzip::CompressionMethod::STORE);
    let (mut entry, config) = stored.start()?;
    let mut writer = config.wrap(&mut entry);
    writer.write_all(content)?;
    let (_, descriptor) = writer.finish()?;
    entry.finish(descriptor)?;
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_entry_is_read_back_rep_007() {
        let file = of_one("report.csv", b"\xEF\xBB\xBFa,b\r\n");
        let archive = rawzip::ZipArchive::from_slice(&file).unwrap();
        let entry = archive.entries().next_entry().unwrap().unwrap();
        assert_eq!(entry.file_path().try_normalize().unwrap().as_ref(), "report.csv");
        let content = archive.get_entry(entry.wayfinder()).unwrap();
        assert_eq!(content.data(), b"\xEF\xBB\xBFa,b\r\n");
    }
}
