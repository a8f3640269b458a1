# Las palabras del hub: paquetes, estados, roles. Sus identificadores terminan con la palabra que tiene la API.

kind-partner-full-admin = Administrador completo del socio
kind-partner-admin = Administrador del socio
kind-partner-read-only = Administrador de solo lectura del socio
kind-wholesale-admin = Administrador mayorista
kind-customer-full-admin = Administrador completo del cliente
kind-customer-user-admin = Administrador de usuarios del cliente
kind-customer-read-only = Administrador de solo lectura del cliente
kind-customer-support-admin = Administrador de soporte del cliente
kind-customer-device-admin = Administrador de dispositivos del cliente
kind-compliance-officer = Responsable de cumplimiento
kind-help-desk-basic = Servicio de asistencia básico
kind-help-desk-advanced = Servicio de asistencia avanzado
kind-user = Usuario

customer-status-provisioned = Aprovisionado
customer-status-provisioned_with_errors = Aprovisionado con errores
customer-status-provisioning = Aprovisionando
customer-status-updating = Actualizando
customer-status-deleting = Eliminando
customer-status-error = Error
customer-status-pending_rpl_review = En espera de la revisión de partes restringidas

package-status-provisioned = Aprovisionado
package-status-provisioning = Aprovisionando
package-status-deleting = Eliminando
package-status-error = Error

subscriber-status-provisioned = Aprovisionado
subscriber-status-pending_user_migration = En espera del consentimiento

person-status-Active = Activo
person-status-Pending = Pendiente
person-status-Suspended = Suspendido

task-status-STARTED = En curso
task-status-STOPPED = En pausa
task-status-COMPLETED = Completada
task-status-ABANDONED = Cancelada

behavior-add-services-only = Agregar solo servicios
behavior-add-and-remove-services = Agregar y quitar servicios

world-demo = El mundo de demostración
world-empty = Un mundo vacío

user-outcome-added = Agregado
user-outcome-claimed = Reclamado
user-outcome-pending_user_migration = En espera del consentimiento
user-outcome-changed = Modificado
user-outcome-unchanged = Sin cambios
user-outcome-deactivated = Desactivado
user-outcome-failed = Rechazado

attribute-title = Cargo
attribute-department = Departamento
attribute-manager = Superior (correo electrónico)
attribute-callerIdNumber = Número del identificador de llamadas
attribute-callerIdFirstName = Nombre del identificador de llamadas
attribute-callerIdLastName = Apellidos del identificador de llamadas
attribute-preferredLanguage = Idioma preferido
attribute-timeZone = Zona horaria
attribute-addressType = Tipo de dirección
attribute-addressCountry = País
attribute-addressStreet = Calle
attribute-addressCity = Ciudad
attribute-addressState = Estado o provincia
attribute-addressPostalCode = Código postal
attribute-externalId = Identificador externo
attribute-nickName = Apodo
attribute-userType = Tipo de usuario
attribute-profileUrl = URL del perfil
attribute-locale = Configuración regional
attribute-middleName = Segundo nombre
attribute-honorificPrefix = Tratamiento
attribute-honorificSuffix = Sufijo del nombre
attribute-costCenter = Centro de costos
attribute-organizationName = Organización
attribute-division = División
attribute-employeeNumber = Número de empleado

provisioning-state-active = Activo
provisioning-state-suspended = Suspendido

report-status-IN_PROGRESS = En preparación
report-status-COMPLETED = Completado
