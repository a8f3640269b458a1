//! A script in force: what its entries fit, and whether one is applied, which follows from its [`Count`].
//!
//! Chance is drawn from the seed of the sandbox, the number of the entry and how often it was met, so that a run repeats.

use std::sync::Arc;

use hub_core::record::Fault;
use hub_core::{Email, Ending, Outcome, Package, ProvisioningEnd, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::counts::{Count, Script, Window};
use super::matching::{Looked, Matcher, Operations};
use super::script::{Effect, Entry, PackageStuck, Provisioning, ProvisioningOutcome, RateLimit, ScriptFault};

/// What a subscriber or customer whose provisioning fails says of it, unless the script has words of its own.
const WENT_WRONG: &str = "Provisioning failed. Contact support if the problem persists.";

/// The script of one sandbox.
#[derive(Debug)]
pub(super) struct Standing {
    /// As the sandbox keeps it.
    written: Arc<[Value]>,
    /// Whose counts are its.
    pub(super) script: Script,
    pub(super) entries: Vec<InForce>,
}

impl Standing {
    /// A script that a sandbox keeps.
    pub(super) fn new(written: Arc<[Value]>, script: Script, entries: Vec<InForce>) -> Self {
        Standing { written, script, entries }
    }

    /// Whether any sandbox still keeps it, which another hub may have deleted.
    pub(super) fn is_in_force(&self) -> bool {
        Arc::strong_count(&self.written) > 1
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
}

/// Reads and checks the entries of a script.
pub(super) fn entries(
    written: &[Value],
    seed: u16,
    operations: &Operations,
) -> Result<Vec<InForce>, ScriptFault> {
    (1..).zip(written).map(|(number, entry)| InForce::of(number, entry, seed, operations)).collect()
}

impl InForce {
    fn of(number: usize, written: &Value, seed: u16, operations: &Operations) -> Result<Self, ScriptFault> {
        let entry = Entry::read(number, written)?;
        let on = Matcher::of(number, &entry.on, operations)?;
        let background = background(&entry.effect);
        Ok(InForce { number, entry, on, background, seed })
    }

    pub(super) fn fits(&self, request: &Looked<'_>) -> bool {
        self.on.fits(request)
    }

    /// Counts a request that it fits, and says whether it is applied to it. One within a rate is let pass.
    pub(super) fn takes(&self, count: &mut Count, now: Timestamp) -> bool {
        let is_let_pass = !self.is_next(count) || self.is_within_rate(&mut count.window, now);
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
    pub(super) fn retry_after_s(&self, count: &Count, now: Timestamp) -> u32 {
        let left = self.seconds_left(&count.window, now).unwrap_or(0.0).ceil();
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
    pub(super) fn outcome(&self, place: usize, count: &Count) -> Option<Outcome> {
        let (ending, fault) = self.background.clone()?;
        Some(Outcome { number: place, is_passed_over: !self.is_next(count), ending, fault })
    }

    /// Counts that an operation met it; says whether it was applied.
    pub(super) fn meet(&self, count: &mut Count) -> bool {
        let is_applied = self.is_next(count);
        count.met += 1;
        count.applied += u64::from(is_applied);
        is_applied
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
