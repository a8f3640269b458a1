//! Where adapters dial in that somebody else starts, in a debugger, say.
//!
//! The first may take as long as a person needs. One that is to come again, after a case in which it failed, is not
//! waited for without an end, because nobody may be there to start it.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Broken;

/// How long an adapter that was there already may take to come again.
const PATIENCE: Duration = Duration::from_secs(60);

/// A listening socket, and whether an adapter came in by it.
#[derive(Debug, Clone)]
pub struct Door {
    listener: Arc<TcpListener>,
    was_used: Arc<AtomicBool>,
}

impl From<TcpListener> for Door {
    fn from(listener: TcpListener) -> Self {
        Door { listener: listener.into(), was_used: Arc::default() }
    }
}

impl Door {
    /// The next connection.
    pub(super) fn wait(&self) -> Result<TcpStream, Broken> {
        if !self.was_used.swap(true, Ordering::Relaxed) {
            return self.listener.accept().map(|(connection, _)| connection).map_err(Broken::Unreachable);
        }
        self.wait_again(PATIENCE)
    }

    fn wait_again(&self, patience: Duration) -> Result<TcpStream, Broken> {
        let address = self.listener.local_addr().map_err(Broken::Unreachable)?;
        eprintln!("waiting {patience:?} for the adapter to dial in again at {address}");
        self.listener.set_nonblocking(true).map_err(Broken::Unreachable)?;
        let start = Instant::now();
        loop {
            match self.listener.accept() {
                Ok((connection, _)) => {
                    connection.set_nonblocking(false).map_err(Broken::Unreachable)?;
                    return Ok(connection);
                }
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => {
                    return Err(Broken::Unreachable(error));
                }
                Err(_) if start.elapsed() >= patience => return Err(Broken::StayedAway(patience)),
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adapter_that_does_not_come_again_is_given_up() {
        let door = Door::from(TcpListener::bind("127.0.0.1:0").expect("a port is free"));
        let address = door.listener.local_addr().expect("it listens");
        let _first = TcpStream::connect(address).expect("it listens");
        assert!(door.wait().is_ok());
        let stayed_away = door.wait_again(Duration::from_millis(30));
        assert!(matches!(stayed_away, Err(Broken::StayedAway(_))), "{stayed_away:?}");
        let _second = TcpStream::connect(address).expect("it listens");
        assert!(door.wait().is_ok());
    }
}
