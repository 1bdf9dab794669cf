-- Version 7: the number of a case's line of words is the number of its row, so that what «contains» looks up leads straight to
-- the rows, in the order in which they came. Cases of version 4 get numbers after all others here, and their lines when the
-- store is opened. See docs/decisions/0023.

-- only sqlite
CREATE TABLE fresh_cases (
    words {number} PRIMARY KEY NOT NULL, id {uuid} NOT NULL UNIQUE, lane {number} NOT NULL, unit {uuid} NOT NULL,
    number {text} NOT NULL, revision {number} NOT NULL, entry {number} NOT NULL, opened_on {text} NOT NULL,
    closed_on {text} NOT NULL, due_on {text} NOT NULL, slot0 {text} NOT NULL, slot1 {text} NOT NULL, slot2 {text} NOT NULL,
    slot3 {text} NOT NULL, slot4 {text} NOT NULL, slot5 {text} NOT NULL, slot6 {text} NOT NULL, slot7 {text} NOT NULL,
    search {text} NOT NULL
);
INSERT INTO fresh_cases
SELECT coalesce(words, (SELECT coalesce(max(words), 0) FROM cases) + row_number() OVER (PARTITION BY words IS NULL ORDER BY id)),
    id, lane, unit, number, revision, entry, opened_on, closed_on, due_on,
    slot0, slot1, slot2, slot3, slot4, slot5, slot6, slot7, search
FROM cases ORDER BY 1;
DROP TABLE cases;
ALTER TABLE fresh_cases RENAME TO cases;
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
CREATE INDEX cases_search ON cases (lane, search, id);
-- end
-- only postgres
UPDATE cases SET words = numbered.words
FROM (SELECT id, (SELECT coalesce(max(words), 0) FROM cases) + row_number() OVER (ORDER BY id) AS words
      FROM cases WHERE words IS NULL) numbered
WHERE cases.id = numbered.id;
DROP INDEX cases_words;
ALTER TABLE cases ALTER COLUMN words SET NOT NULL, ADD CONSTRAINT cases_words_key UNIQUE (words);
-- end
