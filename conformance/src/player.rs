//! A client that is started when it is wanted, and again after its adapter failed.

use crate::Limits;
use crate::client::{Client, Failure, Source};

/// One seat at the table: whoever sits there comes from the same source.
#[derive(Debug)]
pub(crate) struct Player<'s> {
    source: &'s Source,
    limits: Limits,
    client: Option<Client>,
}

impl<'s> Player<'s> {
    /// Somebody from this source, or `client`, who comes from there and is here already.
    pub(crate) fn of(source: &'s Source, limits: Limits, client: Option<Client>) -> Self {
        Player { source, limits, client }
    }

    /// The client, started if need be.
    pub(crate) fn ready(&mut self) -> Result<&mut Client, Failure> {
        let client = match self.client.take() {
            Some(client) => client,
            None => Client::start(self.source, self.limits)?,
        };
        Ok(self.client.insert(client))
    }

    /// The client is of no use any more.
    pub(crate) fn is_lost(&mut self) {
        self.client = None;
    }

    /// Ends the adapter, if one runs.
    pub(crate) fn end(self) -> Result<(), Failure> {
        self.client.map_or(Ok(()), Client::end)
    }
}
