# Control Hub de un cliente, salvo sus usuarios: archivos, tareas, ubicaciones y números, licencias, configuración.

csv-title = Agregar o editar CSV
csv-lead = Agregar, modificar o eliminar usuarios a través de CSV
csv-gone = El archivo que cargó ya no se conserva: espera 15 minutos, y solo hasta el siguiente. No ha ocurrido nada. Elíjalo de nuevo.
csv-download-title = Comience con un archivo
csv-download-lead = La plantilla tiene una columna para todo lo que tiene esta organización; una exportación tiene además sus usuarios.
csv-template = Descargar plantilla CSV
csv-export-all = Exportar todo
csv-export-attributes = Exportar atributos de usuario
csv-export-licenses = Exportar licencias de usuario
csv-upload-title = Cargue un archivo
csv-behavior = Seleccionar comportamiento de importación de CSV
csv-hint-add-services-only = TRUE agrega un servicio; FALSE no tiene efecto. Los usuarios reciben además las licencias base, junto al paquete que nombra el archivo.
csv-hint-add-and-remove-services = TRUE agrega un servicio, FALSE lo quita. Esta es la opción para la venta mayorista. FALSE en todos los paquetes elimina al usuario.
csv-file = Elegir un archivo
csv-file-hint = Un archivo CSV en UTF-8 con { $rows } usuarios como máximo. También puede soltarlo aquí.
csv-upload = Cargar

csv-preview-title = Qué haría este archivo
csv-preview-lead = Todavía no ha ocurrido nada. Revise el plan y después envíe el archivo o elija otro.
csv-file-name = Archivo
csv-behavior-chosen = Comportamiento de importación de CSV
csv-rows = Filas
csv-counts = Filas según lo que ocurriría
planned-added = Por agregar
planned-updated = Por actualizar
planned-removed = Por eliminar
planned-unchanged = Sin cambios
planned-refused = Rechazadas
csv-submit = Enviar
csv-choose-another = Elegir otro archivo
csv-whole-preview = Volver a la vista previa completa
csv-refused-title = Filas rechazadas
csv-refused-lead = Estas filas no cambiarían nada; las demás siguen sin ellas.
csv-all-refused = Las { $count } filas rechazadas
csv-changes-title = Cambios
csv-changes-none = El archivo no cambia a ningún usuario.
csv-more-changes = Las primeras { $shown } de { $count } filas. Las cifras de arriba llevan a todas.
heading-row = Fila
heading-column = Columna
heading-email = Correo electrónico
heading-reason = Motivo
heading-action = Acción
heading-changes = Cambios
done-csv-submitted = El archivo se ha enviado. Esta es su tarea.

tasks-none = Todavía no se ha importado ningún archivo.
heading-task = Tarea
heading-state = Estado
heading-rows = Filas
heading-created-by = Creada por
heading-created = Creada
task-without-name = Importación
task-rows = { $done } de { $total } filas
task-completed-with-errors = Completada con errores
task-progress = Filas hechas
task-pause = Pausar
task-resume = Reanudar
task-cancel = Cancelar la importación
task-cancel-title = ¿Cancelar esta importación?
task-cancel-lead = { $left ->
    [one] A 1 fila de { $name } no le ha llegado el turno. Ya no se importará; lo importado se queda.
   *[other] A { $left } filas de { $name } no les ha llegado el turno. Ya no se importarán; lo importado se queda.
}
task-keep = Dejar que continúe
task-counts = Filas según lo que ocurrió
outcome-added = Agregadas
outcome-updated = Actualizadas
outcome-removed = Eliminadas
outcome-unchanged = Sin cambios
outcome-refused = Rechazadas
task-about = Acerca de esta tarea
task-all = Todas las tareas
task-speed = Velocidad de importación
task-rows-per-second = { $count ->
    [one] 1 fila por segundo
   *[other] { $count } filas por segundo
}
task-errors = Filas rechazadas
task-errors-lead = El archivo tiene estas filas como usted las escribió, seguidas del motivo. Puede corregirlo y cargarlo tal cual.
task-errors-file = Descargar errores como CSV
done-task-paused = La importación está en pausa.
done-task-resumed = La importación continúa.
done-task-cancelled = La importación está cancelada.
