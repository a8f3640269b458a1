# Partner Hub: customers, templates, sub-partners, administrators, analytics, billing.

copy = Copy
filter-any = Any
filter-search = Search
filter-all = Show all

customers-name = Organization name
customers-external-id = External ID
customers-status = Status
customers-packages = Packages
customers-package = Package
customers-users = Users
customers-created = Created
customers-search = Name or e-mail address
customers-create = Create customer
customers-none = There are no customers yet. Create the first one, or ask a Wholesale administrator to do so.
customers-none-found = No customer is like that. Look for another name, or show all.
customers-ready-for-setup = Ready for set-up

customer-back = All customers
customer-back-to = Back to the customer
customer-launch = Launch Control Hub
customer-launch-waits = Control Hub can be launched once the customer is provisioned.
customer-edit = Edit customer
customer-edit-title = Edit { $name }
customer-save = Save changes
customer-remove = Delete customer
customer-remove-title = Delete { $name }?
customer-remove-lead = The link between the customer and its organization ends, and { $users ->
    [one] one user loses the package.
   *[other] { $users } users lose their packages.
 } The organization and its people stay.
customer-goes-on = This page goes on by itself; reload it if it does not.
customer-progress = Progress
customer-errors = What went wrong
customer-setup = Set-up
customer-setup-lead = What the customer still lacks is added in Control Hub.
customer-add-phone-numbers = Add phone numbers
customer-add-users = Add users
customer-facts = Details
customer-primary-email = E-mail address of the first administrator
customer-primary-email-hint = A new organization gets this full administrator.
customer-external-id-hint = Your own name for the customer, which no other customer of yours has.
customer-address = Billing address
customer-template = Onboarding template
customer-template-choose = Choose a template
customer-sub-partner = Sub-partner
customer-subscription = Subscription
customer-id = Customer ID
customer-organization = Organization
customer-organization-id = Organization ID
customer-existing = An organization that exists already
customer-existing-hint = Wholesale is attached to it; name and e-mail address above are then not needed.
customer-precheck = Precheck
customer-prechecked = The precheck found nothing against what is said here. Nothing has changed.
customer-location = Calling location

package-name = Package
package-quantity = Quantity
package-quantity-hint = A quantity caps how many users may have a package. Left empty, a new package has no limit and one that is there keeps its own.
package-used = Used
package-remarks = Errors and warnings
package-unlimited = No limit
package-of-customer = For the whole customer
package-error = Error
package-warning = Warning
package-suspended = Suspended

customer-address-line1 = Address line 1
customer-address-line2 = Address line 2
customer-address-city = City
customer-address-state = State or province
customer-address-postal-code = ZIP or postal code
customer-address-country = Country or region
customer-address-country-hint = Two letters, such as US or ES

customer-location-hint = A customer with a calling package needs one.
customer-location-hint-of-change = Only for a customer that gets its first calling package; leave it empty otherwise.
customer-location-name = Name of the location
customer-location-time-zone = Time zone
customer-location-time-zone-hint = Such as America/Los_Angeles or Europe/Madrid
customer-location-language = Language of the location
customer-location-language-hint = Such as en_us or es_es
customer-location-emergency-identifier = Emergency location identifier
customer-location-same-address = It has the billing address
customer-location-other-address = Another address

templates-lead = A customer is made from an onboarding template. Its provisioning ID is what the API calls provisioningId.
templates-none = There are no onboarding templates. They come with the world of the sandbox; without one no customer can be created.
template-back = All onboarding templates
template-name = Template name
template-state = State
template-country = Country or region
template-provisioning-id = Provisioning ID
template-owner = Owner
template-use = One template serves many customers.

sub-partners-lead = Sub-partners are set up by Cisco. Act for one to see and manage its customers.
sub-partners-none = There are no sub-partners. Cisco sets them up on request.
sub-partner-name = Sub-partner
sub-partner-billed-from = Billed from
sub-partner-act-title = Act for it
sub-partner-act = Act for { $name }

administrators-lead = Full and read-only administrators see all customers. A partner administrator sees those that he is assigned to.
administrators-none = Nobody of this organization is an administrator of the partner.
administrator-back = All administrators
administrator-name = Name
administrator-email = E-mail address
administrator-roles = Roles
administrator-customers = Assigned customers
administrator-assignment = Assignment
administrator-has-all = All customers
administrator-has-all-hint = This role comes with all customers, so nothing is assigned.
administrator-has-none = No customer is assigned. Search for one below.
administrator-none-found = No customer like that is left to assign. Look for another name.
administrator-assign = Assign a customer
administrator-assign-to = Assign { $name }
administrator-unassign-from = Unassign { $name }

analytics-packages = Users by package
analytics-subscribers = Subscribers over time
analytics-none = Nobody has a package yet. Launch the Control Hub of a customer to add users.
analytics-figures = Figures as a table
analytics-day = Day
analytics-count = Subscribers at the end of the day
analytics-span = Span of time
analytics-span-month = 30 days
analytics-span-year = 12 months
analytics-download-packages = Download CSV of packages
analytics-download-subscribers = Download CSV of subscribers

billing-none = There are no billing reports. Ask for one below.
billing-days = Days
billing-kind = Report for
billing-kind-PARTNER = Partner
billing-kind-CUSTOMER = Customer
billing-kind-USER = User
billing-category = Category
billing-category-RECONCILIATION = Reconciliation
billing-category-POINT_IN_TIME = Point in time
billing-asked-for = Asked for
billing-deeds = Actions
billing-download = Download
billing-download-of = Download the report of { $days }
billing-remove = Delete
billing-remove-of = Delete the report of { $days }
billing-remove-title = Delete this billing report?
billing-remove-lead = The report of { $days } goes, and its file can be downloaded no more.
billing-progress = Progress of the report
billing-request = New billing report
billing-first-day = First day
billing-last-day = Last day
billing-ask = Ask for the report

done-customer-provisioning = The customer was accepted and is being provisioned.
done-customer-updating = The changes were accepted and are being made.
done-customer-deleting = The customer is being deleted.
done-acting-ended = You act for yourself again.
done-administrator-assigned = The customer is assigned.
done-administrator-unassigned = The customer is not assigned any more.
done-billing-asked-for = The report is being made.
done-billing-removed = The report is deleted.
