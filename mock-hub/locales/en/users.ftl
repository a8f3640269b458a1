# Control Hub: users.

manage-users = Manage users
users-add = Manually Add Users
users-add-lead = Type up to 25 users, or paste them as lines.
users-csv = CSV add or edit
users-csv-lead = Add, modify or delete many users with one file.
users-claim = Claim users
users-claim-lead = Bring users here who have a Webex account elsewhere.
users-directory = Directory Synchronization
users-directory-lead = Let a directory be in charge of users.
users-back = Back to users
cancel-users = Cancel
cancel-user = Cancel
next = Next
close = Close
change = Change

users-search = Name or e-mail
users-find = Search
filter-any-user = Any
users-none = There are no users yet. Choose Manage users to add the first ones.
users-none-found = No user is like that.
users-show-all = Show all users

user-name = Name
user-email = E-mail
user-first-name = First name
user-last-name = Last name
user-display-name = Display name
user-status = Status
user-package = Package
user-location = Location
user-location-none = None
user-number = Number / extension
user-phone-number = Phone number
user-phone-number-hint = One that nobody has at the location, such as +14085550123.
user-extension = Extension
user-extension-hint = 2 to 10 digits.
user-site = Preferred Webex Site
user-roles = Administrator roles
user-created = Added
user-is-external = External
user-is-of-directory = Listed by the directory
user-licenses = Licenses
user-licenses-none = None.
user-actions = Actions
user-outcome = Result
user-reason = Reason
user-check = Check

step-basic = Basic information
step-more = More users
step-results = Results
user-calling = Calling number information
user-calling-lead = Only for packages with calling: a location, and a phone number, an extension or both.
user-required-attributes = Required by the organization
user-package-automatic = None: automatic licenses, if there are any
user-package-choose = Choose a package
users-another = Another user
users-add-another = Add another user
users-paste = Paste several users
users-pasted = Users, one a line
users-pasted-hint = First name, last name, e-mail, phone number, extension, parted by tabs, commas or semicolons. They get the package and the location chosen above.
users-so-far = Users so far
users-count = { $count } of { $most }
user-fits = Can be added
user-edit-typed = Edit
user-remove-typed = Remove
user-correct = Correct
users-correct = Correct the refused users
run-counts =
    { $done ->
        [one] { $done } user done
       *[other] { $done } users done
    }, { $failed } refused.

claim-users = E-mail addresses
claim-users-hint = One a line, or several parted by commas. For a package with calling write phone number and extension behind each address: ana@example.com, +14085550123, 1023
claim-submit = Claim
claim-again = Correct and claim again
claim-more = Claim more users

directory-setting = Setting
directory-setting-lead = While it is on, users are neither added by hand nor claimed, and their names come from the directory.
directory-is-on = On
directory-is-off = Off
directory-turn-on = Turn on
directory-turn-off = Turn off
directory-run = Synchronize now
directory-users = Users of the directory
directory-users-hint = The whole directory as the API takes it, in JSON as below. Who was listed before and is not any more is deactivated.
directory-file = Or choose a file
directory-synchronize = Synchronize
directory-first = The first { $shown } of { $all } are shown, those who were refused before the others.
done-directory-on = Directory synchronization is on.
done-directory-off = Directory synchronization is off.

user-edit = Edit user
user-names = Names
user-names-only = Names can be changed all the same.
user-attributes = Address and attributes
user-may-sign-in = May sign in
user-save = Save
done-user-changed = The user was changed.

user-package-none = None.
user-package-change = Change package >
user-package-change-title = Change user package
user-package-present = Present package
user-package-new = New package
user-package-choose-other = Choose another one
user-package-in-error = The package is in error.
done-package-changed = The package was changed.
user-unassign = Unassign package
user-unassign-title = Unassign the package?
user-unassign-lead = The package goes with its add-ons, and with a calling package location, number and extension. The user stays.
done-package-unassigned = The package was unassigned.

user-remove = Remove user
user-remove-title = Remove the user?
user-remove-lead = The user is removed with all that he has. This cannot be undone.
done-user-removed = The user was removed.
