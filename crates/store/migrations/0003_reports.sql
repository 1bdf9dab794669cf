-- Version 3: reports that were built, what erasure leaves of a payload, how far retention has come, the audit trail's index.

CREATE TABLE reports (
    id {uuid} PRIMARY KEY NOT NULL, document {text} NOT NULL, title {text} NOT NULL, unit {uuid} NOT NULL,
    code {text} NOT NULL, period {text} NOT NULL, made_by {uuid} NOT NULL, made_at {number} NOT NULL,
    as_of {number} NOT NULL, figures {number} NOT NULL, files {text} NOT NULL
);
CREATE INDEX reports_made_at ON reports (made_at, id);

ALTER TABLE payloads ADD COLUMN remainder {text};

CREATE TABLE erasures (
    case_id {uuid} NOT NULL, days {number} NOT NULL, entry {number} NOT NULL, PRIMARY KEY (case_id, days)
);

CREATE INDEX entries_unit ON entries (unit, number);
