-- What the entries of a sandbox came to, so that a hub that starts reads only those since. It can be made anew, so it need not outlive
-- a crash of the server. "life" is the id of the sandbox's first entry.
CREATE UNLOGGED TABLE checkpoints (
    sandbox text COLLATE "C" PRIMARY KEY,
    life text NOT NULL,
    seq bigint NOT NULL,
    content text NOT NULL
);
