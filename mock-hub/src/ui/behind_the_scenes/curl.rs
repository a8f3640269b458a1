//! A logged request as a curl command for a shell.

use crate::http::request_log::LoggedRequest;
use crate::ui::visitor::Visitor;

/// The command. Tokens are not logged, so it takes that of the caller from `$TOKEN`.
pub(super) fn command(visitor: &Visitor, request: &LoggedRequest) -> String {
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = vec![format!("curl -X {}", request.method)];
    parts.push(quoted(&visitor.url(&format!("{}{query}", request.path))));
    if request.caller.is_some() {
        parts.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    }
    if !request.request_body.is_empty() {
        let media_type = request.content_type.as_deref().unwrap_or("application/json");
        parts.push(format!("-H {}", quoted(&format!("Content-Type: {media_type}"))));
        parts.push(format!(
            "--data-binary {}",
            quoted(&String::from_utf8_lossy(&request.request_body.beginning))
        ));
    }
    parts.join(" \\\n  ")
}

/// A word of a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }
}
