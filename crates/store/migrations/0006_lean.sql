-- Version 6: nothing is written twice. A fact is kept without what its entry says already; payloads, bodies and facts are
-- written together with what they belong to, which the databases need not look up again; in SQLite what is found by its key
-- alone lies in one tree instead of two. See docs/decisions/0033.

CREATE TABLE fresh_facts (
    entry {number} PRIMARY KEY NOT NULL, kind {text} NOT NULL, stage_before {text}, stage {text} NOT NULL,
    number {text} NOT NULL, opened_on {text} NOT NULL, closed_on {text}, answers {text} NOT NULL
);
INSERT INTO fresh_facts SELECT entry, kind, stage_before, stage, number, opened_on, closed_on, answers FROM facts;
DROP TABLE facts;
ALTER TABLE fresh_facts RENAME TO facts;

-- only sqlite
CREATE TABLE fresh_payloads (
    number {number} PRIMARY KEY NOT NULL, salt {bytes}, body {text}, erased {text}, remainder {text}
);
INSERT INTO fresh_payloads SELECT number, salt, body, erased, remainder FROM payloads;
DROP TABLE payloads;
ALTER TABLE fresh_payloads RENAME TO payloads;

CREATE TABLE fresh_bodies (
    id {uuid} PRIMARY KEY NOT NULL, version {text} NOT NULL, answers {text} NOT NULL, done {text} NOT NULL
) WITHOUT ROWID;
INSERT INTO fresh_bodies SELECT id, version, answers, done FROM case_bodies;
DROP TABLE case_bodies;
ALTER TABLE fresh_bodies RENAME TO case_bodies;

CREATE TABLE fresh_rows (
    batch {uuid} NOT NULL, case_id {uuid} NOT NULL, revision_before {number} NOT NULL, revision_after {number} NOT NULL,
    PRIMARY KEY (batch, case_id)
) WITHOUT ROWID;
INSERT INTO fresh_rows SELECT batch, case_id, revision_before, revision_after FROM batch_rows;
DROP TABLE batch_rows;
ALTER TABLE fresh_rows RENAME TO batch_rows;

CREATE TABLE fresh_known (
    kind {text} NOT NULL, row_key {text} NOT NULL, case_id {uuid} NOT NULL, row_values {text} NOT NULL,
    PRIMARY KEY (kind, row_key)
) WITHOUT ROWID;
INSERT INTO fresh_known SELECT kind, row_key, case_id, row_values FROM known_rows;
DROP TABLE known_rows;
ALTER TABLE fresh_known RENAME TO known_rows;
CREATE INDEX known_rows_case ON known_rows (kind, case_id);
-- end
-- only postgres
ALTER TABLE payloads DROP CONSTRAINT IF EXISTS payloads_number_fkey;
ALTER TABLE case_bodies DROP CONSTRAINT IF EXISTS case_bodies_id_fkey;
-- end
