# `mock-hub rules`, y lo que dicen las tablas de reglas.

rules-unknown = No existe la regla { $id }. ¿Quiso decir { $nearest }?
rules-refusal = rechazo
rules-evidence = evidencia
rules-error-code = código de error
rules-source = fuente

evidence-documented = documentada
evidence-official-spec = especificación oficial
evidence-observed = observada
evidence-assumed = supuesta

ends-in-never = no rechaza nada
ends-in-invalid = no válido
ends-in-unauthorized = no autenticado
ends-in-forbidden = prohibido
ends-in-not_found = no encontrado
ends-in-method_not_allowed = método no permitido
ends-in-conflict = conflicto
ends-in-too_large = demasiado grande
ends-in-unsupported_format = formato no admitido
ends-in-locked = bloqueado
ends-in-precondition_required = condición previa requerida
ends-in-too_many = demasiadas peticiones
ends-in-unavailable = no disponible
ends-in-not_simulated = no simulado
