# `mock-hub rules`, and what tables of rules say.

rules-unknown = There is no rule { $id }. Did you mean { $nearest }?
rules-refusal = refusal
rules-evidence = evidence
rules-error-code = error code
rules-source = source

evidence-documented = documented
evidence-official-spec = official-spec
evidence-observed = observed
evidence-assumed = assumed

ends-in-never = never
ends-in-invalid = invalid
ends-in-unauthorized = unauthorized
ends-in-forbidden = forbidden
ends-in-not_found = not_found
ends-in-method_not_allowed = method_not_allowed
ends-in-conflict = conflict
ends-in-too_large = too_large
ends-in-unsupported_format = unsupported_format
ends-in-locked = locked
ends-in-precondition_required = precondition_required
ends-in-too_many = too_many
ends-in-unavailable = unavailable
ends-in-not_simulated = not_simulated
