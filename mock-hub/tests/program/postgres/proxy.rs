//! What stands between a hub and its database and loses answers: the database does what it is asked, and nobody hears of it.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

/// Which answers get lost.
#[derive(Debug, Clone)]
pub(super) enum Loss {
    None,
    /// Those to so many questions that have this text in them, and whatever comes after them on the same connection.
    Of(&'static str, u32),
    /// Those to what comes after the next question with this text, on the same connection.
    After(&'static str),
    /// Those to the next question with this text, and all answers from then on.
    From(&'static str),
    All,
}

/// A socket that leads to another one.
pub(super) struct Proxy {
    folder: TempDir,
    loss: Arc<Mutex<Loss>>,
}

impl Proxy {
    /// Leads to the socket in a folder, as long as the test runs.
    pub(super) fn to(server: PathBuf) -> Self {
        let proxy = Proxy { folder: tempfile::tempdir().unwrap(), loss: Arc::new(Mutex::new(Loss::None)) };
        let listener = UnixListener::bind(proxy.folder.path().join(SOCKET)).unwrap();
        let loss = proxy.loss.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if let Ok(server) = UnixStream::connect(server.join(SOCKET)) {
                    pass(&client, &server, &loss);
                }
            }
        });
        proxy
    }

    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.path().display())
    }

    pub(super) fn lose(&self, loss: Loss) {
        *self.loss.lock().unwrap() = loss;
    }

    /// Whether all answers are lost that were to be.
    pub(super) fn has_lost(&self) -> bool {
        matches!(*self.loss.lock().unwrap(), Loss::None | Loss::All | Loss::Of(_, 0))
    }
}

const SOCKET: &str = ".s.PGSQL.5432";
/// More than a question is long.
const LONG: usize = 1 << 20;

fn pass(client: &UnixStream, server: &UnixStream, loss: &Arc<Mutex<Loss>>) {
    // How many more answers there are on this connection, where it does not have them all.
    let left = Arc::new(Mutex::new(None));
    let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let (left_then, wanted) = (left.clone(), loss.clone());
    thread::spawn(move || {
        copy(&from, &to, |question| {
            if let Some(answers) = wanted.lock().unwrap().leaves(question) {
                *left_then.lock().unwrap() = Some(answers);
            }
            true
        });
    });
    let (from, to, wanted) = (server.try_clone().unwrap(), client.try_clone().unwrap(), loss.clone());
    thread::spawn(move || copy(&from, &to, |_| !wanted.lock().unwrap().is_all() && is_one_more(&left)));
}

fn is_one_more(left: &Mutex<Option<u32>>) -> bool {
    match &mut *left.lock().unwrap() {
        None => true,
        Some(0) => false,
        Some(left) => {
            *left -= 1;
            true
        }
    }
}

impl Loss {
    fn is_all(&self) -> bool {
        matches!(self, Loss::All)
    }

    /// How many answers there are on a connection from this question on, where not all of them.
    fn leaves(&mut self, question: &[u8]) -> Option<u32> {
        let is_in = |text: &str| question.windows(text.len()).any(|part| part == text.as_bytes());
        match self {
            Loss::Of(text, left) if *left > 0 && is_in(text) => *left -= 1,
            Loss::From(text) if is_in(text) => *self = Loss::All,
            Loss::After(text) if is_in(text) => {
                *self = Loss::None;
                return Some(1);
            }
            _ => return None,
        }
        Some(0)
    }
}

/// Copies what `wants` wants until either end is closed.
fn copy(mut from: &UnixStream, mut to: &UnixStream, mut wants: impl FnMut(&[u8]) -> bool) {
    let mut buffer = vec![0; LONG];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if wants(&buffer[..length]) && to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}
