-- Version 8: lists go on in the order in which cases came, and in place of the id each list index has the unit, so that a scope is
-- tested without a look at the row; those of slots have it before the order, so that a value in a scope is sought at once.
-- `came` is the number of the row by another name: SQLite seeks by (value, number) in an index only where the number is a
-- column like any other. See docs/decisions/0036.

-- only sqlite
ALTER TABLE cases ADD COLUMN came {number} GENERATED ALWAYS AS (words) VIRTUAL;
-- end
-- only postgres
ALTER TABLE cases ADD COLUMN came {number} GENERATED ALWAYS AS (words) STORED;
-- end
DROP INDEX IF EXISTS cases_id;
CREATE INDEX cases_lane ON cases (lane, came, unit);
DROP INDEX IF EXISTS cases_number;
CREATE INDEX cases_number ON cases (lane, number, came, unit);
DROP INDEX IF EXISTS cases_opened_on;
CREATE INDEX cases_opened_on ON cases (lane, opened_on, came, unit);
DROP INDEX IF EXISTS cases_closed_on;
CREATE INDEX cases_closed_on ON cases (lane, closed_on, came, unit);
DROP INDEX IF EXISTS cases_due_on;
CREATE INDEX cases_due_on ON cases (lane, due_on, came, unit);
DROP INDEX IF EXISTS cases_slot0;
CREATE INDEX cases_slot0 ON cases (lane, slot0, unit, came);
DROP INDEX IF EXISTS cases_slot1;
CREATE INDEX cases_slot1 ON cases (lane, slot1, unit, came);
DROP INDEX IF EXISTS cases_slot2;
CREATE INDEX cases_slot2 ON cases (lane, slot2, unit, came);
DROP INDEX IF EXISTS cases_slot3;
CREATE INDEX cases_slot3 ON cases (lane, slot3, unit, came);
DROP INDEX IF EXISTS cases_slot4;
CREATE INDEX cases_slot4 ON cases (lane, slot4, unit, came);
DROP INDEX IF EXISTS cases_slot5;
CREATE INDEX cases_slot5 ON cases (lane, slot5, unit, came);
DROP INDEX IF EXISTS cases_slot6;
CREATE INDEX cases_slot6 ON cases (lane, slot6, unit, came);
DROP INDEX IF EXISTS cases_slot7;
CREATE INDEX cases_slot7 ON cases (lane, slot7, unit, came);
DROP INDEX IF EXISTS cases_search;
CREATE INDEX cases_search ON cases (lane, search, came, unit);
