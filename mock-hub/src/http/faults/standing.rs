//! A script in force: its entries with how often each was met and applied.
//!
//! Counts are kept in memory and belong to one process. They start anew with each script, and follow from the requests
//! alone: chance is drawn from the seed of the sandbox, the number of the entry and how often it was met.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hub_core::record::Fault;
use hub_core::{Email, Ending, Outcome, Package, ProvisioningEnd, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::matching::{Looked, Matcher, Operations};
use super::script::{Effect, Entry, PackageStuck, Provisioning, ProvisioningOutcome, RateLimit, ScriptFault};

/// What a subscriber or customer whose provisioning fails says of it, unless the script has words of its own.
const WENT_WRONG: &str = "Provisioning failed. Contact support if the problem persists.";

/// The script of one sandbox.
#[derive(Debug)]
pub(super) struct Standing {
    /// As the sandbox keeps it.
    written: Arc<[Value]>,
    pub(super) entries: Vec<InForce>,
}

impl Standing {
    /// Reads and checks a script.
    pub(super) fn of(written: Arc<[Value]>, seed: u16, operations: &Operations) -> Result<Self, ScriptFault> {
        let numbered = (1..).zip(written.iter());
        let entries = numbered.map(|(number, entry)| InForce::of(number, entry, seed, operations));
        let entries = entries.collect::<Result<_, _>>()?;
        Ok(Standing { written, entries })
    }

    /// Whether this is the script that a sandbox keeps, and not another like it.
    pub(super) fn is_of(&self, written: &Arc<[Value]>) -> bool {
        Arc::ptr_eq(&self.written, written)
    }
}

/// One entry of it.
#[derive(Debug)]
pub(super) struct InForce {
    pub(super) number: usize,
    pub(super) entry: Entry,
    on: Matcher,
    /// What goes wrong in the background.
    background: Option<(Ending, Fault)>,
    seed: u16,
    count: Mutex<Count>,
}

/// How often an entry was met and applied.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) met: u64,
    pub(super) applied: u64,
    window: Window,
}

/// The time in which requests are counted for a rate.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    start: Option<Timestamp>,
    requests: u64,
}

impl InForce {
    fn of(number: usize, written: &Value, seed: u16, operations: &Operations) -> Result<Self, ScriptFault> {
        let entry = Entry::read(number, written)?;
        let on = Matcher::of(number, &entry.on, operations)?;
        let background = background(&entry.effect);
        Ok(InForce { number, entry, on, background, seed, count: Mutex::default() })
    }

    pub(super) fn fits(&self, request: &Looked<'_>) -> bool {
        self.on.fits(request)
    }

    pub(super) fn count(&self) -> Count {
        *self.counting()
    }

    fn counting(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request that it fits, and says whether it is applied to it. One within a rate is let pass.
    pub(super) fn takes(&self, now: Timestamp) -> bool {
        let mut count = self.counting();
        let is_let_pass = !self.is_next(&count) || self.is_within_rate(&mut count.window, now);
        count.met += 1;
        count.applied += u64::from(!is_let_pass);
        !is_let_pass
    }

    /// Whether it is applied to the next that it fits.
    fn is_next(&self, count: &Count) -> bool {
        let chance = self.entry.probability.unwrap_or(1.0);
        count.met >= self.entry.after.unwrap_or(0)
            && count.applied < self.entry.most_times()
            && drawn(self.seed, self.number, count.met) < chance
    }

    fn is_within_rate(&self, window: &mut Window, now: Timestamp) -> bool {
        let Effect::RateLimit(RateLimit { limit, .. }) = self.entry.effect else { return false };
        if self.seconds_left(window, now).is_none() {
            *window = Window { start: Some(now), requests: 0 };
        }
        window.requests = window.requests.saturating_add(1);
        window.requests <= limit
    }

    /// How long a window goes on, unless it is over. One that begins later than now is one of a clock that was set back.
    fn seconds_left(&self, window: &Window, now: Timestamp) -> Option<f64> {
        let Effect::RateLimit(RateLimit { per, .. }) = self.entry.effect else { return None };
        let gone = now.as_millis() - window.start.filter(|start| *start <= now)?.as_millis();
        #[expect(clippy::cast_precision_loss, reason = "a sandbox clock has far fewer milliseconds")]
        let left = per - gone as f64 / 1000.0;
        (left > 0.0).then_some(left)
    }

    /// The whole seconds after which a rate lets requests pass again, at least one.
    pub(super) fn retry_after_s(&self, now: Timestamp) -> u32 {
        let left = self.seconds_left(&self.counting().window, now).unwrap_or(0.0).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "such a cast keeps within bounds"
        )]
        let left = left as u32;
        left.max(1)
    }

    /// Whether it works in the background and not on the answer.
    pub(super) fn is_of_background(&self) -> bool {
        self.background.is_some()
    }

    /// What an operation is to do that may meet it next; what it meets is told by place.
    pub(super) fn outcome(&self, place: usize) -> Option<Outcome> {
        let (ending, fault) = self.background.clone()?;
        Some(Outcome { number: place, is_passed_over: !self.is_next(&self.counting()), ending, fault })
    }

    /// Counts that an operation met it; says whether it was applied.
    pub(super) fn meet(&self) -> bool {
        let mut count = self.counting();
        let is_applied = self.is_next(&count);
        count.met += 1;
        count.applied += u64::from(is_applied);
        is_applied
    }

    /// Takes that back, because the operation came to nothing.
    pub(super) fn take_back(&self, was_applied: bool) {
        let mut count = self.counting();
        count.met = count.met.saturating_sub(1);
        count.applied = count.applied.saturating_sub(u64::from(was_applied));
    }
}

/// A number from 0 to 1, the same each time.
fn drawn(seed: u16, number: usize, met: u64) -> f64 {
    let hash = Uuid::new_v5(&Uuid::from_u128(seed.into()), format!("fault {number} {met}").as_bytes());
    // The first bits, which are not those of the version.
    let bits = hash.as_fields().0;
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

/// What a checked entry lets go wrong in the background.
fn background(effect: &Effect) -> Option<(Ending, Fault)> {
    let fault = |code: Option<u32>, message: &Option<String>| Fault {
        code,
        description: message.as_deref().unwrap_or(WENT_WRONG).into(),
    };
    match effect {
        Effect::Provisioning(Provisioning { outcome, package, error_code, message }) => {
            let package = package.as_deref().and_then(|package| Package::parse(package).ok());
            let end = match outcome {
                ProvisioningOutcome::Error => ProvisioningEnd::Error,
                ProvisioningOutcome::ProvisionedWithErrors => ProvisioningEnd::ProvisionedWithErrors,
                ProvisioningOutcome::PendingRplReview => ProvisioningEnd::PendingReview,
                ProvisioningOutcome::Stuck => ProvisioningEnd::Stuck,
            };
            Some((Ending::Provisioning(end, package), fault(*error_code, message)))
        }
        Effect::PackageStuck(PackageStuck { email, error_code, message }) => {
            let email = Email::parse(email).ok()?;
            Some((Ending::PackageStuck(email), fault(*error_code, message)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_even_and_the_same_for_the_same_seed() {
        let draws = |seed: u16| (0..10_000).map(|met| drawn(seed, 1, met)).collect::<Vec<_>>();
        assert!(draws(7) == draws(7) && draws(7) != draws(8));
        assert_ne!(drawn(7, 1, 0), drawn(7, 2, 0));
        let taken = draws(7).iter().filter(|draw| **draw < 0.3).count();
        assert!((2_850..3_150).contains(&taken), "{taken}");
        assert!(draws(7).iter().all(|draw| (0.0..1.0).contains(draw)));
    }
}
