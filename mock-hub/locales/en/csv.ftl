# `mock-hub csv`: a file checked, planned and corrected.

csv-file-refused = the file is refused:
csv-error = error:
csv-usage-names-no-customer = --org names no customer of the world; there are: { $names }
csv-usage-needs-customer = the world has several customers, and --org names one; there are: { $names }
csv-usage-hub-needs = --url needs --token and --org
csv-usage-not-http = `{ $url }` is not an http:// address, which is all this command speaks
csv-usage-no-plan = { $url } answered no plan: { $error }
csv-usage-output-exists = { $file } exists; --force overwrites it

plan-organization = Organization: { $name }

action-add = add
action-update = update
action-remove = remove
action-refuse = refuse
action-keep = keep
detail-deleted = deleted from the organization
detail-from-to = { $column } `{ $from }` -> `{ $to }`
detail-to = { $column } `{ $to }`
detail-gone = { $column } no longer `{ $from }`
column-package = Package
column-base-licences = Base licences

why-title = Why rows are refused
why-rows = { $count ->
    [one] 1 row: { $rows }
   *[other] { $count } rows: { $rows }
}
why-more-rows = { $rows } and { $more } more
why-source = { $evidence }: { $source }

notes-title = To know
notes-get-base-licenses = { $count ->
    [one] 1 row also gives base licences
   *[other] { $count } rows also give base licences
}
notes-have-no-preferred-site = { $count ->
    [one] 1 user gets meetings but has no Preferred Webex Site
   *[other] { $count } users get meetings but have no Preferred Webex Site
}
notes-ignore-place = { $count ->
    [one] 1 user has no calling, so that location, number and extension are ignored
   *[other] { $count } users have no calling, so that location, number and extension are ignored
}
notes-ignore-read-only-cell = { $count ->
    [one] 1 changed cell is read-only and ignored
   *[other] { $count } changed cells are read-only and ignored
}
notes-other = { $count ->
    [one] 1 row: { $says }
   *[other] { $count } rows: { $says }
}

summary-users = { $count ->
    [one] 1 user
   *[other] { $count } users
}
summary-added = { $count } added
summary-package = { $count ->
    [one] 1 changes package
   *[other] { $count } change package
}
summary-updated = { $count } updated
summary-otherwise-updated = { $count } otherwise updated
summary-removed = { $count } removed
summary-unchanged = { $count } unchanged
summary-base-licences = { $count } would also get base licences
summary-refused = { $count } refused
summary-none-refused = none refused

fix-title = Corrected in { $file }
fix-none = Nothing to correct, and no copy written
fix-byte-order-mark = the byte-order mark is left out
fix-encoding = { $encoding } becomes UTF-8
fix-delimiter-semicolon = the semicolons between cells become commas
fix-delimiter-tab = the tabs between cells become commas
fix-empty-columns = { $count ->
    [one] 1 empty column at the end is left out
   *[other] { $count } empty columns at the end are left out
}
fix-empty-rows = { $count ->
    [one] 1 empty row at the end is left out
   *[other] { $count } empty rows at the end are left out
}
fix-empty-cells = { $count ->
    [one] 1 empty cell at the end is left out
   *[other] { $count } empty cells at the end are left out
}
fix-left-alone-address = left alone: row { $row } shares its address with row { $with }
fix-left-alone-number = left alone: row { $row } shares its number with row { $with }
fix-hint = { $count ->
    [one] --fix would correct 1 thing, in a copy.
   *[other] --fix would correct { $count } things, in a copy.
}
fix-cell = `{ $from }` -> `{ $to }`
