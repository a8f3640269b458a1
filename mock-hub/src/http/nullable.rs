//! Fields of bodies where a null is not the same as nothing.
//!
//! Elsewhere a null counts as absent. Here a client says something by it, or a documented field has to be there though
//! there is a client that knows nothing to put in.

use serde::{Deserialize, Deserializer};

/// Reads a field that has to be there and may be null.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(reader)
}

/// Reads a field that a null empties: none = it is not there. Wants `default` beside it.
pub fn emptied<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    reader: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        #[serde(deserialize_with = "present")]
        wanted: Option<u8>,
        #[serde(default, deserialize_with = "emptied")]
        kept: Option<Option<u8>>,
    }

    #[test]
    fn a_null_is_told_from_nothing() {
        let read = |text| serde_json::from_str::<Fields>(text).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"wanted":null}"#), Ok(Fields { wanted: None, kept: None }));
        assert_eq!(read(r#"{"wanted":1,"kept":null}"#), Ok(Fields { wanted: Some(1), kept: Some(None) }));
        assert!(read(r#"{"kept":2}"#).unwrap_err().starts_with("missing field `wanted`"));
    }
}
