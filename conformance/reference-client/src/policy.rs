//! How patient a client is, and how much it takes on: plain numbers, so that every wait can be foreseen.

use std::time::Duration;

/// What a [`Client`](crate::Client) does about faults, waits and large requests.
///
/// ```
/// use wholesale_client::Policy;
///
/// let hasty = Policy { max_attempts: 2, ..Policy::default() };
/// assert_eq!(hasty.max_users_per_request, 25);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// How often one request is sent at most, the first time included.
    pub max_attempts: u32,
    /// The longest `Retry-After` that is waited for. A longer one ends the operation with the refusal; it is never cut short.
    pub longest_retry_after: Duration,
    /// The upper bound of the first back-off. It doubles with each try; the wait is drawn between nothing and the bound.
    pub first_backoff: Duration,
    /// Where the bound of the back-off stops to double.
    pub longest_backoff: Duration,
    /// What the draws of the back-off begin with: the same seed waits the same.
    pub seed: u64,
    /// How long, in real time, one request waits for its answer.
    pub request_timeout: Duration,
    /// Whether a write without a usable answer is looked for. If not, such a write ends with the fault.
    pub recovers_lost_writes: bool,
    /// How many entries a page is asked for; none leaves it to the service.
    pub page_size: Option<u32>,
    /// How many pages of one list are read at most.
    pub max_pages: usize,
    /// How many users one request adds or claims at most; more are sent in several.
    pub max_users_per_request: usize,
    /// The first pause between two looks at something that takes its time. It doubles with each look.
    pub first_pause: Duration,
    /// Where the pause between two looks stops to double.
    pub longest_pause: Duration,
    /// How long something that takes its time is waited for in all.
    pub patience: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            max_attempts: 5,
            longest_retry_after: Duration::from_secs(300),
            first_backoff: Duration::from_millis(500),
            longest_backoff: Duration::from_secs(20),
            seed: 0,
            request_timeout: Duration::from_secs(30),
            recovers_lost_writes: true,
            page_size: None,
            max_pages: 10_000,
            max_users_per_request: 25,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(10),
            patience: Duration::from_secs(15 * 60),
        }
    }
}
