-- What hubs share besides the journal. After a crash of the server the tables are empty, which is why they are quick to write to.
CREATE SEQUENCE numbers;

-- "place" is the order in which lines were written.
CREATE UNLOGGED TABLE lines (
    log text COLLATE "C" NOT NULL,
    place bigint GENERATED ALWAYS AS IDENTITY,
    number bigint NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (log, place)
);

-- A row is locked by whoever has the slip in hand. "until" is in milliseconds since 1970.
CREATE UNLOGGED TABLE slips (
    name text COLLATE "C" PRIMARY KEY,
    content bytea NOT NULL,
    until bigint NOT NULL
);
