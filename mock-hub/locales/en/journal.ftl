# `mock-hub journal`: what of a journal is whole. Why an entry is damaged is said in English.

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
