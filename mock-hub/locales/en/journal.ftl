# `mock-hub journal`: what of a journal is whole. What SQLite, PostgreSQL or the system say stays in their words, and so does why records do not fit.

journal-is-there = { $journal } is there already: name a new journal
journal-is-written = What is whole was written to { $journal }.
journal-file-is-damaged = The file is damaged ({ $complaint }). { $rows ->
    [one] 1 row could
   *[other] { $rows } rows could
 } be read; entries that are missing at the end of a sandbox cannot be told of.
journal-sandbox-is-whole = { $sandbox }: whole, { $whole ->
    [one] 1 entry
   *[other] { $whole } entries
 }
journal-sandbox-is-cut = { $sandbox }: whole up to entry { $whole }; entry { $seq } is damaged ({ $why }), { $lost ->
    [one] 1 entry from there on is lost
   *[other] { $lost } entries from there on are lost
 }
journal-sandbox-is-lost = { $sandbox }: lost; entry { $seq } is damaged ({ $why }), { $lost ->
    [one] 1 entry is lost
   *[other] { $lost } entries are lost
 }
journal-sandbox-does-not-fit = { $sandbox }: each of { $whole ->
    [one] 1 entry
   *[other] { $whole } entries
 } can be read, but the records do not fit together: { $why }
journal-sandbox-is-misled = { $sandbox }: { $whole ->
    [one] 1 entry is
   *[other] { $whole } entries are
} whole, but the checkpoint beside them leads to something else: `mock-hub journal recover` leaves it behind
journal-sum = Sandboxes: { $whole } whole, { $damaged } damaged, { $lost } lost.

flaw-broken = its text is broken at character { $column }
flaw-unreadable = it is no entry that this version can read, from character { $column } on
flaw-lost = it was lost with a part of the file
flaw-displaced = entry { $found } stands in its place
flaw-misnumbered = it says that it is entry { $said }
flaw-misnamed = it is kept under the id of another entry
flaw-starts-nothing = it does not start the sandbox
flaw-starts-again = it starts a sandbox that has started
flaw-no-snapshot = it goes back to snapshot `{ $snapshot }`, which was not taken
flaw-fork-of-lost = it is a fork of `{ $parent }` after entry { $seq }, which is lost

journal-not-opened = the journal { $journal } cannot be opened ({ $why }): { $advice }
journal-format-is-unknown = the journal has format { $found }, this version reads format { $known }: use a newer version
journal-address = the journal's address cannot be used: { $why }
journal-unavailable = the journal is not available { $doing } ({ $why }): nothing was changed, try again
journal-let-it-write = the hub has to write to the file and to its folder
journal-make-its-folder = its folder has to be there, and the hub has to write to it
journal-see-the-disk = see whether its disk is full or failing
journal-recover = `mock-hub journal check` tells what of it is whole, `mock-hub journal recover` keeps that
journal-restore = restore it from a copy, or name another file
journal-name-a-file = name the file of a journal
journal-name-a-database = name the database of a journal
