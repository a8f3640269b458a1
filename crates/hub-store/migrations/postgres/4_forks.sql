-- The forks of a sandbox are found by what their first entries name as their parent, whichever version of the hub wrote them. Further than
-- that nobody reads an entry here: one that is damaged is a row as any other. The question for forks spells it in the same way.
CREATE INDEX forks ON entries (substring(left(entry, 1000) COLLATE "C" FROM '"origin":\{"fork":\{"sandbox":"([^"]*)"')) WHERE seq = 1;
