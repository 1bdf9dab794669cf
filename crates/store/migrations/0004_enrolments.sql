-- Version 4: pupils in classes, teaching, and the numbers by which people are told apart.

-- A number is kept under the installation's key; «mark» is its keyed hash, by which a person is found again.
CREATE TABLE identities (
    person {uuid} NOT NULL REFERENCES persons (id), kind {text} NOT NULL, sealed {bytes} NOT NULL, mark {bytes} NOT NULL,
    PRIMARY KEY (person, kind)
);
CREATE UNIQUE INDEX identities_mark ON identities (mark);

CREATE TABLE enrolments (
    id {uuid} PRIMARY KEY NOT NULL, pupil {uuid} NOT NULL REFERENCES persons (id), unit {uuid} NOT NULL,
    valid_from {text} NOT NULL, valid_to {text}
);
CREATE INDEX enrolments_unit ON enrolments (unit, valid_from);
CREATE INDEX enrolments_pupil ON enrolments (pupil);

CREATE TABLE teachings (
    id {uuid} PRIMARY KEY NOT NULL, person {uuid} NOT NULL REFERENCES persons (id), unit {uuid} NOT NULL,
    subject {text} NOT NULL, valid_from {text} NOT NULL, valid_to {text}
);
CREATE INDEX teachings_unit ON teachings (unit, subject);
CREATE INDEX teachings_person ON teachings (person);
