# `mock-hub journal`: qué está íntegro en un diario. Por qué una entrada está dañada se dice en inglés.

journal-is-there = { $journal } ya existe: indique un diario nuevo
journal-is-written = Lo que está íntegro se escribió en { $journal }.
journal-file-is-damaged = El archivo está dañado ({ $complaint }). { $rows ->
    [one] Se pudo leer 1 fila
   *[other] Se pudieron leer { $rows } filas
 }; de las entradas que faltan al final de un entorno no queda rastro.
journal-sandbox-is-whole = { $sandbox }: íntegro, { $whole ->
    [one] 1 entrada
   *[other] { $whole } entradas
 }
journal-sandbox-is-cut = { $sandbox }: íntegro hasta la entrada { $whole }; la entrada { $seq } está dañada ({ $why }), { $lost ->
    [one] 1 entrada a partir de ella se pierde
   *[other] { $lost } entradas a partir de ella se pierden
 }
journal-sandbox-is-lost = { $sandbox }: perdido; la entrada { $seq } está dañada ({ $why }), { $lost ->
    [one] se pierde 1 entrada
   *[other] se pierden { $lost } entradas
 }
journal-sandbox-does-not-fit = { $sandbox }: { $whole ->
    [one] se lee 1 entrada
   *[other] se leen { $whole } entradas
 }, pero los registros no encajan: { $why }
journal-sandbox-is-misled = { $sandbox }: { $whole ->
    [one] 1 entrada íntegra
   *[other] { $whole } entradas íntegras
}, pero el punto de control que las acompaña lleva a otra cosa: `mock-hub journal recover` lo deja atrás
journal-sum = Entornos: { $whole } íntegros, { $damaged } dañados, { $lost } perdidos.
