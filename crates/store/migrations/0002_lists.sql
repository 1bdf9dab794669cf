-- Version 2: text search and «what I did» in lists, idempotency keys of phones, unread notices.

-- What a search looks through, in lower case. Rows of version 1 are found by number until their case is acted on again.
ALTER TABLE cases ADD COLUMN search {text} NOT NULL DEFAULT '';
UPDATE cases SET search = lower(number);
CREATE INDEX cases_search ON cases (lane, search, id);

CREATE INDEX entries_actor ON entries (actor, chain);

CREATE TABLE case_keys (
    account {uuid} NOT NULL, write_key {text} NOT NULL, case_id {uuid} NOT NULL, PRIMARY KEY (account, write_key)
);

CREATE INDEX notices_unread ON notices (account) WHERE read_at IS NULL;
