//! `[view.KEY]`: the pages of a pack.

use super::draft::{Draft, Need, Wanted};
use crate::{
    toml::{Placed, Table},
    view::{CASE_COLUMNS, Menu, Shows, Tab, View},
};

/// Reads a view.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("view", key);
    let places = [("collect", Menu::Collect), ("assess", Menu::Assess), ("act", Menu::Act), ("report", Menu::Report)];
    let kinds = [("list", list as Reader), ("returns", returns), ("capture", capture)];
    let title = table.text("title").required_or(String::new());
    let menu = table.choice("menu", &places).required().unwrap_or(Menu::Act);
    let phone = table.boolean("phone").or(false);
    let Some(shows) = table.choice("kind", &kinds).required() else {
        table.ignore_rest();
        return;
    };
    let shows = shows(draft, table);
    draft.pack.views.push(View { key: key.value.clone(), title, menu, phone, shows });
}

type Reader = fn(&mut Draft, &Table<'_>) -> Shows;

fn list(draft: &mut Draft, table: &Table<'_>) -> Shows {
    let case = case(draft, table);
    let columns = columns(draft, &case, table.placed_texts("columns").required_or(Vec::new()), Need::Slot);
    let filters = columns_to_test(draft, &case, table.placed_texts("filters").or(Vec::new()));
    let sort = table.text("sort").placed();
    let sort = sort.unwrap_or_else(|| Placed { value: "-opened_on".to_owned(), place: table.place() });
    let bare = Placed { value: sort.value.trim_start_matches('-').to_owned(), place: sort.place.clone() };
    columns_to_test(draft, &case, vec![bare]);
    let mut tabs = Vec::new();
    for tab in table.tables("tabs") {
        let title = tab.text("title").required_or(String::new());
        let mut narrows = Tab { title, ..Tab::default() };
        for (name, value) in tab.table("where").optional().map(|inner| inner.items()).unwrap_or_default() {
            columns_to_test(draft, &case, vec![name.clone()]);
            if let Some(text) = value.text() {
                narrows.narrows.insert(name.value, text);
            }
        }
        tabs.push(narrows);
    }
    Shows::List { case, columns, filters, sort: sort.value, tabs }
}

fn returns(draft: &mut Draft, table: &Table<'_>) -> Shows {
    let round = table.text("round").required_placed();
    draft.refer(Wanted::Round, round.as_ref());
    Shows::Returns { round: round.map(Placed::into_value).unwrap_or_default() }
}

fn capture(draft: &mut Draft, table: &Table<'_>) -> Shows {
    let case = case(draft, table);
    let verb = table.text("verb").required_placed();
    draft.verbs.extend(verb.iter().map(|verb| (case.clone(), verb.clone())));
    let fields = columns(draft, &case, table.placed_texts("fields").required_or(Vec::new()), Need::Field);
    Shows::Capture { case, verb: verb.map(Placed::into_value).unwrap_or_default(), fields }
}

fn case(draft: &mut Draft, table: &Table<'_>) -> String {
    let case = table.text("case").required_placed();
    draft.refer(Wanted::Case, case.as_ref());
    case.map(Placed::into_value).unwrap_or_default()
}

fn columns(draft: &mut Draft, case: &str, given: Vec<Placed<String>>, need: Need) -> Vec<String> {
    for column in given.iter().filter(|column| !CASE_COLUMNS.contains(&column.as_str())) {
        draft.refer_field(case, column, need);
    }
    given.into_iter().map(Placed::into_value).collect()
}

/// Columns by which the store can test and sort: those of every case, and the declared slots.
fn columns_to_test(draft: &mut Draft, case: &str, given: Vec<Placed<String>>) -> Vec<String> {
    for column in given.iter().filter(|column| !CASE_COLUMNS.contains(&column.as_str())) {
        draft.tested.push((case.to_owned(), column.clone()));
    }
    given.into_iter().map(Placed::into_value).collect()
}
