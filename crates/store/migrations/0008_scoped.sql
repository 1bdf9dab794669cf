-- Version 8: lists go on in the order in which cases came, by the number of their row, which every index of SQLite has anyway; in
-- place of the id each list index has the unit, so that a scope is tested without a look at the row. See docs/decisions/0036.

DROP INDEX IF EXISTS cases_id;
CREATE INDEX cases_lane ON cases (lane, words, unit);
DROP INDEX IF EXISTS cases_number;
CREATE INDEX cases_number ON cases (lane, number, words, unit);
DROP INDEX IF EXISTS cases_opened_on;
CREATE INDEX cases_opened_on ON cases (lane, opened_on, words, unit);
DROP INDEX IF EXISTS cases_closed_on;
CREATE INDEX cases_closed_on ON cases (lane, closed_on, words, unit);
DROP INDEX IF EXISTS cases_due_on;
CREATE INDEX cases_due_on ON cases (lane, due_on, words, unit);
DROP INDEX IF EXISTS cases_slot0;
CREATE INDEX cases_slot0 ON cases (lane, slot0, words, unit);
DROP INDEX IF EXISTS cases_slot1;
CREATE INDEX cases_slot1 ON cases (lane, slot1, words, unit);
DROP INDEX IF EXISTS cases_slot2;
CREATE INDEX cases_slot2 ON cases (lane, slot2, words, unit);
DROP INDEX IF EXISTS cases_slot3;
CREATE INDEX cases_slot3 ON cases (lane, slot3, words, unit);
DROP INDEX IF EXISTS cases_slot4;
CREATE INDEX cases_slot4 ON cases (lane, slot4, words, unit);
DROP INDEX IF EXISTS cases_slot5;
CREATE INDEX cases_slot5 ON cases (lane, slot5, words, unit);
DROP INDEX IF EXISTS cases_slot6;
CREATE INDEX cases_slot6 ON cases (lane, slot6, words, unit);
DROP INDEX IF EXISTS cases_slot7;
CREATE INDEX cases_slot7 ON cases (lane, slot7, words, unit);
DROP INDEX IF EXISTS cases_search;
CREATE INDEX cases_search ON cases (lane, search, words, unit);
