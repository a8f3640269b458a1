# Entre bastidores: peticiones, entornos de pruebas, reloj, fallos, reglas.

search = Buscar
cancel = Cancelar
copied = Copiado

requests-lead = Lo que los clientes pidieron a este entorno de pruebas y lo que se les respondió, empezando por lo más reciente. Mirar páginas no se registra; lo que hacen los formularios, sí.
requests-none = Todavía no se ha pedido nada a este entorno de pruebas. Dirija un cliente a la API.
requests-follow = Seguir en directo
requests-stand-still = Detener
requests-clear = Olvidar estas peticiones
request-number = Número
request-time = Hora
request-method = Método
request-path = Ruta
request-query = Consulta
request-status = Estado
request-rule = Regla
request-caller = Quién llama
request-changed = Lo que cambió
request-changed-nothing = No cambió nada.
request-entry = entrada { $entry }
request-entry-said = { $count ->
    [one] Entrada { $entry } del diario, { $operation }: 1 registro.
   *[other] Entrada { $entry } del diario, { $operation }: { $count } registros.
}
request-more-changes = { $count ->
    [one] 1 registro más
   *[other] { $count } registros más
}
request-tracking-id = Identificador de seguimiento
request-duration = Duró
request-head = Última entrada del diario entonces
request-body = Cuerpo de la petición
request-answer = Cuerpo de la respuesta
request-body-cut = De { $length } bytes, el historial solo tiene los primeros { $kept }.
request-again = Otra vez
record-added = { $kind } agregado
record-removed = { $kind } eliminado
record-changed = { $kind } modificado
record-before = Antes
record-after = Después
copy-as-curl = Copiar como curl
curl-cut = El historial solo tiene el principio del cuerpo, así que esta orden envía menos de lo que se envió.
curl-not = Es el formulario de una página, que solo puede enviar el navegador que la recibió. Haga lo mismo en la página o mediante la API.
export-as-case = Exportar como caso de conformidad
export-as-case-not = No puede ser un caso de conformidad: los casos hablan de lo que hace un cliente, y ninguno hace esto.
export-as-case-cut = No puede ser un caso de conformidad: el historial solo tiene el principio del cuerpo.
fork-here = Bifurcar aquí
fork-here-lead = Un entorno de pruebas nuevo que empieza donde esta petición dejó este, en la entrada { $seq } del diario.

sandboxes-lead = Cada entorno de pruebas es un hub propio, con sus registros, su reloj, sus tokens y su historial de peticiones. Una bifurcación no lleva tiempo, tenga el tamaño que tenga.
sandbox-new = Crear un entorno de pruebas
sandbox-name = Nombre
sandbox-name-hint = Letras, cifras y guiones. Sin él, recibe el primer nombre libre.
sandbox-world = Empieza con
sandbox-fork-of = Una bifurcación de { $name }
sandbox-at = En
sandbox-at-hint = De una bifurcación: una instantánea o el número de una entrada del diario; sin él, su presente.
sandbox-clock = Reloj
sandbox-head = Última entrada del diario
sandbox-origin = Bifurcado de
sandbox-pages = Páginas
sandbox-api = API
sandbox-snapshots = Instantáneas
sandbox-back = Volver atrás
sandbox-reset = Restablecer
sandbox-reset-lead = Restablecer lleva los registros y el reloj al punto de partida. Las instantáneas y los tokens permanecen.
sandbox-delete = Eliminar
sandbox-delete-title = ¿Eliminar el entorno de pruebas { $name }?
sandbox-delete-lead = Sus registros, instantáneas, tokens y peticiones desaparecen para siempre.
snapshots-none = Todavía ninguna. Una instantánea es un punto al que volver.
snapshot-name = Nombre de una instantánea nueva
snapshot-take = Tomar una instantánea
snapshot-restore = Volver a ella

clock-lead = De este reloj depende lo que lleva tiempo en el hub: aprovisionamiento, importaciones, informes, tokens.
clock-is-frozen = Está detenido.
clock-is-running = Está en marcha.
clock-ahead = Adelantarlo
clock-1-second = 1 segundo
clock-1-minute = 1 minuto
clock-1-hour = 1 hora
clock-1-day = 1 día
clock-30-days = 30 días
clock-seconds = Segundos
clock-advance = Adelantarlo
clock-set = Ponerlo en hora
clock-time = Hora
clock-time-hint = Como en RFC 3339, por ejemplo 2026-03-01T12:00:00Z. Sin ella: desde el presente.
clock-freeze = Detenerlo
clock-run = Ponerlo en marcha

rules-lead = Cada comportamiento del hub es una regla, con su fuente y lo seguros que estamos de ella. Un rechazo cita exactamente una.
rules-search = Identificador, frase, fuente o evidencia
rules-none = Ninguna regla contiene eso.
rules-all = Todas las reglas

done-requests-cleared = Las peticiones se han olvidado.
done-sandbox-made = El entorno de pruebas está listo.
done-sandbox-reset = El entorno de pruebas está en su punto de partida.
done-sandbox-deleted = El entorno de pruebas ya no existe.
done-snapshot-taken = La instantánea está tomada.
done-snapshot-restored = El entorno de pruebas ha vuelto a la instantánea.
done-clock-advanced = El reloj se ha adelantado.
done-clock-set = El reloj se ha puesto en hora.

faults-lead = Lo que ha de salir mal: rechazos, respuestas perdidas o lentas y lo que falla en segundo plano. El mismo guion, la misma semilla y las mismas peticiones causan los mismos fallos. docs/faults.md explica cada uno.
faults-none = Nada sale mal a propósito.
faults-in-force = En vigor
faults-script = Guion
faults-script-label = Entradas, como lista JSON
faults-script-hint = Cada una es match, effect, after, times, probability; solo effect es necesario.
faults-put = Ponerlo en vigor
faults-clear = Que nada salga mal
faults-examples = Agregar un ejemplo
fault-number = Número
fault-entry = Entrada
fault-met = Coincidencias
fault-applied = Aplicaciones
fault-example-limit = Limitar la frecuencia
fault-example-refused = Rechazar una vez, para que se reintente
fault-example-lost = Perder una respuesta
fault-example-gateway = Que una pasarela responda 504
fault-example-twice = Entregar una petición dos veces
fault-example-slow = Responder despacio
fault-example-stuck = Que un paquete se quede atascado
fault-example-provisioning = Que falle el aprovisionamiento
done-faults-put = El guion está en vigor.
