//! Import batches, rows known from earlier ledgers, remembered mappings.

use crate::{
    session::{Line, Session},
    sql::{Dialect, Insert, Sql, bind, json, latest},
};
use async_trait::async_trait;
use yanpan_app::ports::{Batch, BatchRow, BatchState, ImportRows, ImportWrites, KnownRow};
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

const BATCH: &str = "SELECT id, kind, unit, name, hash, actor, at, state, created, updated, unchanged FROM batches";

/// Keys or ids asked for in one statement.
const MOST_KEYS: usize = 500;

const fn state_key(state: BatchState) -> &'static str {
    match state {
        BatchState::Committed => "committed",
        BatchState::Undone => "undone",
    }
}

fn state(key: &str) -> Option<BatchState> {
    [BatchState::Committed, BatchState::Undone].into_iter().find(|state| state_key(*state) == key)
}

fn batch(row: &mut Line) -> Result<Batch, Problem> {
    Ok(Batch {
        id: row.take()?,
        kind: row.take()?,
        unit: row.take()?,
        name: row.take()?,
        hash: row.take()?,
        actor: row.take()?,
        at: row.take()?,
        state: row.key(state)?,
        counts: [row.take()?, row.take()?, row.take()?],
    })
}

#[async_trait]
impl ImportRows for Session {
    async fn known_rows(&self, kind: &str, wanted: &[String]) -> Result<Vec<KnownRow>, Problem> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        // One value however many keys there are.
        let keys = match self.dialect {
            Dialect::Sqlite => "(SELECT value FROM json_each($2))",
            Dialect::Postgres => "(SELECT value FROM json_array_elements_text($2::json))",
        };
        let mut sql = Sql::new(
            "SELECT row_key, case_id, row_values FROM known_rows WHERE kind = $1 AND row_key IN ",
            bind![kind],
        );
        sql.push(keys).values.push(json(&wanted));
        self.each(sql, |row| Ok(KnownRow { key: row.take()?, case: row.take()?, values: row.take()? })).await
    }

    async fn batch(&self, id: Id<Batch>) -> Result<Option<Batch>, Problem> {
        let text = [BATCH, " WHERE id = $1"].concat();
        self.one(Sql { text: text.into(), values: bind![id] }).await?.as_mut().map(batch).transpose()
    }

    async fn batches(&self, limit: u32) -> Result<Vec<Batch>, Problem> {
        let text = [BATCH, " ORDER BY at DESC, id DESC LIMIT $1"].concat();
        self.each(Sql { text: text.into(), values: bind![limit] }, batch).await
    }

    async fn batch_rows(&self, id: Id<Batch>) -> Result<Vec<BatchRow>, Problem> {
        let sql = "SELECT batch, case_id, revision_before, revision_after FROM batch_rows WHERE batch = $1
            ORDER BY case_id";
        self.each(Sql::new(sql, bind![id]), |row| {
            Ok(BatchRow { batch: row.take()?, case: row.take()?, before: row.take()?, after: row.take()? })
        })
        .await
    }

    async fn mapping(&self, key: &str) -> Result<Option<String>, Problem> {
        let sql = Sql::new("SELECT mapping FROM mappings WHERE mapping_key = $1", bind![key]);
        self.one(sql).await?.map(|mut row| row.take()).transpose()
    }
}

#[async_trait]
impl ImportWrites for Session {
    async fn put_batch(&self, batch: &Batch) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO batches (id, kind, unit, name, hash, actor, at, state, created, updated, unchanged)",
            tail: " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, unit = excluded.unit, name = excluded.name,
                hash = excluded.hash, actor = excluded.actor, at = excluded.at, state = excluded.state,
                created = excluded.created, updated = excluded.updated, unchanged = excluded.unchanged",
        };
        let [created, updated, unchanged] = batch.counts;
        let mut row = bind![batch.id, batch.kind, batch.unit, batch.name, batch.hash, batch.actor, batch.at];
        row.extend(bind![state_key(batch.state), created, updated, unchanged]);
        self.insert(insert, vec![row]).await
    }

    async fn put_batch_rows(&self, rows: &[BatchRow]) -> Result<(), Problem> {
        self.changes();
        // A case may come twice in one file: what it was before stays what it was before the batch.
        let insert = Insert {
            head: "INSERT INTO batch_rows (batch, case_id, revision_before, revision_after)",
            tail: " ON CONFLICT (batch, case_id) DO UPDATE SET revision_after = excluded.revision_after",
        };
        let mut before = std::collections::HashMap::with_capacity(rows.len());
        for row in rows {
            let earliest = before.entry((row.batch, row.case)).or_insert(row.before);
            *earliest = row.before.min(*earliest);
        }
        let rows = latest(rows, |row| (row.batch, row.case)).into_iter().map(|row| {
            let before = before.get(&(row.batch, row.case)).copied().unwrap_or(row.before);
            bind![row.batch, row.case, before, row.after]
        });
        self.insert(insert, rows.collect()).await
    }

    async fn put_known_rows(&self, kind: &str, rows: &[KnownRow]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO known_rows (kind, row_key, case_id, row_values)",
            tail: " ON CONFLICT (kind, row_key) DO UPDATE SET case_id = excluded.case_id,
                row_values = excluded.row_values",
        };
        let rows = latest(rows, |row| row.key.as_str()).into_iter().map(|r| bind![kind, r.key, r.case, r.values]);
        self.insert(insert, rows.collect()).await
    }

    async fn drop_known_rows(&self, kind: &str, cases: &[Id<Case>]) -> Result<(), Problem> {
        self.changes();
        for some in cases.chunks(MOST_KEYS) {
            let mut sql = Sql::new("DELETE FROM known_rows WHERE kind = $1 AND case_id IN ", bind![kind]);
            sql.list(some.iter().map(|case| case.uuid().into()));
            self.run(sql).await?;
        }
        Ok(())
    }

    async fn put_mapping(&self, key: &str, mapping: &str) -> Result<(), Problem> {
        let sql = "INSERT INTO mappings (mapping_key, mapping) VALUES ($1, $2)
            ON CONFLICT (mapping_key) DO UPDATE SET mapping = excluded.mapping";
        self.run(Sql::new(sql, bind![key, mapping])).await
    }
}
