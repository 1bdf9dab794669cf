//! The plan: every event of the fourteen months, decided from the seed before the first day.

use super::hazards::{MAJORS, SORTS, USUAL};
use crate::demo::{SeededEntropy, cast::staff_login, places::COUNTY};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use yanpan_kernel::{
    calendar::days,
    form::Answers,
    id::Id,
    person::Role,
    unit::{Tree, Unit},
};

/// Something that someone does on a day.
#[derive(Debug, Clone)]
pub struct Event {
    /// Day.
    pub on: Date,
    /// Hour, for order within a day.
    pub hour: i8,
    /// Sign-in name.
    pub who: String,
    /// What.
    pub what: What,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum What {
    /// An act on story `n`; the first act of a story opens its case.
    Act { story: usize, kind: &'static str, unit: Id<Unit>, verb: &'static str, answers: Answers },
    /// A return of the month that ended on a day.
    Return { unit: Id<Unit>, ended: Date },
}

/// A school as the plan sees it.
struct School {
    unit: Id<Unit>,
    code: String,
    inspector: String,
    habit: u64,
}

/// Plans everything from `first` up to `today`.
pub struct Planner<'a> {
    /// Source of chance.
    pub chance: &'a SeededEntropy,
    /// The tree.
    pub tree: &'a Tree,
    /// Photos before and after, as answers name them.
    pub photos: (Json, Json),
    /// First day.
    pub first: Date,
    /// Last day.
    pub today: Date,
    events: Vec<Event>,
    stories: usize,
}

fn answers(pairs: &[(&str, Json)]) -> Answers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn later(date: Date, by: usize) -> Date {
    i32::try_from(by).ok().and_then(|by| days::after(date, by)).unwrap_or(date)
}

impl<'a> Planner<'a> {
    /// A planner.
    #[must_use]
    pub fn new(chance: &'a SeededEntropy, tree: &'a Tree, photos: (Json, Json), (first, today): (Date, Date)) -> Self {
        Self { chance, tree, photos, first, today, events: Vec::new(), stories: 0 }
    }

    /// Every event in the order in which it happens.
    #[must_use]
    pub fn plan(mut self) -> Vec<Event> {
        let schools = self.schools();
        let mut month = self.first;
        while month <= self.today {
            for school in &schools {
                self.month_of(school, month);
            }
            self.accidents(&schools, month);
            self.tasks(month);
            month = later(month, 32).first_of_month();
        }
        self.majors(&schools);
        let today = self.today;
        self.events.retain(|event| event.on <= today);
        self.events.sort_by_key(|event| (event.on, event.hour));
        self.events
    }

    fn schools(&self) -> Vec<School> {
        let all = self.tree.all();
        let schools = all.iter().filter(|version| version.is_school());
        schools
            .map(|version| {
                let town = self.tree.ancestor_of_kind(version.unit, "town");
                let inspector = match town.map(|town| town.code.as_str()) {
                    Some("QS-T1") => "zhou".to_owned(),
                    Some(code) => format!("{}-zr", code.to_lowercase()),
                    None if version.code.starts_with(COUNTY) => "lin".to_owned(),
                    None => "qian".to_owned(),
                };
                School { unit: version.unit, code: version.code.clone(), inspector, habit: self.chance.next() % 100 }
            })
            .collect()
    }

    fn push(&mut self, on: Date, hour: i8, who: &str, what: What) {
        self.events.push(Event { on, hour, who: who.to_owned(), what });
    }

    fn month_of(&mut self, school: &School, month: Date) {
        let holiday = matches!(month.month(), 2 | 7 | 8);
        let usual = if holiday { 0 } else { 1 };
        let count = usual + self.chance.below(2) + usize::from(self.chance.chance(15));
        for _ in 0..count {
            self.hazard(school, later(month, self.chance.below(28)));
        }
        self.monthly_return(school, month);
    }

    fn monthly_return(&mut self, school: &School, month: Date) {
        let Ok(ended) = Date::new(month.year(), month.month(), 25) else { return };
        let lazy = school.habit >= 92;
        let on = match self.chance.below(100) {
            _ if lazy && self.chance.chance(25) => return,
            0..=88 => later(ended, 1 + self.chance.below(2)),
            89..=97 => later(ended, 4 + self.chance.below(4)),
            _ => return,
        };
        let who = staff_login(&school.code, Role::SafetyOfficer);
        self.push(on, 15, &who, What::Return { unit: school.unit, ended });
    }

    fn sort_of(&self, month: i8) -> &'static super::hazards::Sort {
        let draw = || self.chance.pick(SORTS);
        for _ in 0..3 {
            if let Some(sort) = draw()
                && (sort.season.contains(&month) || self.chance.chance(35))
            {
                return sort;
            }
        }
        draw().unwrap_or(&USUAL)
    }

    fn hazard(&mut self, school: &School, on: Date) {
        let sort = self.sort_of(on.month());
        let safety = staff_login(&school.code, Role::SafetyOfficer);
        let head = staff_login(&school.code, Role::Head);
        let story = self.stories;
        self.stories += 1;
        let act = |verb: &'static str, given: Answers| What::Act {
            story,
            kind: "hazard",
            unit: school.unit,
            verb,
            answers: given,
        };
        let side = self.chance.pick(&["", "(东)", "(西)", "(南)", "(北)", "(一层)", "(二层)", "(三层)"]).copied();
        let said = [
            ("place", json!(format!("{}{}", sort.place, side.unwrap_or_default()))),
            ("description", json!(sort.description)),
            ("category", json!(sort.category)),
            ("cause", json!(sort.cause)),
        ];
        if self.chance.chance(55) {
            let mut given = answers(&said);
            given.insert("photos_before".to_owned(), self.photos.0.clone());
            given.insert("photos_after".to_owned(), self.photos.1.clone());
            self.push(on, 9, &safety, act("fix_on_the_spot", given));
            self.push(on, 16, &head, act("confirm", answers(&[("opinion", json!("已改好"))])));
            return;
        }
        let supervised = self.chance.chance(35);
        let finder = if supervised { school.inspector.clone() } else { safety.clone() };
        let mut given = answers(&said);
        given.insert("found_on".to_owned(), json!(on.to_string()));
        given.insert("photos_before".to_owned(), self.photos.0.clone());
        if !supervised && self.chance.chance(8) {
            given.insert("source".to_owned(), json!(if self.chance.chance(70) { "举报" } else { "移送" }));
        }
        self.push(on, 9, &finder, act("register", given));
        self.push(on, 10, &head, act("grade", answers(&[("criterion", json!("以上都不是"))])));
        let term = 5 + self.chance.below(12);
        let due = later(on, term);
        self.push(
            on,
            11,
            &head,
            act("start", answers(&[("responsible", json!("后勤主任")), ("rectify_by", json!(due.to_string()))])),
        );
        if self.chance.chance(6) && days::between(on, self.today) < 90 {
            return;
        }
        let slow = self.chance.chance(if school.habit >= 85 { 35 } else { 9 });
        let done = if slow {
            later(due, 2 + self.chance.below(22))
        } else {
            later(on, 1 + self.chance.below(term.saturating_sub(2).max(1)))
        };
        let mut given = answers(&[("progress", json!("已整改到位")), ("measures", json!("更换维修并复查"))]);
        if !self.chance.chance(6) {
            given.insert("photos_after".to_owned(), self.photos.1.clone());
        }
        self.push(done, 14, &safety, act("submit", given));
        let accept = later(done, usize::from(slow));
        self.push(accept, 16, &head, act("accept", answers(&[("opinion", json!("现场复查合格"))])));
    }

    fn majors(&mut self, schools: &[School]) {
        let own: Vec<&School> = schools.iter().filter(|school| school.code.starts_with(COUNTY)).collect();
        let span = usize::try_from(days::between(self.first, self.today)).unwrap_or(1);
        for (at, (criterion, place, description, interim)) in MAJORS.iter().enumerate() {
            let Some(school) = own.get((at * 7 + 9) % own.len().max(1)) else { continue };
            let on = later(self.first, span * (2 * at + 3) / (2 * MAJORS.len() + 1));
            let story = self.stories;
            self.stories += 1;
            let (unit, head) = (school.unit, staff_login(&school.code, Role::Head));
            let safety = staff_login(&school.code, Role::SafetyOfficer);
            let act =
                |verb: &'static str, given: Answers| What::Act { story, kind: "hazard", unit, verb, answers: given };
            let due = later(on, 45).to_string();
            let register = answers(&[
                ("found_on", json!(on.to_string())),
                ("place", json!(place)),
                ("description", json!(description)),
                ("category", json!("消防安全管理")),
                ("cause", json!("经费不足")),
                ("photos_before", self.photos.0.clone()),
            ]);
            self.push(on, 9, "wu", act("register", register));
            self.push(
                on,
                10,
                "lin",
                act("grade", answers(&[("criterion", json!(criterion)), ("interim", json!(interim))])),
            );
            let five = answers(&[
                ("responsible", json!("校(园)长")),
                ("rectify_by", json!(due)),
                ("measures", json!("按专项方案施工整改")),
                ("funds", json!("12.50")),
                ("plan", json!("应急疏散预案已修订")),
                ("interim", json!(interim)),
            ]);
            self.push(on, 11, &head, act("start", five));
            let listing = answers(&[
                ("listed_by", json!("县应急管理局、县教育体育局联合")),
                ("rectify_by", json!(due)),
                ("requirements", json!("整改期间停用相关场所，每周报告进展")),
            ]);
            self.push(later(on, 1), 9, "lin", act("list", listing));
            let half = answers(&[("progress", json!("工程完成六成，风险可控")), ("interim", json!(interim))]);
            self.push(later(on, 20), 9, &safety, act("progress", half));
            let done = answers(&[
                ("progress", json!("工程全部完成")),
                ("institution", json!("修订消防安全管理制度，落实月检查")),
                ("photos_after", self.photos.1.clone()),
            ]);
            self.push(later(on, 40), 9, &safety, act("submit", done));
            self.push(
                later(on, 42),
                9,
                "wu",
                act("accept", answers(&[("opinion", json!("联合复查合格，同意摘牌销号"))])),
            );
        }
    }

    fn accidents(&mut self, schools: &[School], month: Date) {
        for _ in 0..self.chance.below(5) {
            let Some(school) = self.chance.pick(schools) else { continue };
            let on = later(month, self.chance.below(27));
            let kind = self.chance.pick(&["运动碰撞", "跌倒摔伤", "跌倒摔伤", "烫伤烧伤"]).copied().unwrap_or("其他");
            let story = self.stories;
            self.stories += 1;
            let head = staff_login(&school.code, Role::Head);
            let act = |verb: &'static str, given: Answers| What::Act {
                story,
                kind: "accident",
                unit: school.unit,
                verb,
                answers: given,
            };
            let report = answers(&[
                ("place", json!("操场")),
                ("category", json!(kind)),
                ("severity", json!("轻微")),
                ("injured", json!(1)),
                ("description", json!("课间活动时受伤，校医处置后送医，已联系家长")),
            ]);
            self.push(on, 11, &head, act("report", report));
            let close = answers(&[("cause", json!("课间管理不到位")), ("measures", json!("增加课间护导岗"))]);
            self.push(later(on, 9), 11, &head, act("close", close));
        }
    }

    fn tasks(&mut self, month: Date) {
        let Some(county) = self.tree.by_code(COUNTY).map(|version| version.unit) else { return };
        let on = later(month, 4);
        let given = [
            ("完成重点部位专项排查", "校安办", 12),
            ("对超期隐患逐处督办", "校安办", 15),
            ("督促未报单位补报", "办公室", 6),
        ];
        for (at, (what, department, term)) in given.into_iter().enumerate() {
            let story = self.stories;
            self.stories += 1;
            let act = |verb: &'static str, given: Answers| What::Act {
                story,
                kind: "task",
                unit: county,
                verb,
                answers: given,
            };
            let due = later(on, term);
            let assign = answers(&[
                ("what", json!(what)),
                ("department", json!(department)),
                ("due_on", json!(due.to_string())),
            ]);
            self.push(on, 9, "lin", act("assign", assign));
            if at == 1 && self.chance.chance(40) {
                let postponed = answers(&[
                    ("due_on", json!(later(due, 20).to_string())),
                    ("reason", json!("两所学校工程仍在施工")),
                ]);
                self.push(due, 9, "lin", act("postpone", postponed));
            } else {
                self.push(due, 9, "lin", act("complete", answers(&[("result", json!("已落实"))])));
            }
        }
    }
}
