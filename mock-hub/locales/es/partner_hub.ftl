# Partner Hub: clientes, plantillas, subsocios, administradores, análisis, facturación.

copy = Copiar
filter-any = Cualquiera
filter-search = Buscar
filter-all = Mostrar todos

customers-name = Nombre de la organización
customers-external-id = Identificador externo
customers-status = Estado
customers-packages = Paquetes
customers-package = Paquete
customers-users = Usuarios
customers-created = Creación
customers-search = Nombre o correo electrónico
customers-create = Crear cliente
customers-none = Aún no hay clientes. Cree el primero, o pida a un administrador mayorista que lo haga.
customers-none-found = Ningún cliente es así. Busque otro nombre, o muestre todos.
customers-ready-for-setup = Listo para configurar

customer-back = Todos los clientes
customer-back-to = Volver al cliente
customer-launch = Iniciar centro de control
customer-launch-waits = El centro de control puede iniciarse cuando el cliente esté aprovisionado.
customer-edit = Editar cliente
customer-edit-title = Editar { $name }
customer-save = Guardar los cambios
customer-remove = Eliminar cliente
customer-remove-title = ¿Eliminar { $name }?
customer-remove-lead = El vínculo entre el cliente y su organización termina, y { $users ->
    [one] un usuario pierde su paquete.
   *[other] { $users } usuarios pierden sus paquetes.
 } La organización y sus personas permanecen.
customer-goes-on = Esta página avanza por sí misma; si no lo hace, vuelva a cargarla.
customer-progress = Progreso
customer-errors = Qué ha fallado
customer-setup = Configuración inicial
customer-setup-lead = Lo que al cliente le falta aún se agrega en el centro de control.
customer-add-phone-numbers = Agregar números de teléfono
customer-add-users = Agregar usuarios
customer-facts = Detalles
customer-primary-email = Correo electrónico del primer administrador
customer-primary-email-hint = Una organización nueva recibe a este administrador completo.
customer-external-id-hint = El nombre que usted da al cliente y que ningún otro cliente suyo tiene.
customer-address = Dirección de facturación
customer-template = Plantilla de incorporación
customer-template-choose = Elija una plantilla
customer-sub-partner = Subsocio
customer-subscription = Suscripción
customer-id = Identificador del cliente
customer-organization = Organización
customer-organization-id = Identificador de la organización
customer-existing = Una organización que ya existe
customer-existing-hint = La venta mayorista se vincula a ella; entonces no hacen falta el nombre ni el correo electrónico de arriba.
customer-precheck = Comprobar de antemano
customer-prechecked = La comprobación no encontró nada en contra de lo que aquí se dice. Nada ha cambiado.
customer-location = Ubicación de llamadas

package-name = Paquete
package-quantity = Cantidad
package-quantity-hint = Una cantidad limita cuántos usuarios pueden tener un paquete. Vacía, un paquete nuevo no tiene límite y uno que ya está conserva el suyo.
package-used = En uso
package-remarks = Errores y advertencias
package-unlimited = Sin límite
package-of-customer = Para todo el cliente
package-error = Error
package-warning = Advertencia
package-suspended = Suspendido

customer-address-line1 = Línea de dirección 1
customer-address-line2 = Línea de dirección 2
customer-address-city = Ciudad
customer-address-state = Estado o provincia
customer-address-postal-code = Código postal
customer-address-country = País o región
customer-address-country-hint = Dos letras, como US o ES

customer-location-hint = Un cliente con un paquete de llamadas necesita una.
customer-location-hint-of-change = Solo para un cliente que recibe su primer paquete de llamadas; en los demás casos, déjela vacía.
customer-location-name = Nombre de la ubicación
customer-location-time-zone = Zona horaria
customer-location-time-zone-hint = Como America/Los_Angeles o Europe/Madrid
customer-location-language = Idioma de la ubicación
customer-location-language-hint = Como en_us o es_es
customer-location-emergency-identifier = Identificador de ubicación de emergencia
customer-location-same-address = Tiene la dirección de facturación
customer-location-other-address = Otra dirección

templates-lead = Un cliente se crea a partir de una plantilla de incorporación. Su ID de aprovisionamiento es lo que la API llama provisioningId.
templates-none = No hay plantillas de incorporación. Vienen con el mundo del entorno de pruebas; sin ninguna no se puede crear ningún cliente.
template-back = Todas las plantillas de incorporación
template-name = Nombre de la plantilla
template-state = Estado
template-country = País o región
template-provisioning-id = ID de aprovisionamiento
template-owner = Propietario
template-use = Una plantilla sirve para muchos clientes.

sub-partners-lead = Cisco crea los subsocios. Actúe en nombre de uno para ver y administrar sus clientes.
sub-partners-none = No hay subsocios. Cisco los crea a petición.
sub-partner-name = Subsocio
sub-partner-billed-from = Facturación desde
sub-partner-act-title = Actuar en su nombre
sub-partner-act = Actuar en nombre de { $name }

administrators-lead = Los administradores completos y de solo lectura ven a todos los clientes. Un administrador del socio ve a los que tiene asignados.
administrators-none = Nadie de esta organización es administrador del socio.
administrator-back = Todos los administradores
administrator-name = Nombre
administrator-email = Correo electrónico
administrator-roles = Roles
administrator-customers = Clientes asignados
administrator-assignment = Asignación
administrator-has-all = Todos los clientes
administrator-has-all-hint = Este rol incluye a todos los clientes, así que no se asigna nada.
administrator-has-none = No hay ningún cliente asignado. Busque uno más abajo.
administrator-none-found = No queda ningún cliente así por asignar. Busque otro nombre.
administrator-assign = Asignar un cliente
administrator-assign-to = Asignar { $name }
administrator-unassign-from = Desasignar { $name }

analytics-packages = Usuarios por paquete
analytics-subscribers = Suscriptores a lo largo del tiempo
analytics-none = Nadie tiene un paquete aún. Inicie el centro de control de un cliente para agregar usuarios.
analytics-figures = Cifras en una tabla
analytics-day = Día
analytics-count = Suscriptores al final del día
analytics-span = Período
analytics-span-month = 30 días
analytics-span-year = 12 meses
analytics-download-packages = Descargar CSV de los paquetes
analytics-download-subscribers = Descargar CSV de los suscriptores

billing-none = No hay informes de facturación. Solicite uno más abajo.
billing-days = Días
billing-kind = Informe por
billing-kind-PARTNER = Socio
billing-kind-CUSTOMER = Cliente
billing-kind-USER = Usuario
billing-category = Categoría
billing-category-RECONCILIATION = Conciliación
billing-category-POINT_IN_TIME = Momento actual
billing-asked-for = Solicitado
billing-deeds = Acciones
billing-download = Descargar
billing-download-of = Descargar el informe de { $days }
billing-remove = Eliminar
billing-remove-of = Eliminar el informe de { $days }
billing-remove-title = ¿Eliminar este informe de facturación?
billing-remove-lead = El informe de { $days } se elimina, y su archivo ya no se puede descargar.
billing-progress = Progreso del informe
billing-request = Nuevo informe de facturación
billing-first-day = Primer día
billing-last-day = Último día
billing-ask = Solicitar el informe

done-customer-provisioning = El cliente fue aceptado y se está aprovisionando.
done-customer-updating = Los cambios fueron aceptados y se están realizando.
done-customer-deleting = El cliente se está eliminando.
done-acting-ended = Vuelve a actuar en nombre propio.
done-administrator-assigned = El cliente está asignado.
done-administrator-unassigned = El cliente ya no está asignado.
done-billing-asked-for = El informe se está preparando.
done-billing-removed = El informe está eliminado.
