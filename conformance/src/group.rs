//! What the suite starts: a process and whatever it starts in its turn, which end together.
//!
//! An adapter is often a shell that starts the program, and killed alone it would leave that behind. So each has a
//! process group of its own. That takes them out of the suite's group, so that nobody ends them where a signal ends the
//! suite: it has to do so itself, which is why all groups are known in one place. On systems without groups it is the
//! process alone.

use std::collections::BTreeSet;
use std::io;
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The groups that run, by the process that leads each. Signals are of a whole program, and so is this.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// A process with all that it starts; ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Child,
}

impl Group {
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut running = running();
        let leader = command.spawn()?;
        running.insert(leader.id());
        Ok(Group { leader })
    }

    pub(crate) fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // What has ended by itself cannot be ended any more, which is as good. The leader is waited for last: until then nobody
        // else can have its number.
        end(self.leader.id());
        let _ = self.leader.kill();
        let _ = self.leader.wait();
        running().remove(&self.leader.id());
    }
}

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn end(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(leader) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(leader, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end(_leader: u32) {}

/// From now on, a signal that ends this program ends what it has started, too.
#[cfg(unix)]
pub fn end_with_this_program() -> io::Result<()> {
    use std::thread;

    use tokio::runtime::Builder;
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = Builder::new_current_thread().enable_io().build()?;
    let (mut hang_up, mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    thread::spawn(move || {
        let number = runtime.block_on(async {
            tokio::select! {
                _ = hang_up.recv() => SignalKind::hangup(),
                _ = interrupt.recv() => SignalKind::interrupt(),
                _ = terminate.recv() => SignalKind::terminate(),
            }
        });
        // Held to the end, so that nothing is started any more.
        let running = running();
        running.iter().for_each(|leader| end(*leader));
        std::process::exit(128 + number.as_raw_value());
    });
    Ok(())
}

/// Where there are no such signals, there is nothing to do.
#[cfg(not(unix))]
pub fn end_with_this_program() -> io::Result<()> {
    Ok(())
}
