# Un rechazo: lugar, frase de la regla, lo que se vio. La frase y el consejo están en el catálogo de reglas.

place-line = línea { $line }
place-row = fila { $row }
place-row-and-line = fila { $row } (línea { $line })
place-column = columna `{ $column }`
refusal-seen = se vio `{ $seen }`
