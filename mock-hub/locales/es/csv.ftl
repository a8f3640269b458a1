# `mock-hub csv`: un archivo comprobado, planificado y corregido.

csv-file-refused = el archivo se rechaza:
csv-error = error:
csv-usage-names-no-customer = --org no designa ningún cliente del mundo; hay: { $names }
csv-usage-needs-customer = el mundo tiene varios clientes, y --org designa uno; hay: { $names }
csv-usage-hub-needs = --url necesita --token y --org
csv-usage-not-http = `{ $url }` no es una dirección http://, que es lo único que usa este comando
csv-usage-no-plan = { $url } no respondió con un plan: { $error }
csv-usage-output-exists = { $file } existe; con --force se sobrescribe

plan-organization = Organización: { $name }

action-add = agregar
action-update = modificar
action-remove = eliminar
action-refuse = rechazar
action-keep = conservar
detail-deleted = se elimina de la organización
detail-from-to = { $column } `{ $from }` -> `{ $to }`
detail-to = { $column } `{ $to }`
detail-gone = { $column } ya no `{ $from }`
column-package = Paquete
column-base-licences = Licencias base

why-title = Por qué se rechazan filas
why-rows = { $count ->
    [one] 1 fila: { $rows }
   *[other] { $count } filas: { $rows }
}
why-more-rows = { $rows } y { $more } más
why-source = { $evidence }: { $source }

notes-title = A tener en cuenta
notes-get-base-licenses = { $count ->
    [one] 1 fila da además licencias base
   *[other] { $count } filas dan además licencias base
}
notes-have-no-preferred-site = { $count ->
    [one] 1 usuario recibe reuniones pero no tiene Sitio Webex preferido
   *[other] { $count } usuarios reciben reuniones pero no tienen Sitio Webex preferido
}
notes-ignore-place = { $count ->
    [one] 1 usuario no tiene llamadas, así que se ignoran la ubicación, el número y la extensión
   *[other] { $count } usuarios no tienen llamadas, así que se ignoran la ubicación, el número y la extensión
}
notes-ignore-read-only-cell = { $count ->
    [one] 1 celda modificada es de solo lectura y se ignora
   *[other] { $count } celdas modificadas son de solo lectura y se ignoran
}
notes-other = { $count ->
    [one] 1 fila: { $says }
   *[other] { $count } filas: { $says }
}

summary-users = { $count ->
    [one] 1 usuario
   *[other] { $count } usuarios
}
summary-added = { $count ->
    [one] 1 se agrega
   *[other] { $count } se agregan
}
summary-package = { $count ->
    [one] 1 cambia de paquete
   *[other] { $count } cambian de paquete
}
summary-updated = { $count ->
    [one] 1 se modifica
   *[other] { $count } se modifican
}
summary-otherwise-updated = { $count ->
    [one] 1 se modifica en otra cosa
   *[other] { $count } se modifican en otra cosa
}
summary-removed = { $count ->
    [one] 1 se elimina
   *[other] { $count } se eliminan
}
summary-unchanged = { $count } sin cambios
summary-base-licences = { $count ->
    [one] 1 recibiría además las licencias base
   *[other] { $count } recibirían además las licencias base
}
summary-refused = { $count ->
    [one] 1 se rechaza
   *[other] { $count } se rechazan
}
summary-none-refused = ninguno se rechaza

fix-title = Corregido en { $file }
fix-none = Nada que corregir, y no se escribe ninguna copia
fix-byte-order-mark = se omite la marca de orden de bytes
fix-encoding = { $encoding } pasa a UTF-8
fix-delimiter-semicolon = los puntos y comas entre celdas pasan a comas
fix-delimiter-tab = los tabuladores entre celdas pasan a comas
fix-empty-columns = { $count ->
    [one] se omite 1 columna vacía al final
   *[other] se omiten { $count } columnas vacías al final
}
fix-empty-rows = { $count ->
    [one] se omite 1 fila vacía al final
   *[other] se omiten { $count } filas vacías al final
}
fix-empty-cells = { $count ->
    [one] se omite 1 celda vacía al final
   *[other] se omiten { $count } celdas vacías al final
}
fix-left-alone-address = se deja como está: la fila { $row } comparte su dirección con la fila { $with }
fix-left-alone-number = se deja como está: la fila { $row } comparte su número con la fila { $with }
fix-hint = { $count ->
    [one] --fix corregiría 1 cosa, en una copia.
   *[other] --fix corregiría { $count } cosas, en una copia.
}
fix-cell = `{ $from }` -> `{ $to }`
