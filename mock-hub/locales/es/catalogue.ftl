# Las reglas del catálogo, cada una en una frase, por su identificador. El inglés está en crates/hub-rules.
# Lo que está escrito en un archivo o en una petición (encabezados, TRUE y FALSE, nombres de campos) no se traduce.

## Clientes

CUS-001 = `provisioningId` designa una plantilla de incorporación del socio.
CUS-002 = La plantilla de incorporación de un cliente nuevo no está suspendida.
CUS-003 = Dos clientes de un socio no tienen el mismo externalId.
CUS-004 = El cliente existe y pertenece a quien llama, o al subsocio en cuyo nombre actúa.
CUS-005 = Un cliente que aún se está aprovisionando, actualizando o eliminando no admite más cambios.
CUS-006 = Cada línea de la dirección tiene como máximo 50 caracteres.
CUS-007 = El nombre de un cliente no contiene el signo de porcentaje.
CUS-008 = En los países que los necesitan, la dirección tiene estado o provincia y código postal.
CUS-009 = El país de una dirección es un código ISO 3166 de dos letras.
CUS-010 = A un cliente se le ofrece al menos un paquete.
CUS-011 = Un paquete es uno de los identificadores de la oferta mayorista.
CUS-012 = Un complemento se ofrece a un cliente solo junto con uno de los paquetes de los que depende.
CUS-013 = Un cliente con un paquete de llamadas se aprovisiona con una ubicación de llamadas.
CUS-014 = Un cliente en una organización nueva se indica con customerInfo, su nombre y primaryEmail.
CUS-015 = `orgId` designa una organización que el socio administra.
CUS-016 = Una organización pertenece como máximo a un cliente mayorista.
CUS-017 = Se indica `orgId` cuando el correo electrónico principal ya pertenece a una organización.
CUS-018 = Un subsocio suspendido no crea ni actualiza clientes ni suscriptores; sí puede eliminarlos.
CUS-019 = No se quita un paquete a un cliente mientras un suscriptor lo tenga.
CUS-020 = La cantidad de un paquete no se fija por debajo del número de suscriptores que lo tienen.
CUS-021 = La cantidad de un paquete que no se ofrece al cliente no tiene efecto.
CUS-022 = Una zona horaria es un nombre de la base de datos de zonas horarias de la IANA.
CUS-023 = El aprovisionamiento, la actualización y la eliminación de un cliente se aceptan de inmediato y se realizan en segundo plano; lo indica el estado del cliente.
CUS-024 = Un cliente muestra su orgId solo cuando está aprovisionado.
CUS-025 = Eliminar un cliente termina el vínculo con su organización y los paquetes de sus suscriptores; la organización y las personas permanecen.
CUS-026 = La lista de clientes empieza por el más reciente.
CUS-027 = Mientras el modo de administrador restringido está activado, los administradores del cliente no agregan ni modifican usuarios, ni la configuración de licencias automáticas y de la sincronización de directorios.
CUS-028 = Una verificación previa que no encuentra problemas responde con el mensaje success y el infoCode 100, y no cambia nada.
CUS-029 = En modo de administrador restringido, los administradores del cliente siguen cambiando el nombre, el apellido y el nombre para mostrar.
CUS-030 = Un socio trata con clientes mayoristas, y los comprueba de antemano, cuando su organización tiene derecho a la oferta mayorista.
CUS-031 = Partner Hub encuentra a un cliente por una parte de su nombre, de su identificador externo o del correo electrónico de su primer administrador; no distingue mayúsculas.
CUS-032 = Partner Hub ofrece agregar números de teléfono mientras el cliente no tiene ninguno, y agregar usuarios mientras no tiene ninguno.
CUS-033 = La evolución de suscriptores en Partner Hub cuenta a cada uno desde que su paquete está aprovisionado hasta que lo pierde, entre los clientes que el administrador ve; los paquetes en uso cuentan a quien tiene uno o lo espera.
CUS-034 = Los clientes y suscriptores de un subsocio se listan en su nombre, y no entre los del socio.
CUS-035 = Los administradores completos y los de solo lectura de un socio ven a todos sus clientes; un administrador de socio ve y administra a los que tiene asignados o creó.

## Suscriptores

SUB-001 = El suscriptor existe y pertenece a un cliente de quien llama.
SUB-002 = El correo electrónico de un usuario tiene una sola @ con algo a ambos lados, y ningún espacio.
SUB-003 = Ninguna otra persona usa el correo electrónico de un suscriptor, esté en mayúsculas o minúsculas.
SUB-004 = Una petición indica su paquete en `package` o en `packages`, nunca en ambos ni en ninguno.
SUB-005 = `packages` de un suscriptor contiene exactamente una entrada.
SUB-006 = El paquete de un suscriptor es uno de los que se asignan a personas.
SUB-007 = El paquete de un suscriptor se ofrece al cliente y está aprovisionado.
SUB-008 = Un paquete con llamadas se asigna con un número de teléfono, una extensión o ambos, salvo que la persona ya sea usuaria de llamadas.
SUB-009 = Un paquete con llamadas se asigna con una ubicación, salvo que la persona ya sea usuaria de llamadas.
SUB-010 = La ubicación pertenece a la organización del usuario.
SUB-011 = No tienen un paquete más suscriptores de los que permite su cantidad.
SUB-012 = Un usuario cuyo paquete está en error no admite cambios de paquete hasta que se anula la asignación del paquete y se vuelve a asignar.
SUB-013 = No se asigna un paquete mayorista a un usuario externo.
SUB-014 = La parte de un correo electrónico anterior a la @ tiene como máximo 64 caracteres.
SUB-015 = Eliminar un suscriptor le quita el paquete y sus licencias; la persona permanece en la organización.
SUB-016 = Para una persona que ya es usuaria de llamadas se ignoran la ubicación, el número y la extensión de la petición.
SUB-017 = Un usuario de una organización de consumidores pasa a ser suscriptor en estado pending_user_migration; se responde con 202 y sin personId.
SUB-018 = La lista de suscriptores se ordena por created salvo que sortBy pida otra cosa, y empieza por el más reciente salvo que sortOrder sea ASC.
SUB-019 = El correo de consentimiento se envía a un suscriptor en estado pending_user_migration y a ningún otro.
SUB-020 = El paquete del primer administrador completo del cliente no se cambia a uno inferior que además esté por debajo del nivel de los paquetes del cliente.
SUB-021 = Con un paquete nuevo, el usuario conserva las licencias base y el sitio preferido; la ubicación, el número y la extensión permanecen de llamadas a llamadas y se van con ellas.
SUB-022 = Quien debe dar su consentimiento lo da al iniciar sesión: pasa a la organización del cliente y recibe el paquete y el puesto que se pidieron; si algo ya no se puede conceder, sigue en espera, con un error, hasta que vuelva a iniciar sesión.
SUB-023 = Un suscriptor se muestra con su cliente, su persona y su paquete: con sus complementos en `packages`, y sin ellos en `package`, que conoce menos paquetes.
SUB-024 = Lo que falló con el paquete de un suscriptor está en sus `errors`, sea cual sea su estado.
SUB-025 = Un suscriptor al que se da el paquete que ya tiene se queda como está, de modo que un cambio puede hacerse dos veces.

## Licencias

LIC-001 = Un usuario tiene un paquete base y solo uno.
LIC-002 = Un complemento se asigna a un usuario solo junto con uno de los paquetes de los que depende.
LIC-003 = Un paquete da a su usuario un conjunto de licencias de llamadas, mensajería y reuniones, tenga o no las gratuitas, y se las quita de nuevo.
LIC-004 = Las licencias base predeterminadas son Basic Messaging, Basic Space Meetings y Call on Webex (1:1 call, non-PSTN).
LIC-005 = La licencia que se asigna o se quita es de la organización.
LIC-006 = La ubicación de una licencia de llamadas pertenece a la organización.
LIC-007 = La licencia de llamadas de un usuario no se cambia de Professional a Standard.
LIC-008 = La licencia de un usuario no se cambia de Customer Assist a Webex Calling Standard.
LIC-009 = Un usuario no tiene a la vez Webex Calling Professional y Standard.
LIC-010 = Un usuario no tiene a la vez Webex Calling Standard y Attendant Console.
LIC-011 = Un usuario no tiene a la vez Webex Calling Standard y Customer Assist.
LIC-012 = Attendant Console se asigna a un usuario que tiene Webex Calling Professional.
LIC-013 = Una licencia de llamadas que convierte a alguien en usuario de llamadas se asigna con sus propias propiedades.
LIC-014 = Un usuario tiene una sola licencia de las que se excluyen entre sí.
LIC-015 = El sitio al que asiste un usuario es de la organización.
LIC-016 = No se quita la mensajería gratuita a un usuario que conserva la de pago.
LIC-017 = No se quitan las reuniones gratuitas a un usuario que conserva las de pago.
LIC-018 = No se quita la mensajería gratuita a un usuario que conserva las reuniones, y a quien no la tiene no se le asignan las reuniones gratuitas.
LIC-019 = Una petición para cambiar licencias designa al usuario por su correo electrónico o por personId.
LIC-020 = Una licencia que aporta un paquete mayorista se asigna y se quita con el paquete entero.
LIC-021 = Las licencias que no están disponibles se omiten, con el estado 206, mientras pueda cumplirse otra parte de la petición.
LIC-022 = El totalUnits de una licencia es la cantidad de su paquete, tantas como se consumen si es gratuita, y 1.000.000 si el paquete no tiene cantidad.
LIC-023 = Los usuarios de una licencia se muestran en páginas de 300 salvo que `limit` pida menos.
LIC-024 = Las licencias de un paquete figuran en la lista mientras el paquete se ofrezca al cliente.
LIC-025 = La licencia existe y pertenece a una organización visible para quien llama.
LIC-026 = En Control Hub y en sus archivos, un complemento permanece con un usuario cuyo paquete nuevo lo admite, y si no, se va con el paquete anterior.
LIC-027 = El identificador de una licencia nombra su organización y su oferta y, si es de reuniones en un sitio, también el sitio; se lee con el sitio o sin él.
LIC-028 = La licencia de Messenger de una organización no se asigna a los usuarios ni se les quita.
LIC-029 = El uso compartido de pantalla gratuito es implícito: asignarlo a un usuario no cambia nada, y no se quita.
LIC-030 = La organización de un cliente mayorista tiene también las licencias Free screen share y Hybrid - Message, que no se muestran en ningún usuario.
LIC-031 = Un cambio de licencias rechazado lleva el mensaje y la descripción que les da la descripción de la API, con las licencias o los sitios que nombra la petición.
LIC-032 = Las licencias y los sitios que se dan a un usuario externo esperan en pendingLicenses y pendingSiteUrls hasta que inicia sesión; lo que se quita desaparece enseguida.

## Organizaciones

ORG-001 = Una organización se elimina solo si no tiene ninguna suscripción activa.
ORG-002 = Una organización se elimina solo si no tiene más de un usuario.
ORG-003 = Una organización se elimina solo si no administra ninguna otra organización.
ORG-004 = La lista de organizaciones empieza por la de quien llama, sigue con las que administra, primero las más recientes, y no tiene páginas.
ORG-005 = Un rol es uno de los que figuran en la lista de roles.
ORG-006 = Solo se asigna a clientes a una persona del socio cuyo rol es Partner Administrator; los administradores completos y de solo lectura los tienen todos.
ORG-007 = Una organización se elimina solo cuando su sincronización de directorios está desactivada.
ORG-008 = Una organización eliminada desaparece de inmediato, aunque el servicio puede tardar hasta diez minutos.

## Personas

PPL-001 = La persona existe y pertenece a una organización visible para quien llama.
PPL-002 = Una persona nueva se indica con al menos uno de displayName, firstName y lastName.
PPL-003 = Una persona nueva se indica con un correo electrónico; de varios cuenta el primero.
PPL-004 = Quien no es administrador solo busca personas por correo electrónico o por nombre para mostrar.
PPL-005 = La ubicación de una persona que ya es usuaria de llamadas no cambia.
PPL-006 = El orgId de una persona no cambia.
PPL-007 = Los roles de una persona son conocidos, y los roles de socio son para personas de socios.
PPL-008 = Una lista de personas por identificador indica como máximo 85.
PPL-009 = De las licencias de una persona nueva o actualizada se asignan las que pueden asignarse; las demás se omiten sin aviso.
PPL-010 = La actualización de una persona reemplaza nombres, atributos y licencias, y vacía lo que omite; la dirección, los roles, el inicio de sesión y los datos de llamadas permanecen salvo que se indiquen.
PPL-011 = Una página de personas contiene 100, o 50 si son de una ubicación, salvo que `max` pida menos.
PPL-012 = La ubicación, la extensión y los números de teléfono de una persona se muestran solo con callingData=true.
PPL-013 = Un token sobrevive a su persona: `/people/me` muestra entonces un sustituto con el identificador de la persona y con la dirección y los roles del token, que no aparece en ninguna lista.
PPL-014 = Un correo electrónico es de una sola persona de todo el sistema, esté en mayúsculas o minúsculas.
PPL-015 = Quien organiza reuniones en un sitio se muestra con la dirección SIP de su sala personal allí, una vez pasado el tiempo de aprovisionamiento desde que se le agregó.
PPL-016 = Una lista de personas por displayName tiene a aquellas cuyo nombre para mostrar empieza así, en mayúsculas o minúsculas.
PPL-017 = Quien se elimina como persona o usuario desaparece con su paquete y sus licencias, y deja libre el número de teléfono.

## Usuarios

USR-001 = En una operación manual se agregan o se reclaman al menos 1 y como máximo 25 usuarios.
USR-002 = Mientras la organización exija un atributo de usuario, los usuarios se agregan manualmente de uno en uno.
USR-003 = Mientras la sincronización de directorios esté activada, los usuarios no se agregan manualmente ni se reclaman.
USR-004 = Un usuario que se agrega manualmente o se reclama aún no es usuario de la organización.
USR-005 = Un usuario que se agrega no tiene cuenta de Webex en otra organización; uno que puede reclamarse se reclama.
USR-006 = Un usuario que se agrega manualmente se indica con todos los atributos que exige la organización.
USR-007 = Un usuario nuevo está pendiente hasta que inicia sesión por primera vez.
USR-008 = Un usuario que se agrega manualmente se indica con nombre y apellido.
USR-009 = Un correo electrónico, en mayúsculas o minúsculas, aparece una sola vez en una operación; de varios fallan los posteriores, y uno fallido no cuenta.
USR-010 = Se reclama a un usuario que pertenece a una organización de consumidores y no espera otro consentimiento, o que está pendiente en una organización que no es ni un socio ni un cliente mayorista.
USR-011 = Un usuario que se reclama tiene una cuenta de Webex.
USR-012 = Un atributo de usuario es uno de los que el sistema guarda.
USR-013 = Un directorio se sincroniza solo mientras la sincronización de directorios esté activada.
USR-014 = Una sincronización agrega y modifica los usuarios que el directorio enumera, y desactiva los que enumeraba antes y ya no enumera; lo que no dice de un usuario permanece.
USR-015 = Mientras la sincronización de directorios esté activada, los nombres, el nombre para mostrar y los atributos que administra un directorio no se toman de un archivo CSV.
USR-016 = Un usuario nuevo al que no se asigna ninguna licencia propia recibe las licencias automáticas de la organización; un usuario externo nunca.
USR-017 = Las licencias automáticas son las de la organización o las de los grupos; un cambio de modo elimina las que tenía el otro, y eliminarlas no quita ninguna licencia.
USR-018 = Un usuario de varios grupos recibe las licencias de todos ellos al incorporarse.
USR-019 = Webex Calling no se asigna automáticamente.
USR-020 = Un grupo con licencias automáticas es de la organización y se nombra una sola vez.
USR-021 = Quien inicia sesión es usuario de alguna organización.
USR-022 = Un usuario suspendido no inicia sesión.
USR-023 = Un usuario rechazado en una operación no detiene a los demás, y no deja nada tras de sí.
USR-024 = La lista de usuarios incluye también a los pendientes y empieza por el más reciente.
USR-025 = Se encuentra a los usuarios por una parte del nombre para mostrar o del correo electrónico, en mayúsculas o minúsculas.
USR-026 = Los administradores de usuarios de un cliente agregan, modifican y eliminan a sus usuarios y les asignan licencias.

## Ubicaciones

LOC-001 = La ubicación existe en una organización de quien llama, y en la que designa `orgId` si se indica.
LOC-002 = El nombre de una ubicación tiene como máximo 256 caracteres, y como máximo 80 si está habilitada para llamadas.
LOC-003 = Dos ubicaciones de una organización no tienen el mismo nombre.
LOC-004 = Una ubicación se elimina solo después de deshabilitarla para llamadas.
LOC-005 = Una ubicación se elimina solo cuando no hay en ella ninguna persona ni ningún dispositivo.
LOC-006 = La ubicación está habilitada para llamadas.
LOC-007 = Una ubicación se habilita para llamadas cuando aún no lo está.
LOC-008 = Un usuario de llamadas está en una ubicación habilitada para llamadas.
LOC-009 = El número principal de una ubicación, y su número de facturación, están en su inventario.
LOC-010 = El dígito para llamadas externas es un dígito, y el prefijo de enrutamiento tiene de 2 a 7 dígitos.
LOC-011 = Dos ubicaciones de una organización no tienen el mismo prefijo de enrutamiento.
LOC-012 = La ubicación tiene una conexión PSTN.
LOC-013 = Una conexión PSTN se establece con `id`, o con `premiseRouteType` y `premiseRouteId` juntos.
LOC-014 = Una conexión PSTN es una de las opciones que tiene la ubicación.
LOC-015 = Solo las conexiones PSTN locales y no integradas se configuran mediante la API, y las locales por su ruta.
LOC-016 = Deshabilitar una ubicación para llamadas es una tarea que se acepta de inmediato y se hace en segundo plano; la ubicación deja de llamar desde el principio, y el estado de la tarea indica cuándo está hecha.
LOC-017 = La tarea que deshabilita una ubicación para llamadas falla cuando hay personas en la ubicación o es la última que llama, y sus errores lo indican.
LOC-018 = Los números de teléfono de una ubicación no impiden deshabilitarla para llamadas, y salen de su inventario con ella.
LOC-019 = La tarea que deshabilita una ubicación para llamadas existe en una organización de quien llama.
LOC-020 = Una ubicación que se habilita para llamadas sigue siendo la misma, y desde entonces admite números de teléfono y usuarios de llamadas.

## Números

NUM-001 = Un número de teléfono se escribe en E.164: un signo más y de 8 a 15 dígitos.
NUM-002 = El número de teléfono de un usuario está en el inventario de la ubicación del usuario.
NUM-003 = Un número de teléfono pertenece a un solo usuario.
NUM-004 = Una extensión tiene de 2 a 10 dígitos.
NUM-005 = Una extensión pertenece a un solo usuario de una ubicación.
NUM-006 = Un número de teléfono está en el inventario de una sola ubicación de todo el sistema.
NUM-007 = Un número que se activa, se desactiva o se quita está en el inventario de la ubicación.
NUM-008 = El número principal de una ubicación, y su número de facturación, no se quitan.
NUM-009 = Un número de teléfono que tiene un usuario no se quita.
NUM-010 = Una petición quita como máximo 5 números de teléfono.
NUM-011 = Una petición agrega como máximo 20 números móviles.
NUM-012 = En una lista de números no se pide `numberType` junto con `available` o `state`, ni `ownerType` entre los disponibles.
NUM-013 = Un número móvil está activo mientras lo tiene un usuario, diga lo que diga una petición.
NUM-014 = Un número inactivo puede asignarse a un usuario, y no recibe llamadas hasta que se activa.
NUM-015 = Los números móviles se agregan a una ubicación que tiene una conexión PSTN.
NUM-016 = De varios números de teléfono, los que ya están en un inventario no se agregan y se indican uno a uno; los demás se agregan.
NUM-017 = Usuarios de distintas ubicaciones pueden tener la misma extensión.

## Dispositivos

DEV-001 = El dispositivo existe en una organización de quien llama, y en la que designa `orgId` si se indica.
DEV-002 = Un dispositivo se agrega para `personId` o para `workspaceId`, nunca para ambos ni para ninguno.
DEV-003 = La persona o el espacio de trabajo de un dispositivo es de la organización.
DEV-004 = Un teléfono se agrega solo para una persona que es usuaria de llamadas.
DEV-005 = El modelo de un dispositivo es el nombre o el nombre para mostrar de uno compatible.
DEV-006 = Un dispositivo se agrega de una de las formas de incorporación que tiene su modelo.
DEV-007 = Una dirección MAC tiene doce dígitos hexadecimales, con o sin separadores.
DEV-008 = Una dirección MAC es de un solo dispositivo de todo el sistema.
DEV-009 = Una persona con Webex Calling Standard tiene como máximo un dispositivo.
DEV-010 = Agregar un dispositivo a una persona con Webex Calling Standard desactiva las llamadas en las aplicaciones; eliminarlo las vuelve a activar.
DEV-011 = De un dispositivo solo se modifica la ruta `tags`.
DEV-012 = Un código de activación puede usarse durante siete días; después su dispositivo se muestra como vencido.

## Importación masiva

CSV-001 = El archivo no está vacío.
CSV-002 = El archivo es texto en UTF-8; una marca de orden de bytes al principio se descarta.
CSV-003 = El archivo tiene al menos una fila debajo del encabezado.
CSV-004 = El encabezado tiene la columna `User ID/Email (Required)`.
CSV-005 = Ninguna columna aparece dos veces en el encabezado.
CSV-006 = Cada encabezado designa una columna que la organización tiene.
CSV-007 = Un archivo tiene como máximo 20.000 usuarios.
CSV-008 = Ninguna celda debajo del encabezado de un servicio suspendido es TRUE.
CSV-009 = Lo que se carga es un archivo CSV.
CSV-010 = Una fila tiene tantas celdas como el encabezado.
CSV-011 = Cada fila tiene un correo electrónico.
CSV-012 = Un correo electrónico, en mayúsculas o minúsculas, aparece en una sola fila del archivo; de varias fallan las posteriores, y una fila fallida no cuenta.
CSV-013 = Una celda de una columna de servicio es TRUE, FALSE, T, F (en mayúsculas o minúsculas) o está en blanco.
CSV-014 = En una fila es TRUE como máximo un paquete base.
CSV-015 = Los campos obligatorios para el paquete de la fila están llenos, en la fila o ya de antes.
CSV-016 = Una celda de una columna de solo lectura está en blanco o como se exportó; una modificada se ignora, y en modo estricto se rechaza.
CSV-017 = Una organización ejecuta una sola importación a la vez.
CSV-018 = Una fila que elimina un usuario designa a uno existente.
CSV-019 = Con *Agregar solo servicios*, un FALSE no cambia nada.
CSV-020 = Con *Agregar solo servicios*, un usuario que recibe un paquete recibe además las licencias base predeterminadas.
CSV-021 = Con *Agregar y quitar servicios*, una fila en la que están todas las columnas de paquetes de la organización y todas son FALSE elimina al usuario.
CSV-022 = Una celda en blanco no cambia nada.
CSV-023 = Un usuario con un paquete de reuniones debería tener un Sitio Webex preferido; sin él, el sitio de reuniones puede causar problemas más adelante.
CSV-024 = Los números de fila de los informes cuentan el encabezado como fila 1.
CSV-025 = Una importación no cambia la ubicación de un usuario de llamadas.
CSV-026 = Una celda de `Location` contiene el nombre de una ubicación de la organización.
CSV-027 = Una celda de `Preferred Webex Site` contiene un sitio Webex de la organización.
CSV-028 = La tarea de importación existe y pertenece a la organización.
CSV-029 = Una fila rechazada no cambia nada, y las filas siguientes se importan de todos modos.
CSV-030 = Un usuario nuevo sin ningún servicio recibe las licencias automáticas de la organización, que son las licencias base si no eligió otras.
CSV-031 = La ubicación, el número de teléfono y la extensión de un usuario sin paquete de llamadas se ignoran.
CSV-032 = Las comillas que abren una celda se cierran antes de que termine el archivo.
CSV-033 = Con una velocidad de importación de n filas por segundo, la fila k de un archivo se aplica k/n segundos después de la carga o de que se reanudara la tarea; sin velocidad, todas las filas se aplican de inmediato.
CSV-034 = La velocidad de importación es de al menos una fila por segundo.
CSV-035 = Una tarea que se va a pausar está en STARTED.
CSV-036 = Una tarea que se va a reanudar está en STOPPED.
CSV-037 = Una tarea que se va a cancelar está en STARTED o STOPPED.
CSV-038 = Una fila se importa cuando le llega el turno antes de que se cancele su tarea; lo importado hasta entonces permanece.
CSV-039 = Las columnas `Error Row`, `Error Column`, `Error Rule` y `Error` de un archivo de errores se ignoran, para que pueda corregirse y cargarse tal como está.
CSV-040 = Las filas de un archivo se aplican una tras otra: una fila ve lo que han hecho las de encima, y nada de las de debajo.
CSV-041 = El orden de las columnas es libre, y pueden omitirse columnas, que es como si todas sus celdas estuvieran en blanco.
CSV-042 = El encabezado de un servicio puede nombrar detrás, entre corchetes, la suscripción de la organización, y el de un paquete con reuniones, delante, un sitio Webex de la organización, como en `host.webex.com - Webex Suite [Sub1]`; sin ellos es la misma columna.
CSV-043 = Una celda que dice lo que el usuario ya tiene, salvo espacios alrededor, no cambia nada, pueda o no asignarse de nuevo.
CSV-044 = Una celda de `Manager` contiene un correo electrónico; no se comprueba si es de alguien.
CSV-045 = Los nombres del identificador de llamadas de un cliente de Asia-Pacífico son los del propio usuario; los de un archivo se ignoran.
CSV-046 = `REMOVE|` va delante del número de teléfono o de la extensión que tiene el usuario, y se lo quita.
CSV-047 = Una fila con un correo electrónico que no es de nadie crea un usuario nuevo, que no comparte nada con aquel de quien era antes la fila.
CSV-048 = Una exportación tiene los atributos de los usuarios, sus licencias o ambas cosas, y siempre la columna clave.
CSV-049 = Un usuario de llamadas conserva un número de teléfono o una extensión.

## Informes de facturación

BIL-001 = El informe de facturación existe y pertenece a quien llama, o al subsocio en cuyo nombre actúa.
BIL-002 = Los días de un informe de facturación han terminado: ninguna de las fechas es hoy ni posterior, según UTC.
BIL-003 = Los días de un informe de facturación son de hace cinco años como máximo.
BIL-004 = El primer día de un informe de facturación no es posterior al último.
BIL-005 = Un informe de un momento dado trata de clientes o usuarios, no del socio en su conjunto.
BIL-006 = Un informe de facturación está IN_PROGRESS hasta que pasa la demora de los informes, y después COMPLETED con tempDownloadURL.
BIL-007 = El uso se recoge una vez al día: un usuario cuenta para los paquetes que tiene, aprovisionados, al final del día.
BIL-008 = Una línea de un informe de facturación sobre un cliente o usuario nombra las licencias del paquete.
BIL-009 = Las columnas de un informe de facturación son provisionales: las del servicio no se conocen, y ningún programa debería depender de ellas.
BIL-010 = El informe de facturación de un socio abarca sus propios clientes y los de sus subsocios, o con subPartnerOrgId solo los de ese subsocio.
BIL-011 = Un informe de facturación se descarga sin token, en la dirección que dio tempDownloadURL, mientras el informe exista.
BIL-012 = La lista de informes de facturación se ordena por billingStartDate salvo que sortBy pida otra cosa, primero los últimos, con 100 por página como máximo.

## Informes

REP-001 = El informe existe y pertenece a la organización de quien llama.
REP-002 = `templateId` es el número de una plantilla de informe que se ofrece a quien llama.
REP-003 = Un informe tiene todos los campos que exigen las validaciones de su plantilla.
REP-004 = Los días de un informe están en orden y han empezado.
REP-005 = Un informe no tiene más días que el maxDays de su plantilla.
REP-006 = Un informe se elabora en segundo plano; cuando está listo, su estado lo indica y hay una downloadURL.
REP-007 = Un informe se descarga con el token como archivo zip, cuya primera entrada es un archivo CSV que empieza con una marca de orden de bytes.
REP-008 = Las plantillas de informe son las de este sistema, que dicen lo que sabe; las del servicio no se conocen.

## Eventos de auditoría

AUD-001 = Los eventos de auditoría que se piden empiezan antes de terminar: `from` no es posterior a `to`.
AUD-002 = Una petición pide los eventos de auditoría de un año como máximo.
AUD-003 = Cada cambio que hace un administrador deja exactamente un evento de auditoría en cada organización que toca.
AUD-004 = La lista de eventos de auditoría empieza por el más reciente y tiene 100 por página salvo que `max` pida otra cosa, y nunca más de 200.
AUD-005 = Un administrador de socio que ve solo los clientes que tiene asignados no conoce ningún otro cliente por los eventos de auditoría, salvo por lo que hizo él mismo.

## OAuth

OAU-001 = Una petición de autorización o de token tiene cada parámetro que necesita, una sola vez.
OAU-002 = `redirect_uri` es una dirección absoluta sin fragmento, por http, https o un esquema propio de la aplicación.
OAU-003 = `response_type` es `code`.
OAU-004 = `scope` nombra al menos un ámbito; los que el sistema no conoce se aceptan y no abren nada.
OAU-005 = Quien inicia sesión tiene roles de administrador como persona, o se le concedió un token del entorno de pruebas que aún vale; quien fue eliminado no inicia sesión.
OAU-006 = Si otras máquinas pueden llegar al sistema, para iniciar sesión hace falta el token con el que se inició.
OAU-007 = `grant_type` es `authorization_code` o `refresh_token`.
OAU-008 = El id y el secreto del cliente son los de una integración registrada; lo son todas, salvo que se haya indicado cuáles.
OAU-009 = Un código de autorización es uno que dio el sistema, y se canjea una sola vez.
OAU-010 = Un código de autorización se canjea antes de 10 minutos del reloj del entorno de pruebas.
OAU-011 = Un código o token de actualización lo usa el cliente al que se dio, y un código, con su `redirect_uri`.
OAU-012 = Un token de actualización es uno que dio el sistema, y se usó o se dio en los últimos 90 días del reloj del entorno de pruebas.
OAU-013 = El token de acceso de una aplicación dura 14 días del reloj del entorno de pruebas.
OAU-014 = Al renovar se da un nuevo token de acceso y el mismo token de actualización; los tokens de acceso anteriores duran hasta que vencen.
OAU-015 = Un token de acceso lleva los ámbitos que pidió su aplicación, y la respuesta los nombra como se pidieron.
OAU-016 = Quien inicia sesión como persona tiene los roles que tiene en ese momento; quien recibió un token y no tiene ninguno tiene los del token.
OAU-017 = Un token de acceso vale hasta que termina su duración, por mucho que se use.

## Directorios

SCM-001 = El usuario de una petición SCIM pertenece a la organización de su ruta.
SCM-002 = Los `schemas` de una petición SCIM nombran el esquema en el que está escrito su cuerpo.
SCM-003 = Un filtro SCIM se escribe como indica el RFC 7644.
SCM-004 = Una ruta en un filtro o parche SCIM designa un atributo que el recurso tiene.
SCM-005 = Un reemplazo que selecciona valores con un filtro encuentra al menos uno.
SCM-006 = Una operación de quitar de un parche tiene una ruta.
SCM-007 = La ruta de una operación de parche no lleva a un atributo de solo lectura; en otras partes de un cuerpo, esos se pasan por alto.
SCM-008 = La dirección de trabajo principal entre los `emails` de un usuario es su `userName`.
SCM-009 = El responsable de un usuario es un usuario de la misma organización.
SCM-010 = Un rol que SCIM da a un usuario es uno de los que el servicio le permite dar, y los administradores de ubicación y de sitio no lo son.
SCM-011 = Un usuario que pasa a inactivo queda suspendido y conserva lo que tiene; activado de nuevo, cuenta como que ha iniciado sesión.
SCM-012 = Un PUT de un usuario vacía lo que omite, pero `active`, `roles` y los datos de llamadas permanecen salvo que se indiquen.
SCM-013 = El número de llamadas y la extensión de un usuario figuran primero entre sus `phoneNumbers` y no se cambian ahí.
SCM-014 = Una página de usuarios o grupos empieza en `startIndex`, contando desde 1, y contiene 100, o 500 miembros de un grupo, salvo que `count` pida menos o ninguno, y nunca más de 500.
SCM-015 = Una petición masiva tiene de 1 a 100 operaciones, y un `failOnErrors` de 1 a 100 si lo tiene.
SCM-016 = Una operación masiva hace POST a `/Users` o `/Groups` con `data` y un `bulkId` propio, o PATCH con `data` o DELETE de uno de ellos.
SCM-017 = Una referencia por `bulkId` designa un recurso que creó una operación anterior de la misma petición.
SCM-018 = El nombre para mostrar de una organización no está en blanco.

## Grupos

GRP-001 = El grupo existe y pertenece a una organización visible para quien llama.
GRP-002 = El nombre para mostrar de un grupo no está en blanco.
GRP-003 = El nombre para mostrar de un grupo no es el de otro grupo de la organización, en mayúsculas o minúsculas.
GRP-004 = Cada miembro de un grupo es una persona de su organización.
GRP-005 = Una lista de grupos muestra los miembros solo cuando lo pide `includeMembers`, y ningún grupo muestra más de 500.

## Plataforma

API-001 = El cuerpo de una petición es un solo documento JSON bien formado.
API-002 = Cada campo del cuerpo y parámetro de consulta tiene el tipo y, donde se enumeran, uno de los valores que le da la descripción de la API.
API-003 = Cada campo que la descripción de la API marca como obligatorio está presente y no es null.
API-004 = Una petición no tiene ningún campo del cuerpo que la descripción de la API no conozca: en la API de control nunca, en lo demás no en modo estricto, que tampoco admite un parámetro de consulta así.
API-005 = Una petición lleva un token bearer que se conoce y no ha vencido.
API-006 = El rol de administrador detrás del token permite la operación.
API-007 = El token lleva el ámbito que necesita la operación.
API-008 = La ruta de una petición designa un recurso de la API.
API-009 = El recurso admite el método de la petición.
API-010 = El cuerpo de una petición no supera el límite.
API-011 = El cuerpo de una petición está en un formato que el recurso lee.
API-012 = Una página de una lista mayorista contiene 50 entradas salvo que `max` pida otra cosa, y nunca más de 100.
API-013 = Una lista responde con un encabezado Link del RFC 5988 cuyas direcciones absolutas next, prev y first conservan los filtros de la petición.
API-014 = `onBehalfOfSubPartnerOrgId` designa un subsocio del socio que llama.
API-015 = El sistema responde a una petición dentro de su límite de tiempo.
API-016 = Las respuestas se basan en el registro: una escritura se confirma solo después de haberse guardado en él, y con un registro compartido una lectura muestra todas las escrituras confirmadas antes de que empezara.
API-017 = Se simula la ruta documentada de la API de Webex.
API-018 = Quien sigue las direcciones next de una lista desde la primera página hasta la última ve una vez cada entrada que conserva su lugar en el orden, escriban lo que escriban otros mientras tanto.
API-019 = Una petición que indica qué formatos acepta como respuesta acepta JSON donde es el único.
API-020 = Una página web solo acepta formularios que este hub envió a la misma sesión del navegador.
API-040 = Un cliente no envía más peticiones en un tiempo dado de las que permite su tasa; el encabezado Retry-After dice en cuántos segundos puede continuar.
API-041 = Aquello de lo que trata una petición no está bloqueado; mientras lo está, el encabezado Retry-After puede decir en cuántos segundos volver a intentarlo.
API-042 = Un archivo que no se puede analizar en busca de malware se pide con una descarga forzada.
API-043 = El estado de una respuesta dice si el sistema rechaza una petición o no puede atenderla ahora, diga lo que diga el cuerpo.
API-044 = Una petición que se rechaza con un estado de 400 a 499 no ha cambiado nada.
API-045 = Una petición que se rechazó con 400, 401, 403, 404 o 409 se vuelve a rechazar mientras no cambie otra cosa.
API-046 = Una petición que se respondió con 500, 502, 503 o 504, con un cuerpo cortado o de ningún modo puede responderse bien la próxima vez, o nunca.
API-047 = Una escritura que se respondió con un estado de 500 en adelante, con un cuerpo cortado o de ningún modo puede haberse hecho; lo dice una lectura.
API-048 = El encabezado Retry-After de una respuesta con estado 503 dice en cuántos segundos volver a preguntar.
API-049 = Lo que tarda una respuesta no dice nada de ella: la petición se hizo una sola vez.
API-050 = Un rechazo del sistema tiene un mensaje, que puede ser cualquier texto, y `errors`, cada uno con una descripción, un errorCode o ambos; los códigos no son una lista cerrada.
API-051 = Una lista tiene todas las entradas que cumplen lo pedido y ninguna otra, y está vacía si no la cumple ninguna.
API-052 = Un valor en una consulta está en UTF-8 con codificación por ciento, en la que un signo más representa un espacio.
API-053 = Un identificador es de un solo registro, y el mismo en una lista que donde el registro se muestra solo.
API-054 = Lo que una petición ha creado, modificado o eliminado se muestra así desde entonces.
API-055 = El sistema tiene sitio para lo que una petición trae o crea: una conexión, un cuerpo, una respuesta, un entorno de pruebas, lo que un entorno guarda.
API-056 = A un sistema que solo su propia máquina alcanza se le llama por un nombre que nadie más puede poseer, y a su API de control no le habla ninguna página web ajena.

## Áreas

area-customers = Clientes
area-subscribers = Suscriptores
area-licences = Licencias
area-organizations = Organizaciones
area-people = Personas
area-users = Usuarios
area-locations = Ubicaciones
area-numbers = Números
area-devices = Dispositivos
area-bulk-import = Importación masiva
area-billing-reports = Informes de facturación
area-reports = Informes
area-audit-events = Eventos de auditoría
area-oauth = OAuth
area-directories = Directorios
area-groups = Grupos
area-platform = Plataforma
