//! What an entry says was done, in the words of the pack or of the house.

use crate::{App, case::act_title};
use yanpan_kernel::entry::Statement;

/// Acts of the house itself: kind, verb and title. A flat list.
const TITLES: &[(&str, &str, &str)] = &[
    ("unit", "init", "新建安装"),
    ("unit", "put", "新增或变更单位"),
    ("unit", "jurisdiction", "设定管辖"),
    ("unit", "merge", "合并单位"),
    ("unit", "build_report", "生成报告"),
    ("account", "init", "新建账号"),
    ("account", "add", "新增账号"),
    ("account", "change_password", "修改密码"),
    ("balance", "seal", "封存期末数"),
    ("retention", "erase", "到期清除个人信息"),
    ("setting", "set", "更改设置"),
    ("batch", "import", "导入台账"),
    ("batch", "undo", "撤销导入"),
    ("", "owe", "下达填报"),
    ("", "report", "填报"),
    ("", "correct", "导入更新"),
];

/// Every act that entries may tell of, as kind of thing, verb and title; an empty kind stands for every round.
#[must_use]
pub fn acts(app: &App) -> Vec<(String, String, String)> {
    let of_cases =
        app.packs.present().flat_map(|pack| pack.cases.values()).flat_map(|case| {
            case.transitions.iter().map(|act| (case.key.clone(), act.verb.clone(), act.title.clone()))
        });
    let own = TITLES.iter().map(|&(kind, verb, title)| (kind.to_owned(), verb.to_owned(), title.to_owned()));
    let mut acts: Vec<_> = of_cases.chain(own).collect();
    // A verb may start from several states.
    let mut known = std::collections::BTreeSet::new();
    acts.retain(|(kind, verb, _)| known.insert((kind.clone(), verb.clone())));
    acts
}

/// The title of what an entry tells; its verb where nobody gave it one.
pub(super) fn title(app: &App, said: &Statement) -> String {
    let verb = said.verb.as_str();
    let case = app.packs.case(&said.kind, "").map(|(_, definition)| act_title(definition, verb));
    let own = || TITLES.iter().find(|(kind, known, _)| *known == verb && (*kind == said.kind || kind.is_empty()));
    let title = case.filter(|title| *title != verb).or_else(|| own().map(|(_, _, title)| *title));
    title.unwrap_or(verb).to_owned()
}
