//! World files: `{"version":1,"records":[...]}`, as the control API exports and the command line reads them.

use hub_core::{Record, World};
use serde::{Deserialize, Serialize};

use crate::http::body::in_words_of_json;

const VERSION: u32 = 1;

/// A world on its way out or in.
#[derive(Debug, Serialize, Deserialize)]
pub struct WorldFile {
    version: u32,
    records: Vec<Record>,
}

/// What keeps a file from being a world; each sentence says where.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct WorldFault(pub Vec<String>);

impl WorldFile {
    /// The file of a world.
    pub fn of(world: &World) -> Self {
        WorldFile { version: VERSION, records: world.records().collect() }
    }

    /// Reads a file; the fault names the field, line and column.
    pub fn parse(text: &[u8]) -> Result<Self, WorldFault> {
        let mut reader = serde_json::Deserializer::from_slice(text);
        let file: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| WorldFault(vec![in_words_of_json(&error.to_string())]))?;
        reader.end().map_err(|error| WorldFault(vec![error.to_string()]))?;
        Ok(file)
    }

    /// The world, once its records are seen to fit together.
    pub fn into_world(self) -> Result<World, WorldFault> {
        if self.version != VERSION {
            let found = self.version;
            return Err(WorldFault(vec![format!(
                "version {found} of the file is not known, only {VERSION} is"
            )]));
        }
        let count = self.records.len();
        let world = World::of(self.records);
        world.check().map_err(WorldFault)?;
        let kept = world.records().count();
        if kept != count {
            let doubles = count - kept;
            return Err(WorldFault(vec![format!("{doubles} records have the key of another record")]));
        }
        Ok(world)
    }
}

#[cfg(test)]
mod tests {
    use hub_core::demo::{demo, empty};

    use super::*;

    #[test]
    fn a_world_is_read_back_as_it_was_written() {
        for world in [demo(), empty()] {
            let text = serde_json::to_vec(&WorldFile::of(&world)).unwrap();
            assert!(WorldFile::parse(&text).unwrap().into_world().unwrap() == world);
        }
    }

    #[test]
    fn faults_say_where_they_are() {
        let fault = WorldFile::parse(b"{\"version\": 1,\n \"records\": [{}]}").unwrap_err();
        insta::assert_snapshot!(fault, @"records[0]: expected value at line 2 column 15");
        let fault = WorldFile::parse(br#"{"version": 1, "records": []} ]"#).unwrap_err();
        insta::assert_snapshot!(fault, @"trailing characters at line 1 column 31");
        let fault = WorldFile::parse(br#"{"version": 2, "records": []}"#).unwrap().into_world().unwrap_err();
        assert_eq!(fault.to_string(), "version 2 of the file is not known, only 1 is");
    }
}
