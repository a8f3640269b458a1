# What all pages have in common, and the door.

mock-hub = mock-hub
partner-hub = Partner Hub
control-hub = Control Hub
behind-the-scenes = Behind the scenes
not-a-cisco-product = A local mock of Partner Hub and Control Hub for Wholesale. Not a Cisco product; nothing here is real.
api-description = API description
in-sandbox = Sandbox { $name }
skip-to-content = Skip to content
language = Language

menu-consoles = Consoles
menu-customers = Customers
menu-templates = Onboarding templates
menu-sub-partners = Sub-partners
menu-administrators = Administrators
menu-analytics = Analytics
menu-billing = Billing reports
menu-overview = Overview
menu-users = Users
menu-locations = Locations and numbers
menu-licenses = Licenses
menu-tasks = Tasks
menu-settings = Settings
menu-requests = Requests
menu-sandboxes = Sandboxes
menu-clock = Clock
menu-faults = Faults
menu-rules = Rules

sign-in = Sign in
sign-out = Sign out
sign-in-title = Sign in to Partner Hub
sign-in-lead = Choose who you want to be. No password is asked for: nobody here is real.
sign-in-token-lead = Other machines can reach this mock, so it asks for its token. Nobody here is real.
sign-in-token = With the token of this mock
sign-in-token-how = The next page asks which administrator you want to be, and for the token that this mock was started with.
sign-in-demo = Demo administrators
sign-in-nobody = This sandbox has none: its world has no partner.
sign-in-others = Somebody else
sign-in-others-lead = Everyone with an administrator role, or with a token of this sandbox, signs in the way an application is let in: by OAuth.
sign-in-with-oauth = Sign in with OAuth

authorize-title = Sign in
authorize-lead = An application wants to act for an administrator of the sandbox { $sandbox } of this mock.
authorize-no-password = No password is asked for: nothing here is a real account.
authorize-application = Application
authorize-scopes = Scopes
authorize-back = Goes back to
authorize-address = E-mail address or label
authorize-token = Token of the hub

done-signed-out = You are signed out.

acts-for = You act for the sub-partner { $name }.
acts-for-leave = Act for yourself again

fault-title = This did not work
fault-home = Go to the first page
refusal-lead = Refused. The rule:
offer-held-back = Not available. The rule:
refusal-go-to-field = Go to the field

field-required = required
pages = Pages
page-before = Previous
page-behind = Next
page-range = { $first } to { $last }
