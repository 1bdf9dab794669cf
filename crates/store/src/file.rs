//! Files and the cases that they belong to.

use crate::{
    session::{Line, Session},
    sql::{Sql, bind},
};
use async_trait::async_trait;
use yanpan_app::ports::{File, FileRows, FileWrites};
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

fn file(row: &mut Line) -> Result<File, Problem> {
    Ok(File {
        hash: row.take()?,
        stored: row.take()?,
        media: row.take()?,
        name: row.take()?,
        size: row.take()?,
        at: row.take()?,
    })
}

#[async_trait]
impl FileRows for Session {
    async fn file(&self, hash: &str) -> Result<Option<File>, Problem> {
        let sql = "SELECT hash, stored, media, name, size, at FROM files WHERE hash = $1";
        self.one(Sql::new(sql, bind![hash])).await?.as_mut().map(file).transpose()
    }

    async fn file_cases(&self, hash: &str) -> Result<Vec<Id<Case>>, Problem> {
        let sql = Sql::new("SELECT case_id FROM case_files WHERE hash = $1 ORDER BY case_id", bind![hash]);
        self.each(sql, Line::take).await
    }

    async fn orphans(&self, before_ms: i64) -> Result<Vec<File>, Problem> {
        let sql = "SELECT hash, stored, media, name, size, at FROM files f WHERE at < $1
            AND NOT EXISTS (SELECT 1 FROM case_files c WHERE c.hash = f.hash) ORDER BY at, hash";
        self.each(Sql::new(sql, bind![before_ms]), file).await
    }
}

#[async_trait]
impl FileWrites for Session {
    async fn put_file(&self, file: &File) -> Result<(), Problem> {
        // Coming again only makes it young again, so that the sweep of orphans spares it.
        let sql = "INSERT INTO files (hash, stored, media, name, size, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (hash) DO UPDATE SET at = excluded.at WHERE excluded.at > files.at";
        let values = bind![file.hash, file.stored, file.media, file.name, file.size, file.at];
        self.run(Sql::new(sql, values)).await
    }

    async fn attach(&self, case: Id<Case>, hash: &str) -> Result<(), Problem> {
        self.changes();
        let sql = "INSERT INTO case_files (hash, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.run(Sql::new(sql, bind![hash, case])).await
    }

    async fn detach(&self, case: Id<Case>, hash: &str) -> Result<(), Problem> {
        self.changes();
        let sql = "DELETE FROM case_files WHERE hash = $1 AND case_id = $2";
        self.run(Sql::new(sql, bind![hash, case])).await
    }

    async fn drop_file(&self, hash: &str) -> Result<(), Problem> {
        let sql = "DELETE FROM files WHERE hash = $1
            AND NOT EXISTS (SELECT 1 FROM case_files c WHERE c.hash = files.hash)";
        self.run(Sql::new(sql, bind![hash])).await
    }
}
