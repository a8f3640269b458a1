-- One row an entry. The primary key is the only lock between those who append.
-- "C" is the order of bytes, in which every server lists the sandboxes alike.
CREATE TABLE entries (
    sandbox text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    id text NOT NULL,
    entry text NOT NULL,
    PRIMARY KEY (sandbox, seq)
);
