# `mock-hub journal`: qué está íntegro en un diario. Lo que dicen SQLite, PostgreSQL o el sistema queda en sus palabras, y también por qué los registros no encajan.

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
journal-sum = Entornos: { $whole ->
    [one] 1 íntegro
   *[other] { $whole } íntegros
 }, { $damaged ->
    [one] 1 dañado
   *[other] { $damaged } dañados
 }, { $lost ->
    [one] 1 perdido
   *[other] { $lost } perdidos
 }.

flaw-broken = su texto está roto en el carácter { $column }
flaw-unreadable = no es una entrada que esta versión pueda leer, a partir del carácter { $column }
flaw-lost = se perdió con una parte del archivo
flaw-displaced = en su lugar está la entrada { $found }
flaw-misnumbered = dice que es la entrada { $said }
flaw-misnamed = está guardada con el id de otra entrada
flaw-starts-nothing = no inicia el entorno
flaw-starts-again = inicia un entorno que ya se ha iniciado
flaw-no-snapshot = vuelve a la instantánea `{ $snapshot }`, que no se tomó
flaw-fork-of-lost = es una bifurcación de `{ $parent }` después de la entrada { $seq }, que se perdió

journal-not-opened = el diario { $journal } no se puede abrir ({ $why }): { $advice }
journal-format-is-unknown = el diario tiene el formato { $found } y esta versión lee el formato { $known }: use una versión más nueva
journal-address = la dirección del diario no se puede usar: { $why }
journal-unavailable = el diario no está disponible ({ $doing }: { $why }): no se ha cambiado nada, vuelva a intentarlo
journal-let-it-write = el hub tiene que poder escribir en el archivo y en su carpeta
journal-make-its-folder = su carpeta tiene que existir y el hub tiene que poder escribir en ella
journal-see-the-disk = compruebe si su disco está lleno o falla
journal-recover = `mock-hub journal check` dice qué está íntegro y `mock-hub journal recover` lo conserva
journal-restore = restáurelo de una copia o indique otro archivo
journal-name-a-file = indique el archivo de un diario
journal-name-a-database = indique la base de datos de un diario
