//! Pupils in classes as a target: told apart by identity number or 学籍号, never by name alone.

use super::{
    batches::{opened_by, withdraw},
    classes::Classes,
    columns::{column, required},
    identity::hex,
    plan::{RowPlan, Sort},
    target::{CHUNK, Secret, Target, text},
};
use crate::{
    App, Caller,
    ports::{Batch, BatchRow, ColumnKind, KnownRow, Phase, Progress, Reading, SheetTarget, Writing},
    record::record,
};
use async_trait::async_trait;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use yanpan_kernel::{
    calendar::days,
    case::Case,
    enrolment::{Enrolment, Identity, IdentityKind, class_name, is_pupil_number},
    entry::Statement,
    form::Answers,
    id::Id,
    person::{Person, Role},
    problem::{INTERNAL, PERSON_CONFLICT, PREVIEW_STALE, PUPIL_NUMBER_INVALID, Place, Problem, READING_CANCELLED},
    unit::Unit,
};

/// Pupils.
pub(super) struct Pupils<'a> {
    pub app: &'a App,
    pub caller: &'a Caller,
}

/// A row that was understood: which class, whom it means, and which enrolment it continues.
struct Meant {
    class: Id<Unit>,
    pupil: Option<Id<Person>>,
    enrolment: Option<Enrolment>,
    /// Enrolments elsewhere that have not ended.
    open: Vec<Enrolment>,
}

const NUMBERS: [(&str, IdentityKind); 2] = [("identity", IdentityKind::Citizen), ("number", IdentityKind::Pupil)];

impl Pupils<'_> {
    /// The numbers of a row with their marks; masked ones say nothing.
    fn marks(&self, values: &Answers) -> Vec<(&'static str, IdentityKind, String, [u8; 32])> {
        let given = NUMBERS.into_iter().map(|(key, kind)| (key, kind, text(values, key)));
        let whole = given.filter(|(_, _, number)| !number.is_empty() && !number.contains('*'));
        whole
            .map(|(key, kind, number)| {
                let mark = self.app.vault.mark(&format!("{}:{number}", kind.key()));
                (key, kind, number, mark)
            })
            .collect()
    }

    fn date(values: &Answers, key: &str) -> Option<Date> {
        text(values, key).parse().ok()
    }

    /// The stored hash of a row: keyed, for its values hold a number.
    fn hash(&self, row: &RowPlan) -> String {
        hex(&self.app.vault.mark(&row.hash))
    }

    /// What a chunk of rows means beside what is stored now.
    async fn meant(&self, reading: &dyn Reading, rows: &[&RowPlan]) -> Result<Vec<Result<Meant, Problem>>, Problem> {
        let values: Vec<Answers> = rows.iter().map(|row| row.values()).collect();
        let marks: Vec<[u8; 32]> = values.iter().flat_map(|values| self.marks(values)).map(|mark| mark.3).collect();
        let people: HashMap<[u8; 32], Person> = reading.marked(&marks).await?.into_iter().collect();
        let keys: Vec<String> = rows.iter().map(|row| row.key.to_string()).collect();
        let known: HashMap<String, Id<Enrolment>> =
            reading.known_rows("pupils", &keys).await?.into_iter().map(|row| (row.key, row.case.cast())).collect();
        let pupils: Vec<Id<Person>> = people.values().map(|person| person.id).collect();
        let mut enrolments = reading.enrolments_of(&pupils).await?;
        let by_key: Vec<Id<Enrolment>> = known.values().copied().collect();
        enrolments.extend(reading.enrolments_by_id(&by_key).await?);
        let classes = Classes::of(&self.caller.tree);
        Ok(rows
            .iter()
            .zip(&values)
            .map(|(row, values)| {
                let place = row.place();
                let unit = text(values, "unit")
                    .parse()
                    .map_err(|_| Problem::new(&INTERNAL, &[("reference", &"pupil-unit")]))?;
                let class = classes.find(unit, &text(values, "class"), &place)?;
                let pupil = self.bearer(values, &people, &place)?;
                let before =
                    known.get(&*row.key).and_then(|id| enrolments.iter().find(|enrolment| enrolment.id == *id));
                let pupil = pupil.or(before.map(|enrolment| enrolment.pupil));
                let own = || enrolments.iter().filter(|enrolment| Some(enrolment.pupil) == pupil);
                let there = before.or_else(|| own().rfind(|enrolment| enrolment.class == class)).cloned();
                let open = own().filter(|enrolment| enrolment.class != class && enrolment.valid_to.is_none()).cloned();
                Ok(Meant { class, pupil, enrolment: there, open: open.collect() })
            })
            .collect())
    }

    /// Who bears the numbers of a row; the name must be theirs.
    fn bearer(
        &self,
        values: &Answers,
        people: &HashMap<[u8; 32], Person>,
        place: &Place,
    ) -> Result<Option<Id<Person>>, Problem> {
        let mut found = None;
        for (key, kind, _, mark) in self.marks(values) {
            let Some(person) = people.get(&mark) else { continue };
            if person.name != text(values, "name") || found.is_some_and(|other| other != person.id) {
                let place =
                    Place { column: Some(kind.title().to_owned()), field: Some(key.to_owned()), ..place.clone() };
                return Err(Problem::new(&PERSON_CONFLICT, &[("what", &kind.title())]).at(place));
            }
            found = Some(person.id);
        }
        Ok(found)
    }

    /// One file may not give one number to two names either.
    fn first_of(&self, row: &RowPlan, named: &mut HashMap<[u8; 32], String>) -> Result<(), Problem> {
        let values = row.values();
        let name = text(&values, "name");
        for (key, kind, _, mark) in self.marks(&values) {
            if *named.entry(mark).or_insert_with(|| name.clone()) != name {
                let (column, field) = (Some(kind.title().to_owned()), Some(key.to_owned()));
                let place = Place { column, field, ..row.place() };
                return Err(Problem::new(&PERSON_CONFLICT, &[("what", &kind.title())]).at(place));
            }
        }
        Ok(())
    }

    /// The enrolment that a row says.
    fn wanted(&self, values: &Answers, meant: &Meant, pupil: Id<Person>) -> Enrolment {
        let before = meant.enrolment.as_ref();
        let began = Self::date(values, "valid_from").or(before.map(|known| known.valid_from));
        Enrolment {
            id: before.map_or_else(|| self.app.environment.id(), |known| known.id),
            pupil,
            class: meant.class,
            valid_from: began.unwrap_or_else(|| self.app.environment.today()),
            valid_to: Self::date(values, "valid_to").or(before.and_then(|known| known.valid_to)),
        }
    }

    fn told(&self, enrolment: &Enrolment, verb: &str) -> (Statement, String) {
        let statement = Statement {
            chain: enrolment.id.cast(),
            kind: "enrolment".to_owned(),
            verb: verb.to_owned(),
            unit: Some(enrolment.class),
            actor: self.caller.account,
            grant: self.caller.grant_over(enrolment.class, self.writers()).ok().map(|grant| grant.id),
            happened_on: enrolment.valid_from,
            from: None,
            to: None,
        };
        // Ids and dates alone: retention must not have to reach into the chain.
        (statement, serde_json::to_string(enrolment).unwrap_or_default())
    }

    fn identities(&self, values: &Answers, person: Id<Person>) -> Vec<Identity> {
        let marks = self.marks(values).into_iter();
        marks
            .map(|(_, kind, number, mark)| {
                let sealed = self.app.vault.seal(&number, self.app.environment.random());
                Identity { person, kind, sealed, mark }
            })
            .collect()
    }
}

#[async_trait]
impl Target for Pupils<'_> {
    fn sheet(&self) -> SheetTarget {
        let columns = vec![
            required(
                column("unit", "学校", &["单位", "学校名称", "学校(幼儿园)", "unit"], ColumnKind::Unit),
                "城关中心小学",
            ),
            required(
                column("class", "班级", &["班别", "所在班级", "班级名称", "class"], ColumnKind::Text),
                "三年级(2)班",
            ),
            required(column("name", "姓名", &["学生姓名", "幼儿姓名", "学生", "name"], ColumnKind::Person), "王小雨"),
            column(
                "identity",
                "身份证号",
                &["身份证号码", "身份证件号", "公民身份号码", "identity"],
                ColumnKind::Identity,
            ),
            column("number", "学籍号", &["全国学籍号", "学籍号码", "number"], ColumnKind::Text),
            column("valid_from", "入班日期", &["入学日期", "入学时间", "转入日期", "valid_from"], ColumnKind::Date),
            column("valid_to", "离班日期", &["离校日期", "转出日期", "毕业日期", "valid_to"], ColumnKind::Date),
        ];
        SheetTarget { key: "pupils".to_owned(), title: "学生".to_owned(), columns }
    }

    fn writers(&self) -> &'static [Role] {
        &[Role::Admin, Role::Head, Role::Teacher]
    }

    fn unit_column(&self) -> Option<&str> {
        Some("unit")
    }

    fn key(&self, values: &Answers) -> String {
        let class = class_name(&text(values, "class"));
        let who = match self.marks(values).first() {
            Some((_, _, _, mark)) => hex(mark),
            None => hex(&self.app.vault.mark(&format!("name:{}", text(values, "name")))),
        };
        format!("{}/{class}/{who}", text(values, "unit"))
    }

    fn look(&self, values: &Answers, place: &Place) -> Vec<Problem> {
        let number = text(values, "number");
        let whole = !number.is_empty() && !number.contains('*');
        let wrong = |kind, title: &str, key: &str| {
            let place = Place { column: Some(title.to_owned()), field: Some(key.to_owned()), ..place.clone() };
            Problem::new(kind, &[("value", &number)]).at(place)
        };
        let fault = whole && !is_pupil_number(&number);
        fault.then(|| wrong(&PUPIL_NUMBER_INVALID, "学籍号", "number")).into_iter().collect()
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], progress: &Progress) -> Result<(), Problem> {
        let total = rows.len() as u64;
        let mut named = HashMap::new();
        for (at, chunk) in rows.chunks_mut(CHUNK).enumerate() {
            if progress.is_cancelled() {
                return Err(Problem::new(&READING_CANCELLED, &[]));
            }
            progress.report(Phase::Comparing, (at * CHUNK) as u64, total);
            let good: Vec<usize> =
                (0..chunk.len()).filter(|at| chunk.get(*at).is_some_and(|row| row.sort != Sort::Refused)).collect();
            let meant = {
                let rows: Vec<&RowPlan> = good.iter().filter_map(|at| chunk.get(*at)).collect();
                self.meant(reading, &rows).await?
            };
            for (at, meant) in good.into_iter().zip(meant) {
                let Some(row) = chunk.get_mut(at) else { continue };
                let first = self.first_of(row, &mut named);
                match meant.and_then(|meant| first.map(|()| meant)) {
                    Err(problem) => row.refuse(vec![problem]),
                    Ok(meant) => self.sort(row, &meant),
                }
            }
        }
        Ok(())
    }

    async fn write(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        rows: &[&RowPlan],
        _: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem> {
        let mut met: HashMap<[u8; 32], Id<Person>> = HashMap::new();
        for chunk in rows.chunks(CHUNK) {
            let meant = self.meant(writing, chunk).await?;
            let mut made = Made::default();
            for (row, meant) in chunk.iter().zip(meant) {
                let meant = meant.map_err(|_| Problem::new(&PREVIEW_STALE, &[]))?;
                if meant.enrolment.is_some() != row.known.is_some() {
                    return Err(Problem::new(&PREVIEW_STALE, &[]));
                }
                self.one(row, &meant, &mut met, &mut made);
            }
            made.store(self, writing, batch).await?;
        }
        Ok(Vec::new())
    }

    async fn undo(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        _: &BTreeSet<Id<Case>>,
    ) -> Result<Result<usize, Vec<Problem>>, Problem> {
        let opened: BTreeSet<Id<Enrolment>> = opened_by(writing, batch).await?;
        let all = writing.enrolments(&self.caller.scope()).await?;
        let gone: Vec<Enrolment> =
            all.into_iter().map(|(enrolment, _)| enrolment).filter(|one| opened.contains(&one.id)).collect();
        let ids: Vec<Id<Enrolment>> = gone.iter().map(|enrolment| enrolment.id).collect();
        let telling = (|one: &Enrolment| one.id.cast(), |one: &Enrolment| self.told(one, "undo_import"));
        withdraw(self.app, writing, batch, &gone, telling).await?;
        writing.drop_enrolments(&ids).await?;
        let pupils: BTreeSet<Id<Person>> = gone.iter().map(|enrolment| enrolment.pupil).collect();
        let pupils: Vec<Id<Person>> = pupils.into_iter().collect();
        let left = writing.enrolments_of(&pupils).await?;
        let still: BTreeSet<Id<Person>> = left.iter().map(|one| one.pupil).collect();
        self.reopen(writing, &gone, left).await?;
        let forgotten: Vec<Id<Person>> = pupils.into_iter().filter(|pupil| !still.contains(pupil)).collect();
        writing.forget_pupils(&forgotten).await?;
        Ok(Ok(ids.len()))
    }
}

#[derive(Default)]
struct Made {
    persons: Vec<Person>,
    identities: Vec<Identity>,
    enrolments: Vec<Enrolment>,
    told: Vec<(Statement, String)>,
    rows: Vec<(Id<Enrolment>, bool)>,
    known: Vec<KnownRow>,
}

impl Pupils<'_> {
    /// Puts pupils back into the classes that they left on the day before a withdrawn enrolment began.
    async fn reopen(&self, writing: &dyn Writing, gone: &[Enrolment], left: Vec<Enrolment>) -> Result<(), Problem> {
        let ended = |one: &Enrolment| {
            let before =
                |gone: &&Enrolment| gone.pupil == one.pupil && one.valid_to == days::after(gone.valid_from, -1);
            one.valid_to.is_some() && gone.iter().any(|gone| before(&gone))
        };
        let back = left.into_iter().filter(ended).map(|one| Enrolment { valid_to: None, ..one });
        let back: Vec<Enrolment> = back.collect();
        record(writing, &self.app.environment, back.iter().map(|one| self.told(one, "return")).collect()).await?;
        writing.put_enrolments(&back).await
    }

    fn sort(&self, row: &mut RowPlan, meant: &Meant) {
        let values = row.values();
        if let Some(before) = &meant.enrolment {
            let wanted = self.wanted(&values, meant, before.pupil);
            row.known = Some(before.id.cast());
            row.sort = if wanted == *before { Sort::Same } else { Sort::Update };
            return;
        }
        let scope = self.caller.scope();
        if meant.open.iter().any(|open| !scope.contains(open.class)) {
            row.sort = Sort::Suspect;
        }
    }

    /// What a row makes: the pupil where nobody bears the numbers yet, the enrolment, and the end of the one before.
    fn one(&self, row: &RowPlan, meant: &Meant, met: &mut HashMap<[u8; 32], Id<Person>>, made: &mut Made) {
        let values = row.values();
        let marks: Vec<[u8; 32]> = self.marks(&values).into_iter().map(|mark| mark.3).collect();
        let known = meant.pupil.or_else(|| marks.iter().find_map(|mark| met.get(mark).copied()));
        let pupil = known.unwrap_or_else(|| {
            let person = Person { id: self.app.environment.id(), name: text(&values, "name"), post: String::new() };
            let id = person.id;
            made.persons.push(person);
            id
        });
        met.extend(marks.into_iter().map(|mark| (mark, pupil)));
        made.identities.extend(self.identities(&values, pupil));
        let enrolment = self.wanted(&values, meant, pupil);
        let scope = self.caller.scope();
        for before in
            meant.open.iter().filter(|open| scope.contains(open.class) && open.valid_from < enrolment.valid_from)
        {
            let left = Enrolment { valid_to: days::after(enrolment.valid_from, -1), ..before.clone() };
            made.told.push(self.told(&left, "leave"));
            made.enrolments.push(left);
        }
        made.told.push(self.told(&enrolment, if meant.enrolment.is_some() { "change" } else { "enrol" }));
        made.rows.push((enrolment.id, meant.enrolment.is_none()));
        made.known.push(KnownRow { key: row.key.to_string(), case: enrolment.id.cast(), values: self.hash(row) });
        made.enrolments.push(enrolment);
    }
}

impl Made {
    async fn store(self, pupils: &Pupils<'_>, writing: &dyn Writing, batch: &Batch) -> Result<(), Problem> {
        record(writing, &pupils.app.environment, self.told).await?;
        writing.put_persons(&self.persons).await?;
        writing.put_identities(&self.identities).await?;
        writing.put_enrolments(&self.enrolments).await?;
        let rows: Vec<BatchRow> = self
            .rows
            .into_iter()
            .map(|(id, new)| BatchRow { batch: batch.id, case: id.cast(), before: i64::from(!new), after: 1 })
            .collect();
        writing.put_batch_rows(&rows).await?;
        writing.put_known_rows(&batch.kind, &self.known).await
    }
}
