//! Enrolments, teaching and identity numbers.

use crate::{
    case::within,
    session::{Line, Session},
    sql::{Insert, Sql, bind, latest},
};
use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_app::ports::{EnrolmentRows, EnrolmentWrites};
use yanpan_kernel::{
    enrolment::{Enrolment, Identity, IdentityKind, Teaching},
    id::Id,
    person::Person,
    problem::Problem,
    unit::Scope,
};

/// Ids or marks asked for in one statement.
const MOST: usize = 500;

const ENROLMENT: &str = "SELECT e.id, e.pupil, e.unit, e.valid_from, e.valid_to";
const TEACHING: &str = "SELECT t.id, t.person, t.unit, t.subject, t.valid_from, t.valid_to";

fn person(row: &mut Line) -> Result<Person, Problem> {
    Ok(Person { id: row.take()?, name: row.take()?, post: row.take()? })
}

fn enrolment(row: &mut Line) -> Result<Enrolment, Problem> {
    Ok(Enrolment {
        id: row.take()?,
        pupil: row.take()?,
        class: row.take()?,
        valid_from: row.take()?,
        valid_to: row.take()?,
    })
}

fn teaching(row: &mut Line) -> Result<Teaching, Problem> {
    Ok(Teaching {
        id: row.take()?,
        person: row.take()?,
        class: row.take()?,
        subject: row.take()?,
        valid_from: row.take()?,
        valid_to: row.take()?,
    })
}

#[async_trait]
impl EnrolmentRows for Session {
    async fn marked(&self, marks: &[[u8; 32]]) -> Result<Vec<([u8; 32], Person)>, Problem> {
        let mut found = Vec::new();
        for some in marks.chunks(MOST) {
            let text = "SELECT i.mark, p.id, p.name, p.post FROM identities i JOIN persons p ON p.id = i.person
                WHERE i.mark IN ";
            let mut sql = Sql::new(text, vec![]);
            sql.list(some.iter().map(|mark| mark.to_vec().into()));
            found.extend(self.each(sql, |row| Ok((row.take()?, person(row)?))).await?);
        }
        Ok(found)
    }

    async fn identities(&self, people: &[Id<Person>]) -> Result<Vec<Identity>, Problem> {
        let mut found = Vec::new();
        for some in people.chunks(MOST) {
            let mut sql = Sql::new("SELECT person, kind, sealed, mark FROM identities WHERE person IN ", vec![]);
            sql.list(some.iter().map(|id| id.uuid().into()));
            let rows = self.each(sql, |row| {
                let (person, kind) = (row.take()?, row.key(IdentityKind::parse)?);
                Ok(Identity { person, kind, sealed: row.take()?, mark: row.take()? })
            });
            found.extend(rows.await?);
        }
        Ok(found)
    }

    async fn enrolments(&self, scope: &Scope) -> Result<Vec<(Enrolment, Person)>, Problem> {
        let from = ", p.id, p.name, p.post FROM enrolments e JOIN persons p ON p.id = e.pupil WHERE 1 = 1";
        let mut sql = Sql { text: [ENROLMENT, from].concat().into(), values: vec![] };
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY e.unit, e.valid_from, e.id");
        self.each(sql, |row| Ok((enrolment(row)?, person(row)?))).await
    }

    async fn enrolments_of(&self, pupils: &[Id<Person>]) -> Result<Vec<Enrolment>, Problem> {
        self.enrolments_by(" FROM enrolments e WHERE e.pupil IN ", pupils).await
    }

    async fn enrolments_by_id(&self, ids: &[Id<Enrolment>]) -> Result<Vec<Enrolment>, Problem> {
        self.enrolments_by(" FROM enrolments e WHERE e.id IN ", ids).await
    }

    async fn teachings(&self, scope: &Scope) -> Result<Vec<(Teaching, Person)>, Problem> {
        let from = ", p.id, p.name, p.post FROM teachings t JOIN persons p ON p.id = t.person WHERE 1 = 1";
        let mut sql = Sql { text: [TEACHING, from].concat().into(), values: vec![] };
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY t.unit, t.subject, t.id");
        self.each(sql, |row| Ok((teaching(row)?, person(row)?))).await
    }

    async fn pupils_gone_before(&self, day: Date) -> Result<Vec<Id<Person>>, Problem> {
        let sql = "SELECT e.pupil FROM enrolments e JOIN persons p ON p.id = e.pupil WHERE p.name <> ''
            GROUP BY e.pupil HAVING MAX(COALESCE(e.valid_to, '9999-12-31')) < $1 ORDER BY e.pupil";
        self.each(Sql::new(sql, bind![day]), |row| row.take()).await
    }
}

#[async_trait]
impl EnrolmentWrites for Session {
    async fn put_identities(&self, identities: &[Identity]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO identities (person, kind, sealed, mark)",
            tail: " ON CONFLICT (person, kind) DO UPDATE SET sealed = excluded.sealed, mark = excluded.mark",
        };
        let rows = latest(identities, |identity| (identity.person, identity.kind.key()));
        let rows = rows.into_iter().map(|i| bind![i.person, i.kind.key(), i.sealed, i.mark]);
        self.insert(insert, rows.collect()).await
    }

    async fn put_enrolments(&self, enrolments: &[Enrolment]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO enrolments (id, pupil, unit, valid_from, valid_to)",
            tail: " ON CONFLICT (id) DO UPDATE SET pupil = excluded.pupil, unit = excluded.unit,
                valid_from = excluded.valid_from, valid_to = excluded.valid_to",
        };
        let rows = latest(enrolments, |enrolment| enrolment.id);
        let rows = rows.into_iter().map(|e| bind![e.id, e.pupil, e.class, e.valid_from, e.valid_to]);
        self.insert(insert, rows.collect()).await
    }

    async fn put_teachings(&self, teachings: &[Teaching]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO teachings (id, person, unit, subject, valid_from, valid_to)",
            tail: " ON CONFLICT (id) DO UPDATE SET person = excluded.person, unit = excluded.unit,
                subject = excluded.subject, valid_from = excluded.valid_from, valid_to = excluded.valid_to",
        };
        let rows = latest(teachings, |teaching| teaching.id);
        let rows = rows.into_iter().map(|t| bind![t.id, t.person, t.class, t.subject, t.valid_from, t.valid_to]);
        self.insert(insert, rows.collect()).await
    }

    async fn drop_enrolments(&self, ids: &[Id<Enrolment>]) -> Result<(), Problem> {
        self.drop_by("DELETE FROM enrolments WHERE id IN ", ids).await
    }

    async fn drop_teachings(&self, ids: &[Id<Teaching>]) -> Result<(), Problem> {
        self.drop_by("DELETE FROM teachings WHERE id IN ", ids).await
    }

    async fn forget_pupils(&self, pupils: &[Id<Person>]) -> Result<(), Problem> {
        self.drop_by("DELETE FROM identities WHERE person IN ", pupils).await?;
        self.drop_by("UPDATE persons SET name = '', post = '' WHERE id IN ", pupils).await
    }
}

impl Session {
    /// Enrolments by a column, which the text names last, of these ids.
    async fn enrolments_by<T>(&self, from: &str, ids: &[Id<T>]) -> Result<Vec<Enrolment>, Problem> {
        let mut found = Vec::new();
        for some in ids.chunks(MOST) {
            let mut sql = Sql { text: [ENROLMENT, from].concat().into(), values: vec![] };
            sql.list(some.iter().map(|id| id.uuid().into()));
            sql.push(" ORDER BY e.valid_from, e.id");
            found.extend(self.each(sql, enrolment).await?);
        }
        Ok(found)
    }

    /// Runs a statement that ends in a list over all of these ids.
    async fn drop_by<T>(&self, text: &'static str, ids: &[Id<T>]) -> Result<(), Problem> {
        self.changes();
        for some in ids.chunks(MOST) {
            let mut sql = Sql::new(text, vec![]);
            sql.list(some.iter().map(|id| id.uuid().into()));
            self.run(sql).await?;
        }
        Ok(())
    }
}
