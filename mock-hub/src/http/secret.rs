//! Secrets that are compared with what somebody sent: the time that this takes tells nothing but their length.
//!
//! Access tokens of sandboxes are not compared but looked up by a keyed hash, whose key is new in each process: how
//! long that takes says nothing that a guesser could go on from.

use subtle::ConstantTimeEq;

/// Whether a text is the secret.
pub(crate) fn is_same(sent: &str, secret: &str) -> bool {
    sent.as_bytes().ct_eq(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        assert!(is_same("secret", "secret"));
        for other in ["", "secre", "secret ", "Secret", "secreT"] {
            assert!(!is_same(other, "secret"), "{other}");
        }
    }
}
