-- Version 9: a session names its account in a column, so that who asks is found with the session, and a person's devices without
-- looking at everybody's. Sessions go on.

CREATE TABLE fresh_sessions (
    session_key {text} PRIMARY KEY NOT NULL, account {uuid} NOT NULL, record {text} NOT NULL, expires_at {number} NOT NULL
);
-- only sqlite
INSERT INTO fresh_sessions
SELECT session_key, unhex(replace(json_extract(record, '$.account'), '-', '')), record, expires_at FROM sessions
WHERE CASE WHEN json_valid(record) THEN length(unhex(replace(json_extract(record, '$.account'), '-', ''))) END = 16;
-- end
-- only postgres
INSERT INTO fresh_sessions
SELECT session_key, (record::json->>'account')::uuid, record, expires_at FROM sessions
WHERE record::json->>'account' IS NOT NULL;
-- end
DROP TABLE sessions;
ALTER TABLE fresh_sessions RENAME TO sessions;
CREATE INDEX sessions_expires ON sessions (expires_at);
CREATE INDEX sessions_account ON sessions (account);
