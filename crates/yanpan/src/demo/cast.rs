//! The people of the demo: named persons of each role whom the sign-in page offers, and a head and a safety officer for each school.

use super::places::COUNTY;
use serde_json::json;
use yanpan_app::{Caller, person::NewPerson};
use yanpan_kernel::{person::Role, unit::Version};

/// The one password of the demo; the first-login change is off there.
pub const PASSWORD: &str = "Yanpan-2026";

/// Sign-in name, name, post, role, unit code.
pub const ACCOUNTS: &[(&str, &str, &str, Role, &str)] = &[
    ("guan", "管小平", "平台管理员", Role::Admin, ""),
    ("lin", "林国栋", "县教体局校安办主任", Role::Authority, COUNTY),
    ("zhou", "周敏", "城关教管中心主任", Role::Authority, "QS-T1"),
    ("wu", "吴建军", "消防救援大队参谋", Role::Authority, "QS-XF"),
    ("he", "何永", "应急管理局科长", Role::Authority, "QS-YJ"),
    ("chen", "陈丽", "城关中心小学校长", Role::Head, "QS-T101"),
    ("liu", "刘强", "城关中心小学安全员", Role::SafetyOfficer, "QS-T101"),
    ("sun", "孙月", "城关中心小学班主任", Role::Teacher, "QS-T101"),
    ("du", "督学张", "责任督学", Role::Observer, COUNTY),
    ("qian", "钱伟", "云岭县教体局校安办主任", Role::Authority, "YL"),
];

const SURNAMES: [&str; 20] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤",
    "许",
];
const GIVEN: [&str; 12] = ["敏", "强", "静", "磊", "芳", "军", "洋", "艳", "勇", "杰", "娟", "涛"];

/// What each of them would do first, by sign-in name, for the sign-in page.
const FIRST: &[(&str, &str)] = &[
    ("guan", "管组织、授权与备份，看审计链"),
    ("lin", "看全县形势，督办超期隐患，出研判报告"),
    ("zhou", "看本镇学校，核实定级，催报月报"),
    ("wu", "挂牌督办重大火灾隐患，复查验收"),
    ("he", "联合挂牌，审批延期"),
    ("chen", "看本校待办，验收整改"),
    ("liu", "登记隐患，上报整改，报零报告"),
    ("sun", "在手机上随手拍，立行立改"),
    ("du", "只看不改：查台账、看报告"),
    ("qian", "邻县的负责人：看不到本县的数据"),
];

/// The named people as the sign-in page shows them: JSON of the setting.
#[must_use]
pub fn introductions(caller: &Caller) -> String {
    let people = ACCOUNTS.iter().map(|(login, name, post, role, code)| {
        let unit = caller.tree.by_code(code).map(|unit| unit.name.clone());
        let does = FIRST.iter().find(|(known, _)| known == login).map(|(_, does)| *does);
        json!({
            "login": login, "name": name, "post": post, "role_title": role.title(), "unit": unit, "does": does,
            "password": PASSWORD,
        })
    });
    json!({ "people": people.collect::<Vec<_>>() }).to_string()
}

/// Everyone to be added, once the units are there.
#[must_use]
pub fn people(caller: &Caller) -> Vec<NewPerson> {
    let root = caller.tree.roots().first().copied();
    let mut all: Vec<NewPerson> = ACCOUNTS
        .iter()
        .filter_map(|(login, name, post, role, code)| {
            let unit = if code.is_empty() { root } else { caller.tree.by_code(code).map(|version| version.unit) };
            Some(person(login, name, post, vec![(*role, unit?)]))
        })
        .collect();
    let schools = caller.tree.all().into_iter().filter(|version| version.is_school());
    for (at, school) in schools.enumerate().filter(|(_, school)| school.code != "QS-T101") {
        all.push(staff(school, at, "校长", Role::Head));
        all.push(staff(school, at + 7, "安全员", Role::SafetyOfficer));
    }
    for town in caller.tree.all().into_iter().filter(|version| version.kind == "town" && version.code != "QS-T1") {
        let login = format!("{}-zr", town.code.to_lowercase());
        all.push(person(&login, "主任", "教管中心主任", vec![(Role::Authority, town.unit)]));
    }
    all
}

/// Sign-in name of a school's head or safety officer.
#[must_use]
pub fn staff_login(code: &str, role: Role) -> String {
    match (code, role) {
        ("QS-T101", Role::Head) => "chen".to_owned(),
        ("QS-T101", _) => "liu".to_owned(),
        (_, Role::Head) => format!("{}-xz", code.to_lowercase()),
        _ => format!("{}-aq", code.to_lowercase()),
    }
}

fn staff(school: &Version, at: usize, post: &str, role: Role) -> NewPerson {
    let surname = SURNAMES.get(at % SURNAMES.len()).copied().unwrap_or("王");
    let given = GIVEN.get((at / 3) % GIVEN.len()).copied().unwrap_or("敏");
    let login = staff_login(&school.code, role);
    person(&login, &format!("{surname}{given}"), &format!("{}{post}", school.name), vec![(role, school.unit)])
}

fn person(
    login: &str,
    name: &str,
    post: &str,
    grants: Vec<(Role, yanpan_kernel::id::Id<yanpan_kernel::unit::Unit>)>,
) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        post: post.to_owned(),
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        must_change: false,
        grants,
    }
}
