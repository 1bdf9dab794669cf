//! Units: versions, jurisdictions, successions, aliases.

use crate::{
    session::Session,
    sql::{Insert, Json, Sql, bind, json, latest},
};
use async_trait::async_trait;
use std::collections::BTreeMap;
use yanpan_app::ports::{UnitRows, UnitWrites};
use yanpan_kernel::{
    id::Id,
    problem::{DUPLICATE, Problem},
    unit::{Jurisdiction, JurisdictionKind, Succession, SuccessionKind, Unit, Version},
};

const fn jurisdiction_key(kind: JurisdictionKind) -> &'static str {
    match kind {
        JurisdictionKind::Territory => "territory",
        JurisdictionKind::Trade => "trade",
    }
}

fn jurisdiction_kind(key: &str) -> Option<JurisdictionKind> {
    [JurisdictionKind::Territory, JurisdictionKind::Trade].into_iter().find(|kind| jurisdiction_key(*kind) == key)
}

const fn succession_key(kind: SuccessionKind) -> &'static str {
    match kind {
        SuccessionKind::Merge => "merge",
        SuccessionKind::Split => "split",
    }
}

fn succession_kind(key: &str) -> Option<SuccessionKind> {
    [SuccessionKind::Merge, SuccessionKind::Split].into_iter().find(|kind| succession_key(*kind) == key)
}

#[async_trait]
impl UnitRows for Session {
    async fn tree_version(&self) -> Result<i64, Problem> {
        if let Some(known) = self.known(|known| known.tree) {
            return Ok(known);
        }
        let row = self.one(Sql::new("SELECT number FROM meta WHERE name = 'tree'", vec![])).await?;
        let version = row.map_or(Ok(0), |mut row| row.take())?;
        self.known(|known| known.tree = Some(version));
        Ok(version)
    }

    async fn unit_versions(&self) -> Result<Vec<Version>, Problem> {
        let sql = "SELECT unit, code, name, kind, parent, valid_from, valid_to, position, attributes
            FROM unit_versions ORDER BY unit, valid_from";
        self.each(Sql::new(sql, vec![]), |row| {
            Ok(Version {
                unit: row.take()?,
                code: row.take()?,
                name: row.take()?,
                kind: row.take()?,
                parent: row.take()?,
                valid_from: row.take()?,
                valid_to: row.take()?,
                position: row.take()?,
                attributes: row.take::<Json<BTreeMap<String, String>>>()?.0,
            })
        })
        .await
    }

    async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>, Problem> {
        let sql = "SELECT authority, unit, kind, valid_from, valid_to FROM jurisdictions
            ORDER BY authority, unit, kind, valid_from";
        self.each(Sql::new(sql, vec![]), |row| {
            Ok(Jurisdiction {
                authority: row.take()?,
                unit: row.take()?,
                kind: row.key(jurisdiction_kind)?,
                valid_from: row.take()?,
                valid_to: row.take()?,
            })
        })
        .await
    }

    async fn successions(&self) -> Result<Vec<Succession>, Problem> {
        let sql = "SELECT from_unit, to_unit, kind, on_day FROM successions ORDER BY on_day, from_unit, to_unit";
        self.each(Sql::new(sql, vec![]), |row| {
            Ok(Succession { from: row.take()?, to: row.take()?, kind: row.key(succession_kind)?, on: row.take()? })
        })
        .await
    }

    async fn unit_aliases(&self) -> Result<Vec<(Id<Unit>, String)>, Problem> {
        let sql = Sql::new("SELECT unit, alias FROM unit_aliases ORDER BY alias", vec![]);
        self.each(sql, |row| Ok((row.take()?, row.take()?))).await
    }
}

#[async_trait]
impl UnitWrites for Session {
    async fn put_unit_versions(&self, versions: &[Version]) -> Result<(), Problem> {
        let insert = Insert {
            head: "INSERT INTO unit_versions
                (unit, code, name, kind, parent, valid_from, valid_to, position, attributes)",
            tail: " ON CONFLICT (unit, valid_from) DO UPDATE SET code = excluded.code, name = excluded.name,
                kind = excluded.kind, parent = excluded.parent, valid_to = excluded.valid_to,
                position = excluded.position, attributes = excluded.attributes",
        };
        let rows = latest(versions, |version| (version.unit, version.valid_from)).into_iter().map(|v| {
            let mut row = bind![v.unit, v.code, v.name, v.kind, v.parent, v.valid_from, v.valid_to, v.position];
            row.push(json(&v.attributes));
            row
        });
        self.insert(insert, rows.collect()).await?;
        touch_tree(self).await
    }

    async fn put_jurisdictions(&self, relations: &[Jurisdiction]) -> Result<(), Problem> {
        let insert = Insert {
            head: "INSERT INTO jurisdictions (authority, unit, kind, valid_from, valid_to)",
            tail: " ON CONFLICT (authority, unit, kind, valid_from) DO UPDATE SET valid_to = excluded.valid_to",
        };
        let key = |r: &Jurisdiction| (r.authority, r.unit, jurisdiction_key(r.kind), r.valid_from);
        let rows = latest(relations, key)
            .into_iter()
            .map(|r| bind![r.authority, r.unit, jurisdiction_key(r.kind), r.valid_from, r.valid_to]);
        self.insert(insert, rows.collect()).await?;
        touch_tree(self).await
    }

    async fn put_successions(&self, successions: &[Succession]) -> Result<(), Problem> {
        let insert = Insert {
            head: "INSERT INTO successions (from_unit, to_unit, kind, on_day)",
            tail: " ON CONFLICT DO NOTHING",
        };
        let rows = successions.iter().map(|s| bind![s.from, s.to, succession_key(s.kind), s.on]);
        self.insert(insert, rows.collect()).await?;
        touch_tree(self).await
    }

    async fn put_unit_alias(&self, unit: Id<Unit>, alias: &str) -> Result<(), Problem> {
        let known = Sql::new("SELECT unit FROM unit_aliases WHERE alias = $1", bind![alias]);
        if let Some(mut row) = self.one(known).await? {
            let double = || Problem::new(&DUPLICATE, &[("what", &"单位别名"), ("value", &alias)]);
            return if row.take::<Id<Unit>>()? == unit { Ok(()) } else { Err(double()) };
        }
        self.run(Sql::new("INSERT INTO unit_aliases (alias, unit) VALUES ($1, $2)", bind![alias, unit])).await?;
        touch_tree(self).await
    }
}

async fn touch_tree(session: &Session) -> Result<(), Problem> {
    session.changes();
    session.known(|known| known.tree = None);
    session.run(Sql::new("UPDATE meta SET number = number + 1 WHERE name = 'tree'", vec![])).await
}
