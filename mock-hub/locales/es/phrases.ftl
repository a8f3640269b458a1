# Lo que se dice además de la frase de una regla. El inglés está en crates/hub-rules: advice, expected, sights, notes.

## Consejos

advice-json-fault = JSON: { $error }.
advice-form-fault = Formulario: { $error }.
advice-store-fault = Almacenamiento: { $error }.
advice-store-is-unsure = Almacenamiento: no se sabe si se guardó la entrada { $entry } del entorno de pruebas `{ $sandbox }`. Aún puede hacerse: compruébelo antes de volver a intentarlo.
advice-look-first = Aún puede hacerse: compruébelo antes de volver a intentarlo.
advice-body-is-late = El cuerpo de la solicitud no llegó a su fin dentro de él y no se hizo nada: vuelva a enviarla.
advice-limit-in-bytes = El límite es de { $bytes } bytes.
advice-room-for-bodies = Todos los cuerpos a la vez pueden tener { $bytes } bytes: vuelva a intentarlo.
advice-room-for-answers = Las respuestas largas que esperan a sus clientes pueden tener { $bytes } bytes a la vez: vuelva a intentarlo.
advice-room-for-sandboxes = Puede haber { $count } entornos de pruebas: elimine uno que ya no necesite.
advice-room-for-records = Un entorno de pruebas puede tener { $count } registros: elimine los que ya no necesite.
advice-room-for-snapshots = Un entorno de pruebas puede tener { $count } instantáneas: cree otro entorno.
advice-room-for-tokens = Un entorno de pruebas puede guardar { $count } tokens: cree otro entorno.
advice-room-for-faults = Un entorno de pruebas puede tener { $count } fallos programados.
advice-send-format = Envíe { $format }.
advice-send-either-format = Envíe { $format } o { $other }.
advice-send-csv = Envíe text/csv, o un formulario con la parte `file`.
advice-say-one-of = Indique { $choices }.
advice-no-such-path = No hay tal ruta.
advice-no-such-method = La ruta no tiene este.
advice-not-in-this-version = Esta versión de mock-hub no lo simula.
advice-send-token = Envíe el encabezado `Authorization: Bearer TOKEN`.
advice-use-name-of-this-machine = Use localhost o 127.0.0.1, o inicie el sistema con --public-url y este nombre.
advice-token-has-expired = El token ha vencido.
advice-token-is-not-known = El token no se conoce.
advice-token-is-of-another-sandbox = El token pertenece a otro entorno de pruebas.
advice-default-sandbox-is-gone = El entorno de pruebas predeterminado ya no existe.
advice-no-such-administrator = El entorno de pruebas no tiene ese administrador.
advice-needs-scope = Necesita { $scope }.
advice-address-is-not-escaped = Tiene caracteres que deben escribirse con códigos de escape.
advice-address-has-a-fragment = Tiene un fragmento.
advice-address-is-not-absolute = No es absoluta.
advice-address-has-a-foreign-scheme = No hay ninguna aplicación detrás de este esquema.
advice-address-names-no-host = No nombra ningún host.
advice-address-is-a-scheme = Es un esquema y nada más.
advice-these-can-sign-in = Pueden iniciar sesión: { $names }.
advice-code-is-not-known = El entorno de pruebas no conoce ese código.
advice-code-is-for-another-address = El código se dio para otra.
advice-code-was-exchanged = Ya se canjeó antes.
advice-was-good-until = Era válido hasta { $time }.
advice-refresh-token-is-not-known = El entorno de pruebas no conoce ese token de actualización.
advice-given-to-another-client = Se dio a otro cliente.
advice-type-the-token = Escríbalo en la página, o envíe el encabezado `Authorization: Bearer TOKEN`.
advice-header-names-another-client = El encabezado Authorization nombra a otro cliente.
advice-secret-is-wrong = El secreto es incorrecto.
advice-basic-is-base64 = A Basic le sigue el base64 de `client_id:client_secret`.
advice-sent-times = Se envió { $times ->
    [one] { $times } vez
   *[other] { $times } veces
}.
advice-not-done-yet = Aún no está listo.
advice-done-at = Termina a las { $time }.
advice-import-done-at = La importación en curso termina a las { $time }.
advice-today-is = Hoy es { $day }.
advice-pstn-is-not-configured = La PSTN de la ubicación no está configurada.
advice-has-all-customers = El usuario ya tiene acceso a todos los clientes.
advice-add-on-needs = { $addOn } necesita uno de { $packages }.
advice-members-are-users = Aquí los miembros son usuarios.
advice-no-target = El RFC 7644 lo llama noTarget.
advice-these-are-kept = Se guardan estos: { $names }.
advice-these-are-required = Obligatorios: { $names }.
advice-claim-the-user = Reclame al usuario.
advice-add-the-user = Agregue al usuario en su lugar.
advice-import-with-removal = Importe con add-and-remove-services para cambiar el paquete.
advice-column-is-called-now = Ahora se llama `{ $name }`.
advice-leave-the-column-out = Webex Wholesale no tiene esa columna: omítala.
advice-package-is-not-offered = No se ofrece { $package } a la organización.
advice-package-is-not-for-users = { $package } no es para usuarios: omita la columna.
advice-reassign-by-two-files = Importe FALSE para el paquete actual, con los demás en blanco, con add-and-remove-services; después, en un segundo archivo, TRUE para el que se quiere.
advice-resume-or-cancel = Reanude o cancele la tarea en pausa { $task }.
advice-quote-is-in-this-row = Las comillas que nunca se cierran están en esta fila.
advice-save-as-utf8 = Guarde el archivo como UTF-8.
advice-nearest = Lo más parecido es `{ $name }`.
advice-quote-cells = Ponga entre comillas la celda que contenga una coma, comillas o un salto de línea.
advice-unless-he-has-it = Solo puede omitirlo un usuario que ya lo tenga.
advice-split-the-file = Divida el archivo: el límite vigente es de { $users ->
    [one] { $users } usuario
   *[other] { $users } usuarios
}.
advice-expected = Se esperaba { $what }.
advice-expected-at-character = Se esperaba { $what } en el carácter { $character }.

## Cómo se escriben los valores

expected-whole-number = un número entero
expected-whole-number-from-0 = un número entero desde 0
expected-whole-number-from-1 = un número entero desde 1
expected-at-least-1 = al menos 1
expected-day = un día como 2026-03-01
expected-time = milisegundos de época o ISO 8601
expected-millisecond = una hora como 2026-03-01T12:00:00.000Z
expected-http-status = un estado HTTP
expected-request-id = el identificador de una petición
expected-link-cursor = uno que figure en un encabezado Link
expected-user-uuid = el UUID de un usuario
expected-one-of = uno de { $words }
expected-among-them = { $name } entre ellos
expected-list = una lista
expected-text = un texto
expected-object = un objeto
expected-object-or-its-text = un objeto o su texto JSON
expected-true-or-false = true o false
expected-nothing-more = nada más
expected-sign = `{ $sign }`
expected-and-or-sign = `and`, `or` o `{ $sign }`
expected-filter-operator = un operador como `eq`
expected-fewer-brackets = como máximo { $depth } paréntesis unos dentro de otros
expected-literal = un texto entre comillas dobles, un número, `true`, `false` o `null`
expected-attribute-name = el nombre de un atributo

## Lo que se vio

seen-more-users-than = más de { $users ->
    [one] { $users } usuario
   *[other] { $users } usuarios
}
seen-cells-under-columns = { $cells ->
    [one] { $cells } celda
   *[other] { $cells } celdas
} bajo { $columns ->
    [one] { $columns } columna
   *[other] { $columns } columnas
}
seen-byte = byte { $byte }
seen-package-without = { $package } sin { $columns }
seen-either = { $one } o { $other }
seen-days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
seen-numbers = { $numbers ->
    [one] { $numbers } número
   *[other] { $numbers } números
}
seen-users = { $users ->
    [one] { $users } usuario
   *[other] { $users } usuarios
}
seen-organizations = { $organizations ->
    [one] { $organizations } organización
   *[other] { $organizations } organizaciones
}
seen-characters = { $characters ->
    [one] { $characters } carácter
   *[other] { $characters } caracteres
}
seen-subscribers = { $subscribers ->
    [one] { $subscribers } suscriptor
   *[other] { $subscribers } suscriptores
}
seen-ids = { $ids ->
    [one] { $ids } identificador
   *[other] { $ids } identificadores
}

## Observaciones sobre las filas

note-gets-base-licenses = recibe además licencias base
note-gets-automatic-package = recibe además el paquete de las licencias automáticas
note-directory-manages = el directorio administra { $columns }; se ignora lo que dice el archivo
note-has-no-preferred-site = sin Preferred Webex Site para un paquete con reuniones
note-place-is-ignored = se ignoran la ubicación, el número y la extensión
note-cell-is-ignored = se ignora `{ $column }`
note-number-is-inactive = { $number } está inactivo y no recibe llamadas
note-read-only-cell-is-ignored = `{ $column }` es de solo lectura; se ignora `{ $cell }`
