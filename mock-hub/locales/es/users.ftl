# Control Hub: usuarios.

manage-users = Administrar usuarios
users-add = Agregar usuarios manualmente
users-add-lead = Escriba hasta 25 usuarios o péguelos como líneas.
users-csv = Agregar o editar CSV
users-csv-lead = Agregue, modifique o elimine muchos usuarios con un solo archivo.
users-claim = Reclamar usuarios
users-claim-lead = Traiga aquí a usuarios que tienen una cuenta de Webex en otra parte.
users-directory = Sincronización de directorios
users-directory-lead = Deje que un directorio se encargue de los usuarios.
users-back = Volver a los usuarios
cancel-users = Cancelar
cancel-user = Cancelar
next = Siguiente
close = Cerrar
change = Cambiar

users-search = Nombre o correo electrónico
users-find = Buscar
filter-any-user = Cualquiera
users-none = Todavía no hay usuarios. Elija Administrar usuarios para agregar los primeros.
users-none-found = Ningún usuario es así.
users-show-all = Mostrar todos los usuarios

user-name = Nombre
user-email = Correo electrónico
user-first-name = Nombre de pila
user-last-name = Apellidos
user-display-name = Nombre para mostrar
user-status = Estado
user-package = Paquete
user-location = Ubicación
user-location-none = Ninguna
user-number = Número / extensión
user-phone-number = Número de teléfono
user-phone-number-hint = Uno que nadie tenga en la ubicación, como +14085550123.
user-extension = Extensión
user-extension-hint = De 2 a 10 dígitos.
user-site = Sitio Webex preferido
user-roles = Roles de administrador
user-created = Agregado
user-is-external = Externo
user-is-of-directory = Figura en el directorio
user-licenses = Licencias
user-licenses-none = Ninguna.
user-actions = Acciones
user-outcome = Resultado
user-reason = Motivo
user-check = Comprobación

step-basic = Información básica
step-more = Más usuarios
step-results = Resultados
user-calling = Información del número de llamada
user-calling-lead = Solo para paquetes con llamadas: una ubicación y un número de teléfono, una extensión o ambos.
user-required-attributes = Obligatorio en la organización
user-package-automatic = Ninguno: licencias automáticas, si las hay
user-package-choose = Elija un paquete
users-another = Otro usuario
users-add-another = Agregar otro usuario
users-paste = Pegar varios usuarios
users-pasted = Usuarios, uno por línea
users-pasted-hint = Nombre de pila, apellidos, correo electrónico, número de teléfono y extensión, separados por tabuladores, comas o puntos y comas. Reciben el paquete y la ubicación elegidos arriba.
users-so-far = Usuarios hasta ahora
users-count = { $count } de { $most }
user-fits = Se puede agregar
user-edit-typed = Editar
user-remove-typed = Quitar
user-correct = Corregir
users-correct = Corregir los usuarios rechazados
run-counts =
    { $done ->
        [one] { $done } usuario completado
       *[other] { $done } usuarios completados
    }, { $failed ->
        [one] { $failed } rechazado
       *[other] { $failed } rechazados
    }.

claim-users = Direcciones de correo electrónico
claim-users-hint = Una por línea, o varias separadas por comas. Para un paquete con llamadas, escriba el número de teléfono y la extensión detrás de cada dirección: ana@example.com, +14085550123, 1023
claim-submit = Reclamar
claim-again = Corregir y volver a reclamar
claim-more = Reclamar más usuarios

directory-setting = Configuración
directory-setting-lead = Mientras esté activada, los usuarios no se agregan manualmente ni se reclaman, y sus nombres provienen del directorio.
directory-is-on = Activada
directory-is-off = Desactivada
directory-turn-on = Activar
directory-turn-off = Desactivar
directory-run = Sincronizar ahora
directory-users = Usuarios del directorio
directory-users-hint = Todo el directorio como lo recibe la API, en JSON como abajo. Quien figuraba antes y ya no figura queda desactivado.
directory-file = O elija un archivo
directory-synchronize = Sincronizar
directory-first = Se muestran los primeros { $shown } de { $all }, los rechazados antes que los demás.
done-directory-on = La sincronización de directorios está activada.
done-directory-off = La sincronización de directorios está desactivada.

user-edit = Editar usuario
user-names = Nombres
user-names-only = Los nombres se pueden cambiar de todos modos.
user-attributes = Dirección y atributos
user-may-sign-in = Puede iniciar sesión
user-save = Guardar
done-user-changed = Se ha modificado el usuario.

user-package-none = Ninguno.
user-package-change = Cambiar paquete >
user-package-change-title = Cambiar paquete de usuario
user-package-present = Paquete actual
user-package-new = Paquete nuevo
user-package-choose-other = Elegir otro
user-package-in-error = El paquete tiene un error.
done-package-changed = Se ha cambiado el paquete.
user-unassign = Desasignar paquete
user-unassign-title = ¿Desasignar el paquete?
user-unassign-lead = Se quita el paquete con sus complementos y, si incluye llamadas, la ubicación, el número y la extensión. El usuario se queda.
done-package-unassigned = Se ha desasignado el paquete.

user-remove = Eliminar usuario
user-remove-title = ¿Eliminar el usuario?
user-remove-lead = El usuario se elimina con todo lo que tiene. Esto no se puede deshacer.
done-user-removed = Se ha eliminado el usuario.
