-- Version 1: everything. Frozen once released; a change is a new file with the next number.
-- Tokens: {uuid} {text} {bytes} {number} {flag}; blocks between «-- only DIALECT» and «-- end» go to one database.
-- Dates are ISO text, times Unix milliseconds, structures JSON text. An empty text in a list column means «no value».

-- Organisation 组织

CREATE TABLE unit_versions (
    unit {uuid} NOT NULL, code {text} NOT NULL, name {text} NOT NULL, kind {text} NOT NULL, parent {uuid},
    valid_from {text} NOT NULL, valid_to {text}, position {number} NOT NULL, attributes {text} NOT NULL,
    PRIMARY KEY (unit, valid_from)
);

CREATE TABLE jurisdictions (
    authority {uuid} NOT NULL, unit {uuid} NOT NULL, kind {text} NOT NULL, valid_from {text} NOT NULL, valid_to {text},
    PRIMARY KEY (authority, unit, kind, valid_from)
);

CREATE TABLE successions (
    from_unit {uuid} NOT NULL, to_unit {uuid} NOT NULL, kind {text} NOT NULL, on_day {text} NOT NULL,
    PRIMARY KEY (from_unit, to_unit, kind, on_day)
);

CREATE TABLE unit_aliases (alias {text} PRIMARY KEY NOT NULL, unit {uuid} NOT NULL);

-- People 人员

CREATE TABLE persons (id {uuid} PRIMARY KEY NOT NULL, name {text} NOT NULL, post {text} NOT NULL);

CREATE TABLE accounts (
    id {uuid} PRIMARY KEY NOT NULL, person {uuid} NOT NULL REFERENCES persons (id), login {text} NOT NULL UNIQUE,
    password_hash {text} NOT NULL, must_change {flag} NOT NULL, failures {number} NOT NULL, locked_until {number},
    enabled {flag} NOT NULL
);

CREATE TABLE grants (
    id {uuid} PRIMARY KEY NOT NULL, account {uuid} NOT NULL REFERENCES accounts (id), role {text} NOT NULL,
    unit {uuid} NOT NULL, valid_from {text} NOT NULL, valid_to {text}
);
CREATE INDEX grants_account ON grants (account);

CREATE TABLE sessions (session_key {text} PRIMARY KEY NOT NULL, record {text} NOT NULL, expires_at {number} NOT NULL);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- Entries 记录: append-only

CREATE TABLE entries (
    number {number} PRIMARY KEY NOT NULL, chain {uuid} NOT NULL, sequence {number} NOT NULL, kind {text} NOT NULL,
    verb {text} NOT NULL, unit {uuid}, actor {uuid} NOT NULL, grant_id {uuid}, happened_on {text} NOT NULL,
    from_state {text}, to_state {text}, recorded_at {number} NOT NULL, payload_hash {bytes} NOT NULL,
    previous {bytes} NOT NULL, hash {bytes} NOT NULL
);
CREATE UNIQUE INDEX entries_chain ON entries (chain, sequence);

CREATE TABLE payloads (
    number {number} PRIMARY KEY NOT NULL REFERENCES entries (number), salt {bytes}, body {text}, erased {text}
);

CREATE TABLE seals (upto {number} PRIMARY KEY NOT NULL, hash {bytes} NOT NULL, sealed_at {number} NOT NULL);

-- Cases 事项. A lane is one (kind, stage, state); list rows are kept narrow and indexed by lane, so that every list is a
-- merge of a few index walks; answers lie apart in case_bodies.

CREATE TABLE lanes (
    lane {number} PRIMARY KEY NOT NULL, kind {text} NOT NULL, stage {text} NOT NULL, state {text} NOT NULL,
    UNIQUE (kind, stage, state)
);

CREATE TABLE cases (
    id {uuid} PRIMARY KEY NOT NULL, lane {number} NOT NULL, unit {uuid} NOT NULL, number {text} NOT NULL,
    revision {number} NOT NULL, entry {number} NOT NULL, opened_on {text} NOT NULL, closed_on {text} NOT NULL,
    due_on {text} NOT NULL, slot0 {text} NOT NULL, slot1 {text} NOT NULL, slot2 {text} NOT NULL, slot3 {text} NOT NULL,
    slot4 {text} NOT NULL, slot5 {text} NOT NULL, slot6 {text} NOT NULL, slot7 {text} NOT NULL
);
CREATE INDEX cases_id ON cases (lane, id);
CREATE INDEX cases_unit ON cases (unit, lane, opened_on);
CREATE INDEX cases_number ON cases (lane, number, id);
CREATE INDEX cases_opened_on ON cases (lane, opened_on, id);
CREATE INDEX cases_closed_on ON cases (lane, closed_on, id);
CREATE INDEX cases_due_on ON cases (lane, due_on, id);
CREATE INDEX cases_slot0 ON cases (lane, slot0, id);
CREATE INDEX cases_slot1 ON cases (lane, slot1, id);
CREATE INDEX cases_slot2 ON cases (lane, slot2, id);
CREATE INDEX cases_slot3 ON cases (lane, slot3, id);
CREATE INDEX cases_slot4 ON cases (lane, slot4, id);
CREATE INDEX cases_slot5 ON cases (lane, slot5, id);
CREATE INDEX cases_slot6 ON cases (lane, slot6, id);
CREATE INDEX cases_slot7 ON cases (lane, slot7, id);

CREATE TABLE case_bodies (
    id {uuid} PRIMARY KEY NOT NULL REFERENCES cases (id), version {text} NOT NULL, answers {text} NOT NULL,
    done {text} NOT NULL
);

CREATE TABLE sequences (sequence_key {text} PRIMARY KEY NOT NULL, taken {number} NOT NULL);

-- Facts: the fresh tail that analysis has not yet moved to files

CREATE TABLE facts (
    kind {text} NOT NULL, entry {number} NOT NULL REFERENCES entries (number), subject {uuid} NOT NULL,
    sequence {number} NOT NULL, unit {uuid} NOT NULL, verb {text} NOT NULL, state {text} NOT NULL, stage_before {text},
    stage {text} NOT NULL, number {text} NOT NULL, happened_on {text} NOT NULL, recorded_at {number} NOT NULL,
    actor {uuid} NOT NULL, opened_on {text} NOT NULL, closed_on {text}, answers {text} NOT NULL,
    PRIMARY KEY (kind, entry)
);

CREATE TABLE watermarks (kind {text} PRIMARY KEY NOT NULL, entry {number} NOT NULL);

-- Rounds 任务

CREATE TABLE obligations (
    id {uuid} PRIMARY KEY NOT NULL, round {text} NOT NULL, period {text} NOT NULL, unit {uuid} NOT NULL,
    due_at {number} NOT NULL, standing {text} NOT NULL, received_at {number}, late {flag} NOT NULL,
    revision {number} NOT NULL, answers {text} NOT NULL, UNIQUE (round, period, unit)
);
CREATE INDEX obligations_due ON obligations (standing, due_at);

-- Files 附件

CREATE TABLE files (
    hash {text} PRIMARY KEY NOT NULL, stored {text} NOT NULL, media {text} NOT NULL, name {text} NOT NULL,
    size {number} NOT NULL, at {number} NOT NULL
);

CREATE TABLE case_files (
    hash {text} NOT NULL REFERENCES files (hash), case_id {uuid} NOT NULL, PRIMARY KEY (hash, case_id)
);

-- Imports 导入

CREATE TABLE batches (
    id {uuid} PRIMARY KEY NOT NULL, kind {text} NOT NULL, unit {uuid}, name {text} NOT NULL, hash {text} NOT NULL,
    actor {uuid} NOT NULL, at {number} NOT NULL, state {text} NOT NULL, created {number} NOT NULL,
    updated {number} NOT NULL, unchanged {number} NOT NULL
);
CREATE INDEX batches_at ON batches (at, id);

CREATE TABLE batch_rows (
    batch {uuid} NOT NULL, case_id {uuid} NOT NULL, revision_before {number} NOT NULL, revision_after {number} NOT NULL,
    PRIMARY KEY (batch, case_id)
);

CREATE TABLE known_rows (
    kind {text} NOT NULL, row_key {text} NOT NULL, case_id {uuid} NOT NULL, row_values {text} NOT NULL,
    PRIMARY KEY (kind, row_key)
);
CREATE INDEX known_rows_case ON known_rows (kind, case_id);

CREATE TABLE mappings (mapping_key {text} PRIMARY KEY NOT NULL, mapping {text} NOT NULL);

-- Jobs, month-end counts, settings

CREATE TABLE leases (job {text} PRIMARY KEY NOT NULL, holder {text} NOT NULL, until_at {number} NOT NULL);

CREATE TABLE balance_days (
    kind {text} NOT NULL, on_day {text} NOT NULL, as_of {number} NOT NULL, PRIMARY KEY (kind, on_day)
);

CREATE TABLE balances (
    kind {text} NOT NULL, on_day {text} NOT NULL, unit {uuid} NOT NULL, grouping_values {text} NOT NULL,
    open_count {number} NOT NULL, as_of {number} NOT NULL, PRIMARY KEY (kind, on_day, unit, grouping_values)
);

CREATE TABLE settings (setting_key {text} PRIMARY KEY NOT NULL, setting {text} NOT NULL);

-- Notices 提醒

CREATE TABLE notices (
    id {uuid} PRIMARY KEY NOT NULL, notice_key {text} NOT NULL UNIQUE, account {uuid} NOT NULL, case_id {uuid},
    subject {text} NOT NULL, body {text} NOT NULL, at {number} NOT NULL, read_at {number}
);
CREATE INDEX notices_account ON notices (account, at, id);

-- What is told stays told: the database itself refuses to change entries and seals.

-- only sqlite
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER seals_no_update BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
CREATE TRIGGER seals_no_delete BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
-- end
-- only postgres
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER entries_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seals_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- end
