//! Every operation × {nobody, other unit, wrong role}: who is refused, and with which problem.

use crate::house::{Pass, settled};
use std::collections::{BTreeMap, BTreeSet};

/// One line an operation: `operation | request | who may | nobody | other unit | wrong role`.
///
/// A refusal is the problem's code, before it the person who asks: `west_head 404.1`. A cell that begins with `-` says
/// «whoever signs in may» and why. Requests are lines as in `House::line`; people and `{names}` are in `house/settled.rs`.
/// Rows are asked from top to bottom; what changes a case comes after what reads it.
const TABLE: &str = r#"
sign_in         | POST session {"login":"head","password":"Gate-Lantern-47"} | head | - here one signs in | - here one signs in | - here one signs in
show_demo       | GET demo                                         | - no demo here | - its sign-in page needs it before anyone signs in | - no unit data | - no unit data
list_devices    | GET session/devices                              | teacher  | 401.1 | - one's own sessions | - one's own sessions
drop_device     | DELETE session/devices/0000                      | - signs somebody out | 401.1 | west_head 404.1 | - one's own sessions
show_catalogue  | GET catalogue                                    | teacher  | 401.1 | - what packs define is no unit data | - every role composes its pages of it
show_session    | GET session                                      | teacher  | 401.1 | - one's own session | - one's own session
list_units      | GET units                                        | teacher  | 401.1 | - shows the caller's own part of the tree | - every role has units
show_unit       | GET units/{school}                               | teacher  | 401.1 | west_head 403.2 | - every role sees its own units
show_unit_consequences | GET units/{school}/consequences           | admin_2  | 401.1 | west_head 403.2 | - every role sees its own units
put_unit        | POST units {"code":"S9","name":"新校","kind":"primary","parent":"T1","valid_from":"2026-09-01"} | admin_2 | 401.1 | - the tree is the administrator's alone | officer 403.1
close_unit      | POST units/{kindergarten}/close {"last_day":"2026-12-31"} | - ends a unit that later rows ask of | 401.1 | west_head 403.2 | head 403.2
merge_unit      | POST units/{school}/merge {"to":"{west_school}","on":"2026-12-01"} | - ends a unit that later rows ask of | 401.1 | west_head 403.2 | officer 403.1
list_people     | GET people?unit={school}                         | head     | 401.1 | west_head 403.2 | teacher 403.1
add_person      | POST people {"name":"新人","login":"new_one","role":"teacher","unit":"{school}"} | admin_2 | 401.1 | west_head 403.2 | head 403.1
change_person   | PUT people/{newcomer} {"enabled":true}           | admin_2  | 401.1 | west_head 403.2 | officer 403.1
add_grant       | POST people/{newcomer}/grants {"role":"teacher","unit":"{school}"} | admin_2 | 401.1 | west_head 403.2 | head 403.1
end_grant       | DELETE people/{newcomer}/grants/{newcomer}       | - no such grant | 401.1 | west_head 404.1 | officer 404.1
hand_over       | POST people/{newcomer}/hand-over {"to":"{newcomer}"} | - to oneself is refused | 401.1 | west_head 403.2 | officer 403.1
list_cases      | GET cases/repair                                 | teacher  | 401.1 | - a page holds only units in scope | - every role reads the cases of its units
show_case       | GET cases/repair/{case}                          | teacher  | 401.1 | west_head 404.1 | - every role reads the cases of its units
export_cases    | GET cases/repair/export?format=csv               | teacher  | 401.1 | - a sheet holds only units in scope | - every role reads the cases of its units
fill_cases      | POST cases/repair/fill                           | - needs a workbook sent with it | 401.1 | - a sheet holds only units in scope | - every role reads the cases of its units
open_case       | POST cases/repair {"unit":"{school}","verb":"report","answers":{"what":"灯坏","place":"南楼"}} | head | 401.1 | west_head 403.2 | observer 403.1
act_on_case     | POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-12"}} | safety | 401.1 | west_head 404.1 | teacher 403.1
act_on_cases    | POST cases/repair/acts/take {"ids":[{"id":"{case}","revision":1}],"answers":{"fix_by":"2026-10-12"}} | safety | 401.1 | - names the cases it refused, each with its problem | - names the cases it refused, each with its problem
show_case_document | GET cases/repair/{case}/documents/repair_notice?format=html | teacher | 401.1 | west_head 404.1 | - every role reads the cases of its units
put_file        | POST files @picture                              | teacher  | 401.1 | - a file belongs to no unit until an act names it | - acts say who may name it
get_file        | GET files/0000000000000000000000000000000000000000000000000000000000000000 | - no case has it | 401.1 | west_head 404.1 | - files go with their cases
list_rounds     | GET rounds                                       | teacher  | 401.1 | - shows only units in scope | - every role sees where returns stand
list_round_periods | GET rounds/patrol/periods                     | teacher  | 401.1 | - shows only units in scope | - every role sees where returns stand
show_round      | GET rounds/patrol/{week}?unit={school}           | teacher  | 401.1 | west_head 403.2 | - every role sees where returns stand
submit_round    | POST rounds/patrol/{week}/{school} {"answers":{"rooms":40}} | head | 401.1 | west_head 403.2 | teacher 403.1
return_submission | POST rounds/patrol/{week}/{school}/return {"reason":"间数不对"} | officer | 401.1 | west_officer 403.2 | head 403.1
review_submission | POST rounds/patrol/{week}/{school}/review {}   | officer  | 401.1 | west_officer 403.2 | head 403.1
list_notices    | GET notices                                      | teacher  | 401.1 | - one's own notices | - one's own notices
read_notice     | POST notices/{notice}/read                       | teacher  | 401.1 | west_head 404.1 | head 404.1
read_notices    | POST notices/read                                | teacher  | 401.1 | - one's own notices | - one's own notices
show_workbench  | GET workbench                                    | teacher  | 401.1 | - one's own work | - every role has a first page
search          | GET search?q=%E6%B6%88                           | teacher  | 401.1 | - finds only what is in scope | - every role searches its units
list_periods    | GET periods?kind=week                            | teacher  | 401.1 | - a calendar is no unit's | - every role reads the calendar
list_colours | GET colours?unit={school}&period=2026-W41 | teacher  | 401.1 | west_head 403.2 | - every role sees the colours of its units
list_indicators | GET indicators?unit={school}&period=2026-W41      | teacher  | 401.1 | west_head 403.2 | - every role sees the figures of its units
show_indicator  | GET indicators/repairs?unit={school}&period=2026-W41 | teacher | 401.1 | west_head 403.2 | - every role sees the figures of its units
list_reports    | GET reports                                      | head     | 401.1 | - lists only reports on units in scope | teacher 403.1
build_report    | POST reports {"document":"weekly","unit":"{school}","period":"2026-W41","formats":["docx"]} | head | 401.1 | west_head 403.2 | teacher 403.1
get_report_file | GET reports/{report}/files/docx                  | head     | 401.1 | west_head 404.1 | teacher 404.1
get_report_text | GET reports/{report}/text                        | head     | 401.1 | west_head 404.1 | teacher 404.1
verify_report   | POST reports/verify @document                    | head     | 401.1 | west_head 403.2 | teacher 403.1
list_entries    | GET entries?unit={school}                        | head     | 401.1 | west_head 403.2 | teacher 403.1
show_system     | GET system                                       | admin_2  | 401.1 | - it is of no one unit | officer 403.1
verify_system   | POST system/verify                               | admin_2  | 401.1 | - it is of no one unit | officer 403.1
make_backup     | POST system/backup                               | admin_2  | 401.1 | - it is of no one unit | officer 403.1
show_pack       | GET system/packs/estate                          | admin_2  | 401.1 | - it is of no one unit | officer 403.1
check_pack      | POST system/packs/estate/check                   | admin_2  | 401.1 | - it is of no one unit | officer 403.1
list_imports    | GET imports                                      | head     | 401.1 | - one's own drafts and batches | - one's own drafts and batches
import_targets  | GET imports/targets                              | head     | 401.1 | - what one may import into is no unit data | - lists only what the caller's roles may
import_template | GET imports/templates/units                      | admin_2  | 401.1 | - a template is empty | - a template is empty
upload_import   | POST imports @units                              | - read from a workbook elsewhere | 401.1 | - nobody but administrators imports units | teacher 403.1
show_import     | GET imports/drafts/{case}                        | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
map_import      | PUT imports/drafts/{case}/mapping {"mapping":[]} | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
correct_import  | PUT imports/drafts/{case}/corrections {}         | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
rows_of_import  | GET imports/drafts/{case}/rows                   | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
rejects_of_import | GET imports/drafts/{case}/rejects              | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
commit_import   | POST imports/drafts/{case}/commit {"good_rows_only":true,"suspects":false} | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
discard_import  | DELETE imports/drafts/{case}                     | - no such draft | 401.1 | west_head 404.1 | - only who uploaded sees a draft
show_batch      | GET imports/batches/{case}                       | - no such batch | 401.1 | west_head 404.1 | - a batch is seen by who imported it and by authorities
undo_batch      | POST imports/batches/{case}/undo {"confirmed":[]} | - no such batch | 401.1 | west_head 404.1 | - a batch is undone by who imported it and by authorities
change_password | PUT session/password {"old":"Gate-Lantern-47","new":"Wandering-Crane-58"} | newcomer | 401.1 | - one's own password | - one's own password
sign_out        | DELETE session                                   | teacher  | 401.1 | - one's own session | - one's own session
"#;

/// A line of the table.
struct Row {
    operation: &'static str,
    request: &'static str,
    may: &'static str,
    cells: [&'static str; 3],
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [operation, request, may, nobody, unit, role] = columns[..] else { panic!("six columns: {line}") };
            Row { operation, request, may, cells: [nobody, unit, role] }
        })
        .collect()
}

/// The person and the code of a refusal; `None` for a cell that is open, which must say why.
fn refusal(cell: &'static str) -> Option<(&'static str, &'static str)> {
    if let Some(reason) = cell.strip_prefix('-') {
        assert!(reason.trim().len() > 8, "an open cell says why: {cell}");
        return None;
    }
    Some(cell.split_once(' ').unwrap_or(("", cell)))
}

/// Whether a code says that the asker is not the right one.
fn bars(code: &str) -> bool {
    ["401.", "403.", "404."].iter().any(|family| code.starts_with(family))
}

#[test]
fn every_described_operation_has_one_row_and_the_row_asks_for_it() {
    let listed = serde_json::to_value(yanpan_api::openapi()).unwrap();
    let mut described = BTreeMap::new();
    for (path, methods) in listed["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let pattern: Vec<String> = path.trim_start_matches("/api/v1/").split('/').map(str::to_owned).collect();
            described.insert(operation["operationId"].as_str().unwrap().to_owned(), (method.to_uppercase(), pattern));
        }
    }
    let mut known = BTreeSet::new();
    for row in rows() {
        assert!(known.insert(row.operation.to_owned()), "{} has two rows", row.operation);
        let (method, pattern) =
            described.get(row.operation).unwrap_or_else(|| panic!("{} is no operation", row.operation));
        let mut words = row.request.split(' ');
        assert_eq!(words.next(), Some(method.as_str()), "{}", row.operation);
        let path: Vec<&str> = words.next().unwrap().split('?').next().unwrap().split('/').collect();
        let fits = |(part, wanted): (&&str, &String)| wanted.starts_with('{') || part == wanted;
        assert!(
            path.len() == pattern.len() && path.iter().zip(pattern).all(fits),
            "{} asks for {path:?}",
            row.operation
        );
    }
    let missing: Vec<&String> = described.keys().filter(|operation| !known.contains(*operation)).collect();
    assert!(missing.is_empty(), "operations without a row in the refusal table: {missing:?}");
}

#[tokio::test]
async fn each_operation_refuses_nobody_other_units_and_wrong_roles_as_the_table_says() {
    let house = settled().await;
    let mut passes = BTreeMap::from([("", Pass::default())]);
    let mut wrong = Vec::new();
    for row in rows() {
        for (cell, column) in row.cells.into_iter().zip(["nobody", "other unit", "wrong role"]) {
            let Some((person, wanted)) = refusal(cell) else { continue };
            if !passes.contains_key(person) {
                passes.insert(person, house.pass(person).await);
            }
            let code = house.line(row.request, &passes[person]).await.code();
            if code != wanted {
                wrong.push(format!("{} × {column} ({person}): {wanted} expected, came {code:?}", row.operation));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn whoever_may_is_not_refused() {
    let house = settled().await;
    let mut wrong = Vec::new();
    for row in rows() {
        if refusal(row.may).is_none() {
            continue;
        }
        let pass = house.pass(row.may).await;
        let answer = house.line(row.request, &pass).await;
        if bars(&answer.code()) {
            wrong.push(format!("{} ({}): {}", row.operation, row.may, answer.json()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
