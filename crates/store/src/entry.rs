//! Entries, their payloads and the seals. There is no statement here that changes or removes an entry.

use crate::{
    case::within,
    session::{Line, Session},
    sql::{Insert, Sql, bind},
};
use async_trait::async_trait;
use yanpan_app::ports::{EntryQuery, EntryRows, EntryWrites, SealRow, Told};
use yanpan_kernel::{
    entry::{Chain, Entry, Head, Statement},
    id::Id,
    problem::Problem,
    unit::Scope,
};

/// Chains asked for in one statement.
const MOST_CHAINS: usize = 500;

const TOLD: &str = "SELECT e.number, e.chain, e.kind, e.verb, e.unit, e.actor, e.grant_id, e.happened_on, e.from_state,
    e.to_state, e.sequence, e.recorded_at, e.payload_hash, e.previous, e.hash, p.salt, p.body, p.erased, p.remainder
    FROM entries e LEFT JOIN payloads p ON p.number = e.number";

const ENTRY: &str =
    "SELECT number, chain, kind, verb, unit, actor, grant_id, happened_on, from_state, to_state, sequence,
    recorded_at, payload_hash, previous, hash FROM entries";

/// Units up to which the audit trail is found by unit; above it, a walk back through all entries meets them sooner.
const MOST_SOUGHT_UNITS: usize = 200;

fn entry(row: &mut Line) -> Result<Entry, Problem> {
    let number = row.take()?;
    let statement = Statement {
        chain: row.take()?,
        kind: row.take()?,
        verb: row.take()?,
        unit: row.take()?,
        actor: row.take()?,
        grant: row.take()?,
        happened_on: row.take()?,
        from: row.take()?,
        to: row.take()?,
    };
    Ok(Entry {
        number,
        statement,
        sequence: row.take()?,
        recorded_at: row.take()?,
        payload_hash: row.take()?,
        previous: row.take()?,
        hash: row.take()?,
    })
}

fn told(row: &mut Line) -> Result<Told, Problem> {
    let entry = entry(row)?;
    let salt: Option<[u8; 16]> = row.take()?;
    let body: Option<String> = row.take()?;
    Ok(Told { entry, payload: salt.zip(body), erased: row.take()?, remainder: row.take()? })
}

#[async_trait]
impl EntryRows for Session {
    async fn head(&self, chain: Id<Chain>) -> Result<Head, Problem> {
        Ok(self.heads(&[chain]).await?.pop().map(|(_, head)| head).unwrap_or_default())
    }

    async fn heads(&self, chains: &[Id<Chain>]) -> Result<Vec<(Id<Chain>, Head)>, Problem> {
        if let ([chain], Some((read, head))) = (chains, self.known(|known| known.head))
            && read == *chain
        {
            return Ok(vec![(read, head)]);
        }
        let mut found = Vec::new();
        for some in chains.chunks(MOST_CHAINS) {
            let text = "SELECT e.chain, e.sequence, e.hash FROM entries e WHERE NOT EXISTS
                (SELECT 1 FROM entries n WHERE n.chain = e.chain AND n.sequence > e.sequence) AND e.chain IN ";
            let mut sql = Sql::new(text, vec![]);
            sql.list(some.iter().map(|chain| chain.uuid().into()));
            let rows = self.each(sql, |row| Ok((row.take()?, Head { sequence: row.take()?, hash: row.take()? })));
            found.extend(rows.await?);
        }
        Ok(found)
    }

    async fn chain(&self, chain: Id<Chain>) -> Result<Vec<Told>, Problem> {
        let text = [TOLD, " WHERE e.chain = $1 ORDER BY e.sequence"].concat();
        self.each(Sql { text: text.into(), values: bind![chain] }, told).await
    }

    async fn entries_after(&self, number: i64, limit: u32) -> Result<Vec<Told>, Problem> {
        let text = [TOLD, " WHERE e.number > $1 ORDER BY e.number LIMIT $2"].concat();
        self.each(Sql { text: text.into(), values: bind![number, limit] }, told).await
    }

    async fn entry_page(&self, query: &EntryQuery, scope: &Scope) -> Result<Vec<Entry>, Problem> {
        let mut sql = Sql::new(ENTRY, vec![]);
        sql.push(" WHERE number < ").bind(query.before.unwrap_or(i64::MAX).into());
        if let Some(kind) = &query.kind {
            sql.push(" AND kind = ").bind(kind.as_str().into());
        }
        if let Some(actor) = query.actor {
            sql.push(" AND actor = ").bind(actor.uuid().into());
        }
        if let Some(verb) = &query.verb {
            sql.push(" AND verb = ").bind(verb.as_str().into());
        }
        if let Some(from) = query.recorded.0 {
            sql.push(" AND recorded_at >= ").bind(from.into());
        }
        if let Some(before) = query.recorded.1 {
            sql.push(" AND recorded_at < ").bind(before.into());
        }
        within(&mut sql, self.dialect, scope);
        let sought = matches!(scope, Scope::Units(units) if units.len() <= MOST_SOUGHT_UNITS);
        // An ORDER BY that no index has keeps SQLite from walking the whole trail back for the few entries of a school.
        sql.push(if sought { " ORDER BY number + 0 DESC" } else { " ORDER BY number DESC" });
        sql.push(" LIMIT ").bind(i64::from(query.limit).into());
        self.each(sql, entry).await
    }

    async fn last_entry(&self) -> Result<i64, Problem> {
        let row = self.one(Sql::new("SELECT number FROM entries ORDER BY number DESC LIMIT 1", vec![])).await?;
        row.map_or(Ok(0), |mut row| row.take())
    }

    async fn last_entry_at(&self, unix_ms: i64) -> Result<i64, Problem> {
        let sql = "SELECT number FROM entries WHERE recorded_at <= $1 ORDER BY number DESC LIMIT 1";
        self.one(Sql::new(sql, bind![unix_ms])).await?.map_or(Ok(0), |mut row| row.take())
    }

    async fn seals(&self) -> Result<Vec<SealRow>, Problem> {
        let sql = Sql::new("SELECT upto, hash, sealed_at FROM seals ORDER BY upto", vec![]);
        self.each(sql, |row| Ok(SealRow { upto: row.take()?, hash: row.take()?, sealed_at: row.take()? })).await
    }
}

#[async_trait]
impl EntryWrites for Session {
    async fn append(&self, entries: &[(Entry, [u8; 16], String)]) -> Result<i64, Problem> {
        let last = match self.known(|known| known.entry) {
            Some(known) => known,
            None => self.last_entry().await?,
        };
        let first = last + 1;
        if entries.is_empty() {
            return Ok(first);
        }
        let insert = Insert {
            head: "INSERT INTO entries (number, chain, kind, verb, unit, actor, grant_id, happened_on, from_state,
                to_state, sequence, recorded_at, payload_hash, previous, hash)",
            tail: "",
        };
        let rows = (first..).zip(entries).map(|(number, (entry, _, _))| {
            let said = &entry.statement;
            let mut row = bind![number, said.chain, said.kind, said.verb, said.unit, said.actor, said.grant];
            row.extend(bind![said.happened_on, said.from, said.to, entry.sequence, entry.recorded_at]);
            row.extend(bind![entry.payload_hash, entry.previous, entry.hash]);
            row
        });
        self.insert(insert, rows.collect()).await?;
        let insert = Insert { head: "INSERT INTO payloads (number, salt, body)", tail: "" };
        let rows = (first..).zip(entries).map(|(number, (_, salt, body))| bind![number, salt, body]);
        self.insert(insert, rows.collect()).await?;
        self.known(|known| {
            known.entry = i64::try_from(entries.len()).ok().map(|count| last + count);
            known.head = None;
            let first = entries.iter().filter(|(entry, _, _)| entry.sequence == 1);
            known.opened.extend(first.map(|(entry, _, _)| entry.statement.chain));
        });
        self.tells();
        Ok(first)
    }

    async fn put_seal(&self, seal: &SealRow) -> Result<(), Problem> {
        let sql = "INSERT INTO seals (upto, hash, sealed_at) VALUES ($1, $2, $3)";
        self.run(Sql::new(sql, bind![seal.upto, seal.hash, seal.sealed_at])).await
    }

    async fn erase(&self, number: i64, rule: &str, remainder: &str) -> Result<(), Problem> {
        self.changes();
        let sql = "UPDATE payloads SET salt = NULL, body = NULL, erased = $2, remainder = $3 WHERE number = $1";
        self.run(Sql::new(sql, bind![number, rule, remainder])).await
    }
}
