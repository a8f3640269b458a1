//! A request of a measure: sent once by a client, or many times by the load.

/// What stands for the number of the request in its path and body; as long as any number, so that lengths stay.
pub(crate) const NUMBER: &str = "{number}";

/// A request with or without a body of JSON.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Request { method: "GET", path: path.into(), body: String::new() }
    }

    pub(crate) fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        Request { method: "POST", path: path.into(), body: body.into() }
    }

    pub(crate) fn patch(path: impl Into<String>, body: impl Into<String>) -> Self {
        Request { method: "PATCH", path: path.into(), body: body.into() }
    }

    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Request { method: "DELETE", path: path.into(), body: String::new() }
    }

    /// The request of this number.
    pub(crate) fn numbered(&self, number: u32) -> Self {
        let place = |text: &str| text.replace(NUMBER, &format!("{number:08}"));
        Request { method: self.method, path: place(&self.path), body: place(&self.body) }
    }

    /// As the script of the load reads it.
    pub(crate) fn line(&self) -> String {
        format!("{}\t{}\t{}\n", self.method, self.path, self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_room_of_its_place() {
        let request = Request::post("/s/{number}", r#"{"name":"{number}"}"#);
        let numbered = request.numbered(7);
        assert_eq!((&*numbered.path, &*numbered.body), ("/s/00000007", r#"{"name":"00000007"}"#));
        assert_eq!(numbered.body.len(), request.body.len());
        assert_eq!(numbered.line(), "POST\t/s/00000007\t{\"name\":\"00000007\"}\n");
    }
}
