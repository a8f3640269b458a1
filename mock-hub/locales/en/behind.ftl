# Behind the scenes: requests, sandboxes, clock, faults, rules.

search = Search
cancel = Cancel
copied = Copied

requests-lead = What clients asked of this sandbox and what they were told, newest first. Looking at pages is not listed, what forms do is.
requests-none = Nothing has been asked of this sandbox yet. Point a client at the API.
requests-follow = Follow live
requests-stand-still = Stand still
requests-clear = Forget these requests
request-number = Number
request-time = Time
request-method = Method
request-path = Path
request-query = Query
request-status = Status
request-rule = Rule
request-caller = Caller
request-changed = What it changed
request-changed-nothing = It changed nothing.
request-entry = entry { $entry }
request-entry-said = { $count ->
    [one] Journal entry { $entry }, { $operation }: 1 record.
   *[other] Journal entry { $entry }, { $operation }: { $count } records.
}
request-more-changes = { $count ->
    [one] 1 more record
   *[other] { $count } more records
}
request-tracking-id = Tracking id
request-duration = Took
request-head = Last journal entry then
request-body = Body of the request
request-answer = Body of the answer
request-body-cut = Of { $length } bytes only the first { $kept } are in the log.
request-again = Once more
record-added = { $kind } added
record-removed = { $kind } removed
record-changed = { $kind } changed
record-before = Before
record-after = After
copy-as-curl = Copy as curl
curl-cut = The log has only the beginning of the body, so this command sends less than was sent.
curl-not = It is the form of a page, which only the browser that got it can send. Do the same in the page, or by the API.
export-as-case = Export as conformance case
export-as-case-not = This cannot be a conformance case: cases speak of what a client does, and none does this.
export-as-case-cut = This cannot be a conformance case: the log has only the beginning of the body.
fork-here = Fork here
fork-here-lead = A new sandbox that begins where this request left this one, at journal entry { $seq }.

sandboxes-lead = Each sandbox is a hub of its own, with its records, clock, tokens and log. A fork takes no time, whatever its size.
sandbox-new = Make a sandbox
sandbox-name = Name
sandbox-name-hint = Letters, digits and dashes. Without one it gets the first free name.
sandbox-world = Starts from
sandbox-fork-of = A fork of { $name }
sandbox-at = At
sandbox-at-hint = Of a fork: a snapshot, or the number of a journal entry; without one, its present.
sandbox-clock = Clock
sandbox-head = Last journal entry
sandbox-origin = Forked from
sandbox-pages = Pages
sandbox-api = API
sandbox-snapshots = Snapshots
sandbox-back = Go back
sandbox-reset = Reset
sandbox-reset-lead = A reset takes records and clock back to the starting point. Snapshots and tokens stay.
sandbox-delete = Delete
sandbox-delete-title = Delete the sandbox { $name }?
sandbox-delete-lead = Its records, snapshots, tokens and log go for good.
snapshots-none = None yet. A snapshot is a point to return to.
snapshot-name = Name of a new snapshot
snapshot-take = Take a snapshot
snapshot-restore = Go back to it

clock-lead = What takes time in the hub follows from this clock: provisioning, imports, reports, tokens.
clock-is-frozen = It stands still.
clock-is-running = It runs.
clock-ahead = Put it forward
clock-1-second = 1 second
clock-1-minute = 1 minute
clock-1-hour = 1 hour
clock-1-day = 1 day
clock-30-days = 30 days
clock-seconds = Seconds
clock-advance = Put it forward
clock-set = Set it
clock-time = Time
clock-time-hint = As in RFC 3339, such as 2026-03-01T12:00:00Z. Without one: from the present.
clock-freeze = Let it stand still
clock-run = Let it run

rules-lead = Every behaviour of the hub is a rule, with its source and how sure we are of it. A refusal cites exactly one.
rules-search = Id, sentence, source or evidence
rules-none = No rule has that.
rules-all = All rules

done-requests-cleared = The requests are forgotten.
done-sandbox-made = The sandbox is there.
done-sandbox-reset = The sandbox is back at its starting point.
done-sandbox-deleted = The sandbox is gone.
done-snapshot-taken = The snapshot is taken.
done-snapshot-restored = The sandbox is back at the snapshot.
done-clock-advanced = The clock was put forward.
done-clock-set = The clock was set.

faults-lead = What is to go wrong: refusals, lost answers, slow ones, and what goes wrong in the background. The same script, seed and requests make the same faults. docs/faults.md explains each.
faults-none = Nothing goes wrong on purpose.
faults-in-force = In force
faults-script = Script
faults-script-label = Entries, as a JSON list
faults-script-hint = Each is match, effect, after, times, probability; only the effect is needed.
faults-put = Put it in force
faults-clear = Let nothing go wrong
faults-examples = Add an example
fault-number = Number
fault-entry = Entry
fault-met = Fitted
fault-applied = Applied
fault-example-limit = Limit the rate
fault-example-refused = Refuse once, to be tried again
fault-example-lost = Lose an answer
fault-example-gateway = Let a gateway answer 504
fault-example-twice = Deliver a request twice
fault-example-slow = Answer slowly
fault-example-stuck = Let a package get stuck
fault-example-provisioning = Let provisioning fail
done-faults-put = The script is in force.
