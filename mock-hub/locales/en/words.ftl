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
