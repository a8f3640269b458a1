//! The form of a file: its encoding and what stands between its cells, as far as they are certain.

use std::borrow::Cow;

use super::columns::Layout;
use super::parse::BYTE_ORDER_MARK;
use crate::bulk::columns::KEY_HEADER;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// UTF-8, or another encoding that writes ASCII as it does.
    Utf8 { delimiter: u8 },
    /// UTF-16 with a byte-order mark.
    Utf16 { is_little_endian: bool, delimiter: u8 },
}

/// An encoding that is certain, though not the one that files have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16 with a byte-order mark.
    Utf16,
    /// The 8-bit encoding of Windows in Western Europe and the Americas.
    Windows1252,
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf16 => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// How much of a file may be its header.
const HEADER_MAX: usize = 64 * 1024;

impl Form {
    /// The form of a file that begins so.
    pub(super) fn of(beginning: &[u8]) -> Self {
        let beginning = &beginning[..beginning.len().min(HEADER_MAX)];
        let is_little_endian = match beginning {
            [0xff, 0xfe, ..] => true,
            [0xfe, 0xff, ..] => false,
            _ => return Form::Utf8 { delimiter: delimiter_of(&String::from_utf8_lossy(beginning)) },
        };
        let delimiter = delimiter_of(&of_utf16(beginning, is_little_endian));
        Form::Utf16 { is_little_endian, delimiter }
    }

    pub(super) fn delimiter(self) -> u8 {
        match self {
            Form::Utf8 { delimiter } | Form::Utf16 { delimiter, .. } => delimiter,
        }
    }

    pub(super) fn is_little_endian(self) -> bool {
        matches!(self, Form::Utf16 { is_little_endian: true, .. })
    }
}

/// The text of a file, and the encoding if it is not UTF-8. None where the encoding is not certain.
pub(super) fn decode(file: &[u8]) -> Option<(Cow<'_, str>, Option<Encoding>)> {
    if let Ok(text) = std::str::from_utf8(file) {
        return Some((Cow::Borrowed(text), None));
    }
    if let [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] = file {
        let text = of_utf16(rest, file[0] == 0xff);
        let is_text = rest.len().is_multiple_of(2) && !text.contains([char::REPLACEMENT_CHARACTER, '\0']);
        return is_text.then(|| (text.into(), Some(Encoding::Utf16)));
    }
    // Where all is certain, Windows-1252 and Unicode have the same numbers.
    is_windows_1252(file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file))
        .then(|| (file.iter().map(|byte| char::from(*byte)).collect(), Some(Encoding::Windows1252)))
}

fn of_utf16(bytes: &[u8], is_little_endian: bool) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match is_little_endian {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    });
    char::decode_utf16(units).map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether bytes can only be Windows-1252: all letters beyond ASCII have the same byte in Windows-1250, its neighbour in
/// the east, and stand alone or in pairs, as those of other alphabets do not. The ñ is a ń there, but no ń comes
/// before a vowel.
fn is_windows_1252(bytes: &[u8]) -> bool {
    const SHARED: &[u8] = b"\xc1\xc2\xc4\xc7\xc9\xcb\xcd\xce\xd3\xd4\xd6\xda\xdc\xdd\xdf\xe1\xe2\xe4\xe7\xe9\xeb\xed\xee\xf3\xf4\xf6\xfa\xfc\xfd";
    const VOWELS: &[u8] = b"aeiouAEIOU\xe1\xe9\xed\xf3\xfa\xc1\xc9\xcd\xd3\xda";
    let is_certain = |index: usize| match bytes[index] {
        0xd1 | 0xf1 => bytes.get(index + 1).is_some_and(|next| VOWELS.contains(next)),
        byte => byte.is_ascii() || SHARED.contains(&byte),
    };
    let mut words = bytes.chunk_by(|one, other| one.is_ascii() == other.is_ascii());
    (0..bytes.len()).all(is_certain) && words.all(|word| word[0].is_ascii() || word.len() <= 2)
}

/// What stands between the cells: the sign that parts the header so that the key column is among them, else a comma.
pub(super) fn delimiter_of(text: &str) -> u8 {
    let layout = Layout::of_any_organization();
    let is_key = |name: &str| {
        let name = name.trim().trim_start_matches('\u{feff}').trim();
        name == KEY_HEADER || layout.similar(name).as_deref() == Some(KEY_HEADER)
    };
    let finds_key = |delimiter: &u8| {
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.has_headers(false).delimiter(*delimiter).from_reader(text.as_bytes());
        let mut header = csv::StringRecord::new();
        // A text that was cut may end within a character: then nothing is found.
        reader.read_record(&mut header).is_ok_and(|_| header.iter().any(is_key))
    };
    [b',', b';', b'\t'].into_iter().find(finds_key).unwrap_or(b',')
}
