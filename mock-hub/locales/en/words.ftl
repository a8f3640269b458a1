# The words of the hub: packages, states, roles. Their ids end with the word that the API has for them.

kind-partner-full-admin = Partner full administrator
kind-partner-admin = Partner administrator
kind-partner-read-only = Partner read-only administrator
kind-wholesale-admin = Wholesale administrator
kind-customer-full-admin = Customer full administrator
kind-customer-user-admin = Customer user administrator
kind-customer-read-only = Customer read-only administrator
kind-customer-support-admin = Customer support administrator
kind-customer-device-admin = Customer device administrator
kind-compliance-officer = Compliance officer
kind-help-desk-basic = Basic help desk
kind-help-desk-advanced = Advanced help desk
kind-user = User

customer-status-provisioned = Provisioned
customer-status-provisioned_with_errors = Provisioned with errors
customer-status-provisioning = Provisioning
customer-status-updating = Updating
customer-status-deleting = Deleting
customer-status-error = Error
customer-status-pending_rpl_review = Waiting for restricted party review

package-status-provisioned = Provisioned
package-status-provisioning = Provisioning
package-status-deleting = Deleting
package-status-error = Error

subscriber-status-provisioned = Provisioned
subscriber-status-pending_user_migration = Waiting for consent

person-status-Active = Active
person-status-Pending = Pending
person-status-Suspended = Suspended

task-status-STARTED = Running
task-status-STOPPED = Paused
task-status-COMPLETED = Completed
task-status-ABANDONED = Cancelled

behavior-add-services-only = Add services only
behavior-add-and-remove-services = Add and remove services

world-demo = The demo world
world-empty = An empty world

user-outcome-added = Added
user-outcome-claimed = Claimed
user-outcome-pending_user_migration = Waiting for consent
user-outcome-changed = Changed
user-outcome-unchanged = Unchanged
user-outcome-deactivated = Deactivated
user-outcome-failed = Refused

attribute-title = Job title
attribute-department = Department
attribute-manager = Manager (e-mail)
attribute-callerIdNumber = Caller ID number
attribute-callerIdFirstName = Caller ID first name
attribute-callerIdLastName = Caller ID last name
attribute-preferredLanguage = Preferred language
attribute-timeZone = Time zone
attribute-addressType = Address type
attribute-addressCountry = Country
attribute-addressStreet = Street
attribute-addressCity = City
attribute-addressState = State
attribute-addressPostalCode = Postal code
attribute-externalId = External ID
attribute-nickName = Nickname
attribute-userType = User type
attribute-profileUrl = Profile URL
attribute-locale = Locale
attribute-middleName = Middle name
attribute-honorificPrefix = Honorific prefix
attribute-honorificSuffix = Honorific suffix
attribute-costCenter = Cost center
attribute-organizationName = Organization
attribute-division = Division
attribute-employeeNumber = Employee number

provisioning-state-active = Active
provisioning-state-suspended = Suspended

report-status-IN_PROGRESS = In progress
report-status-COMPLETED = Completed
