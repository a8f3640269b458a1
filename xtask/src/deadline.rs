//! Programs that have to end in time, and in success.
//!
//! What CI starts besides cargo may hang on a network or on a bug of ours; a limit turns that into a failure that says
//! which program it was.

use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Runs a program to its end; fails where it fails, or has not ended within `limit`.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    match ended_within(command, limit)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("{} ended with {status}", line(command)),
        None => bail!("{} did not end within {} s", line(command), limit.as_secs()),
    }
}

/// Runs a program and says how it ended; nothing where it was killed, because it had not within `limit`.
pub fn ended_within(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().with_context(|| format!("cannot run {name}"))?;
    let ended = wait(&mut child, limit).with_context(|| format!("cannot wait for {name}"))?;
    if ended.is_none() {
        child.kill().ok();
        child.wait().ok();
    }
    Ok(ended)
}

fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        sleep(LOOK_AGAIN);
    }
    Ok(None)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(script: &str, limit: Duration) -> Result<()> {
        run_within(Command::new("sh").args(["-c", script]), limit)
    }

    #[test]
    fn a_program_that_fails_or_hangs_is_named() {
        let patient = Duration::from_secs(60);
        assert!(outcome("exit 0", patient).is_ok());
        let failed = outcome("exit 3", patient).unwrap_err().to_string();
        assert_eq!(failed, "`sh -c exit 3` ended with exit status: 3");
        let hung = outcome("read -r line < /dev/zero", Duration::ZERO).unwrap_err().to_string();
        assert_eq!(hung, "`sh -c read -r line < /dev/zero` did not end within 0 s");
    }
}
