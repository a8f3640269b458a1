//! What an adapter is told, written by a thread of its own: one that does not read fills its pipe, and must not hold
//! the suite.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::Broken;

/// The way to an adapter; dropped, it is closed as soon as the line that is being written is through.
pub(super) struct Input {
    lines: SyncSender<String>,
    written: Receiver<io::Result<()>>,
}

impl Input {
    pub(super) fn of(mut pipe: impl Write + Send + 'static) -> Self {
        let (sender, lines) = sync_channel::<String>(1);
        let (done, written) = sync_channel(1);
        thread::spawn(move || {
            for line in lines {
                let result = writeln!(pipe, "{line}").and_then(|()| pipe.flush());
                if done.send(result).is_err() {
                    return;
                }
            }
        });
        Input { lines: sender, written }
    }

    /// Writes one line, if it is taken in time. After a failure no other can be written.
    pub(super) fn write(&self, line: String, limit: Duration) -> Result<(), Broken> {
        let gone = || Broken::Deaf(io::ErrorKind::BrokenPipe.into());
        self.lines.send(line).map_err(|_| gone())?;
        match self.written.recv_timeout(limit) {
            Ok(result) => result.map_err(Broken::Deaf),
            Err(RecvTimeoutError::Timeout) => Err(Broken::Full(limit)),
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
        }
    }
}
