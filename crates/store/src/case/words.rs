//! Words: which characters stand beside which in the texts of a case, so that «contains» is led to few rows.
//!
//! A text is cut into grams, one at each place: the pair of neighbours that begins there, or the three when two of ASCII
//! begin it, whose pairs tell little. A shorter question is the beginning of a gram. What contains a text has all its grams;
//! the converse is asked of the row itself.

use super::test::one_of;
use crate::{
    opened::Base,
    session::{Line, Session},
    sql::{Dialect, Sql, json},
};
use std::collections::{BTreeMap, HashMap};
use yanpan_app::ports::{CaseRow, Slots};
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

/// Grams of a question that are looked up; more would leave out few candidates.
const MOST_ASKED: usize = 24;

/// Values of a test of which one must be that are looked up: with each more, every step takes longer.
const MOST_VALUES: usize = 8;

/// Cases whose words are written in one statement.
const MOST_WRITTEN: usize = 2_000;

/// Adds the name of a gram: each character as four digits of base 36, so that no text means anything to the databases.
fn name(gram: &[char], into: &mut String) {
    for character in gram {
        for power in [46_656, 1_296, 36, 1] {
            into.extend(char::from_digit(u32::from(*character) / power % 36, 36));
        }
    }
}

/// The longest gram that begins a text.
fn longest(text: &[char]) -> usize {
    match text {
        [first, second, _, ..] if first.is_ascii() && second.is_ascii() => 3,
        [_, _, ..] => 2,
        _ => text.len(),
    }
}

/// The names of all grams of some texts.
fn grams(texts: &[&str]) -> String {
    let mut found = Vec::with_capacity(128);
    for text in texts {
        let text: Vec<char> = text.chars().map(|one| one.to_ascii_lowercase()).collect();
        for start in 0..text.len() {
            let rest = text.get(start..).unwrap_or_default();
            let length = longest(rest);
            let mut gram = ['\0'; 3];
            gram.iter_mut().zip(rest.iter().take(length)).for_each(|(to, from)| *to = *from);
            found.push((gram, length));
        }
    }
    found.sort_unstable();
    found.dedup();
    let mut names = String::with_capacity(found.len() * 10);
    for (gram, length) in &found {
        name(gram.get(..*length).unwrap_or_default(), &mut names);
        names.push(' ');
    }
    names
}

/// What a text is looked up by: the names of the grams that lie whole in it, or where none does, the beginning of one.
enum Asked {
    Whole(Vec<String>),
    Beginning(String),
}

fn asked(text: &str) -> Option<Asked> {
    let text: Vec<char> = text.chars().map(|one| one.to_ascii_lowercase()).collect();
    let named = |gram: &[char]| {
        let mut one = String::new();
        name(gram, &mut one);
        one
    };
    let whole = |rest: &[char]| {
        let length = longest(rest);
        // Of two of ASCII at the end of the question nobody knows what follows.
        let complete = length == 3 || (length == 2 && !(rest.len() == 2 && rest.iter().all(char::is_ascii)));
        complete.then(|| rest.get(..length).map(&named)).flatten()
    };
    let grams: Vec<String> = (0..text.len()).filter_map(|place| whole(text.get(place..)?)).take(MOST_ASKED).collect();
    match text.as_slice() {
        [] => None,
        _ if grams.is_empty() => Some(Asked::Beginning(named(&text))),
        _ => Some(Asked::Whole(grams)),
    }
}

/// What a line has of a text that is one of its own; `None` of an empty one.
fn own(text: &str, dialect: Dialect) -> Option<String> {
    let names = grams(&[text]);
    let names: Vec<&str> = names.split_whitespace().take(MOST_ASKED).collect();
    (!names.is_empty()).then(|| names.join(and(dialect)))
}

/// The cases that may have some texts: those whose lines have all their grams.
#[derive(Debug, Clone)]
pub(super) struct Candidates(String);

/// Which of the candidates: all, or so many of those that came last or first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub last_first: bool,
    pub most: Option<u32>,
}

const fn and(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => " AND ",
        Dialect::Postgres => " & ",
    }
}

impl Candidates {
    /// Those that may contain a text; `None` when it is empty: every case contains it.
    pub fn containing(text: &str, dialect: Dialect) -> Option<Self> {
        let beginning = match dialect {
            Dialect::Sqlite => "*",
            Dialect::Postgres => ":*",
        };
        Some(Self(match asked(text)? {
            Asked::Whole(grams) => grams.join(and(dialect)),
            Asked::Beginning(name) => name + beginning,
        }))
    }

    /// Those that may have one of these values as a text of their own; `None` where the grams do not tell.
    pub fn being(values: &[String], dialect: Dialect) -> Option<Self> {
        if values.is_empty() || values.len() > MOST_VALUES {
            return None;
        }
        let or = match dialect {
            Dialect::Sqlite => ") OR (",
            Dialect::Postgres => ") | (",
        };
        let alternatives: Option<Vec<String>> = values.iter().map(|value| own(value, dialect)).collect();
        Some(Self(format!("({})", alternatives?.join(or))))
    }

    /// Those that are among all of these.
    pub fn among(all: &[Self], dialect: Dialect) -> Option<Self> {
        let all: Vec<String> = all.iter().map(|one| format!("({})", one.0)).collect();
        (!all.is_empty()).then(|| Self(all.join(and(dialect))))
    }

    /// How many they are, of all kinds together, counted no further than `most`.
    pub async fn count(&self, session: &Session, most: u32) -> Result<u32, Problem> {
        let mut sql = Sql::new("SELECT count(*) FROM (", vec![]);
        self.push(&mut sql, session.dialect);
        sql.push(" LIMIT ").bind(i64::from(most).into()).push(") counted");
        session.one(sql).await?.map_or(Ok(0), |mut row| row.take())
    }

    /// Adds the SELECT of their numbers.
    fn push(&self, sql: &mut Sql, dialect: Dialect) {
        let question = self.0.as_str().into();
        match dialect {
            Dialect::Sqlite => sql.push("SELECT rowid AS words FROM case_words WHERE case_words MATCH ").bind(question),
            Dialect::Postgres => {
                sql.push("SELECT words FROM case_words WHERE grams @@ ").bind(question).push("::tsquery")
            }
        };
    }

    /// Adds the table `led` of their numbers. In SQLite they come in order; it keeps to one only where there is a limit.
    pub fn push_table(&self, sql: &mut Sql, dialect: Dialect, part: Part) {
        sql.push("(");
        self.push(sql, dialect);
        if dialect == Dialect::Sqlite {
            sql.push(if part.last_first { " ORDER BY rowid DESC LIMIT " } else { " ORDER BY rowid LIMIT " });
            sql.bind(part.most.map_or(-1, i64::from).into());
        }
        sql.push(") led");
    }

    /// The number at which a part of them ends.
    pub async fn end(&self, session: &Session, part: Part) -> Result<Option<i64>, Problem> {
        let edge = if part.last_first { "SELECT min(words) FROM " } else { "SELECT max(words) FROM " };
        let mut sql = Sql::new(edge, vec![]);
        self.push_table(&mut sql, session.dialect, part);
        session.one(sql).await?.map_or(Ok(None), |mut row| row.take())
    }
}

/// The texts of a row: number, search text, slots.
#[derive(PartialEq)]
struct Texts<'a> {
    number: &'a str,
    search: &'a str,
    slots: &'a Slots,
}

impl Texts<'_> {
    fn grams(&self) -> String {
        let mut texts = vec![self.number, self.search];
        texts.extend(self.slots.iter().map(String::as_str));
        grams(&texts)
    }
}

/// What is stored of a case's words and texts.
pub(crate) struct Stored {
    id: Id<Case>,
    words: i64,
    number: String,
    search: String,
    slots: Slots,
}

impl Stored {
    const COLUMNS: &str =
        "SELECT id, words, number, search, slot0, slot1, slot2, slot3, slot4, slot5, slot6, slot7 FROM cases WHERE ";

    fn read(row: &mut Line) -> Result<Self, Problem> {
        let (id, words, number, search) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let mut slots = Slots::default();
        for slot in &mut slots {
            *slot = row.take()?;
        }
        Ok(Self { id, words, number, search, slots })
    }

    /// What is stored of a case that has been read whole.
    pub fn of(row: &CaseRow, words: i64) -> Self {
        let (number, search, slots) = (row.case.number.clone(), row.search.clone(), row.slots.clone());
        Self { id: row.case.id, words, number, search, slots }
    }

    fn texts(&self) -> Texts<'_> {
        Texts { number: &self.number, search: &self.search, slots: &self.slots }
    }
}

/// The line of a case.
pub(super) struct Numbered {
    pub number: i64,
    /// Whether the case itself is new.
    pub new: bool,
}

/// Writes the words of those of these cases whose texts are new or changed; gives each case its line.
pub(super) async fn put(session: &Session, cases: &[&CaseRow]) -> Result<Vec<Numbered>, Problem> {
    let before = before(session, cases).await?;
    let last = match session.known(|known| known.words) {
        Some(known) => known,
        None => last(session).await?,
    };
    let mut next = last + 1..;
    let mut numbers = Vec::with_capacity(cases.len());
    let mut lines = Vec::new();
    for row in cases {
        let texts = Texts { number: &row.case.number, search: &row.search, slots: &row.slots };
        let stored = before.get(&row.case.id);
        let number = stored.map_or_else(|| next.by_ref().next().unwrap_or_default(), |stored| stored.words);
        if stored.is_none_or(|stored| stored.texts() != texts) {
            lines.push((number, texts));
        }
        numbers.push(Numbered { number, new: stored.is_none() });
    }
    session.known(|known| known.words = Some(next.start - 1));
    write(session, &lines).await?;
    Ok(numbers)
}

/// What is stored of these cases. Those whose chain was opened in this transaction are not asked for at their first writing,
/// nor that which was read last.
async fn before(session: &Session, cases: &[&CaseRow]) -> Result<HashMap<Id<Case>, Stored>, Problem> {
    let read = session.known(|known| known.texts.take());
    let asked = |row: &&&CaseRow| {
        let id = row.case.id;
        !session.known(|known| known.opened.remove(&id.cast())) && read.as_ref().is_none_or(|read| read.id != id)
    };
    let ids: Vec<String> = cases.iter().filter(asked).map(|row| row.case.id.to_string()).collect();
    let mut found: Vec<Stored> = read.into_iter().collect();
    if !ids.is_empty() {
        let mut sql = Sql::new(Stored::COLUMNS, vec![]);
        sql.push("id");
        one_of(&mut sql, session.dialect, ids);
        found.extend(session.each(sql, Stored::read).await?);
    }
    Ok(found.into_iter().map(|stored| (stored.id, stored)).collect())
}

/// The highest number that a case has.
async fn last(session: &Session) -> Result<i64, Problem> {
    let last = session.one(Sql::new("SELECT coalesce(max(words), 0) FROM cases", vec![])).await?;
    last.map_or(Ok(0), |mut row| row.take())
}

/// Writes lines, over those of the same number.
async fn write(session: &Session, lines: &[(i64, Texts<'_>)]) -> Result<(), Problem> {
    for lines in lines.chunks(MOST_WRITTEN) {
        let grams: BTreeMap<i64, String> = lines.iter().map(|(number, texts)| (*number, texts.grams())).collect();
        let text = match session.dialect {
            Dialect::Sqlite => {
                "INSERT OR REPLACE INTO case_words (rowid, grams) SELECT CAST(key AS INTEGER), value FROM json_each(?)"
            }
            Dialect::Postgres => {
                "INSERT INTO case_words (words, grams) SELECT key::bigint, value::tsvector FROM json_each_text($1::json)
                 ON CONFLICT (words) DO UPDATE SET grams = excluded.grams"
            }
        };
        session.run(Sql::new(text, vec![json(&grams)])).await?;
    }
    Ok(())
}

/// Cases without a line: those of an earlier version, whose numbers are above all that have one.
fn missing(dialect: Dialect, most: usize) -> Sql {
    let mut sql = Sql::new(Stored::COLUMNS, vec![]);
    let line = if dialect == Dialect::Sqlite { "rowid" } else { "words" };
    sql.push("words > coalesce((SELECT ").push(line).push(" FROM case_words ORDER BY ").push(line);
    sql.push(" DESC LIMIT 1), 0) ORDER BY words LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX).into());
    sql
}

/// Writes the lines of cases that have none. What is done stays done when it is cut short.
pub(crate) async fn fill(base: &Base) -> Result<(), Problem> {
    while base.begin_read().await?.one(missing(base.dialect, 1)).await?.is_some() {
        let (session, _) = base.begin_write().await?;
        let some = session.each(missing(base.dialect, MOST_WRITTEN), Stored::read).await?;
        let lines: Vec<_> = some.iter().map(|stored| (stored.words, stored.texts())).collect();
        write(&session, &lines).await?;
        session.commit().await?;
        base.checkpoint().await;
    }
    Ok(())
}
