# A refusal: place, sentence of the rule, what was seen. The sentence and the advice are in the catalogue of rules.

place-line = line { $line }
place-row = row { $row }
place-row-and-line = row { $row } (line { $line })
place-column = column `{ $column }`
refusal-seen = saw `{ $seen }`
