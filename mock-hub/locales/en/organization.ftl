# Control Hub of one customer, except its users: files, tasks, locations and numbers, licences, settings.

csv-title = CSV add or edit
csv-lead = Add, modify, or delete users through CSV
csv-gone = The file that you uploaded is not kept any more: it waits for 15 minutes, and only until the next one. Nothing has happened. Choose it again.
csv-download-title = Begin with a file
csv-download-lead = The template has a column for everything that this organization has; an export has its users besides.
csv-template = Download CSV template
csv-export-all = Export everything
csv-export-attributes = Export user attributes
csv-export-licenses = Export user licenses
csv-upload-title = Upload a file
csv-behavior = Select CSV import behavior
csv-hint-add-services-only = TRUE adds a service; FALSE is ignored. Users also get the base licences besides the package that the file names.
csv-hint-add-and-remove-services = TRUE adds a service, FALSE removes it. This is the choice for Wholesale. FALSE in all packages deletes the user.
csv-file = Choose a file
csv-file-hint = A CSV file in UTF-8 with at most { $rows } users. It can also be dropped here.
csv-upload = Upload

csv-preview-title = What this file would do
csv-preview-lead = Nothing has happened yet. Look through the plan, then submit the file or choose another one.
csv-file-name = File
csv-behavior-chosen = CSV import behavior
csv-rows = Rows
csv-counts = Rows by what would happen
planned-added = To add
planned-updated = To update
planned-removed = To remove
planned-unchanged = Unchanged
planned-refused = Refused
csv-submit = Submit
csv-choose-another = Choose another file
csv-whole-preview = Back to the whole preview
csv-refused-title = Refused rows
csv-refused-lead = These rows would change nothing; the others go on without them.
csv-all-refused = All { $count } refused rows
csv-changes-title = Changes
csv-changes-none = The file changes no user.
csv-more-changes = The first { $shown } of { $count } rows. The figures above lead to all of them.
heading-row = Row
heading-column = Column
heading-email = Email
heading-reason = Reason
heading-action = Action
heading-changes = Changes
done-csv-submitted = The file is submitted. This is its task.

tasks-none = No file has been imported yet.
heading-task = Task
heading-state = State
heading-rows = Rows
heading-created-by = Created by
heading-created = Created
task-without-name = Import
task-rows = { $done } of { $total } rows
task-completed-with-errors = Completed with errors
task-progress = Rows done
task-pause = Pause
task-resume = Resume
task-cancel = Cancel the import
task-cancel-title = Cancel this import?
task-cancel-lead = { $left ->
    [one] 1 row of { $name } has not had its turn. It will not be imported any more; what was imported stays.
   *[other] { $left } rows of { $name } have not had their turn. They will not be imported any more; what was imported stays.
}
task-keep = Let it go on
task-counts = Rows by what happened
outcome-added = Added
outcome-updated = Updated
outcome-removed = Removed
outcome-unchanged = Unchanged
outcome-refused = Refused
task-about = About this task
task-all = All tasks
task-speed = Import speed
task-rows-per-second = { $count ->
    [one] 1 row per second
   *[other] { $count } rows per second
}
task-errors = Refused rows
task-errors-lead = The file has these rows as you wrote them, with the reason behind them. It can be corrected and uploaded as it is.
task-errors-file = Download errors as CSV
done-task-paused = The import is paused.
done-task-resumed = The import goes on.
done-task-cancelled = The import is cancelled.
