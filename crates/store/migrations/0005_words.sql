-- Version 5: what «contains» looks up. «words» numbers a case's line in case_words; cases of version 4 have none until the
-- store is opened. Of a line only the index is kept: see docs/decisions/0023.
ALTER TABLE cases ADD COLUMN words {number};
CREATE UNIQUE INDEX cases_words ON cases (words);

-- only sqlite
CREATE VIRTUAL TABLE case_words USING fts5(grams, content='', contentless_delete=1, detail='none', tokenize='ascii');
-- end
-- only postgres
CREATE TABLE case_words (words {number} PRIMARY KEY NOT NULL, grams TSVECTOR NOT NULL);
CREATE INDEX case_words_grams ON case_words USING gin (grams);
-- end
