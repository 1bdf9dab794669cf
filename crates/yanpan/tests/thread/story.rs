//! One county, three schools, a ledger of five rows, and what people do with them.

use crate::line::{edit, good, refused, run};
use serde_json::Value as Json;
use std::path::PathBuf;

const UNITS: &str = "code,name,kind,parent,valid_from,valid_to,ownership
QS,青石县教育体育局,county,ROOT,2024-09-01,,
QS-T1,城关教管中心,town,QS,2024-09-01,,
QS-A,城关中心小学,primary,QS-T1,2024-09-01,,公办
QS-B,小太阳幼儿园,kindergarten,QS-T1,2024-09-01,,民办
QS-C,青石县高级中学,senior,QS,2024-09-01,,公办
";

const PEOPLE: &str = "name,login,post,role,unit
林国栋,lin,校安办主任,authority,QS
陈丽,chen,校长,head,QS-A
刘强,liu,安全员,safety-officer,QS-A
";

/// The last row names a unit that nobody knows; the fourth has no date.
pub const LEDGER: &str = "青石县2026年10月学校安全风险隐患排查整治清单,,,,,,,,,
填报单位(盖章):青石县教育体育局,,,,,,,,,
序号,学校,排查时间,隐患部位,隐患描述,隐患类别,等级,整改时限,整改情况,完成时间
1,城关中心小学,2026.10.8,教学楼,应急灯不亮2盏,消防,一般,2026年10月20日,,
2,小太阳幼儿园,2026/10/9,滑梯,螺栓松动,设施设备,一般隐患,2026-10-15,已整改,20261012
3,青石县高级中学,10月12日,宿舍楼,使用大功率电器,宿舍,一般,10.18,整改中,
4,城关中心小学,,食堂,留样标签不全,食品,一般,2026-10-20,,
5,无此学校,2026-10-10,操场,篮球架松动,设施设备,一般,2026-10-20,,
";

struct World {
    folder: PathBuf,
    data: String,
}

impl World {
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn act(&self, who: &str, verb: &str, number: &str, set: &[&str]) -> (i32, Json) {
        let mut words = vec!["case", "act", "hazard", verb, "--data", &self.data, "--as", who, "--number", number];
        for pair in set {
            words.extend(["--set", pair]);
        }
        run(&words)
    }
}

/// Tells the story on SQLite, or on the PostgreSQL at this address.
pub fn tell(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let world = World { folder: folder.path().to_owned(), data: data.clone() };
    let mut init = vec!["init", "--data", &data, "--name", "云石市教育局"];
    let url = database.unwrap_or_default();
    if !url.is_empty() {
        init.extend(["--database-url", &url]);
    }
    assert_eq!(good(&init)["login"], "admin");
    let units = world.file("units.csv", UNITS);
    assert_eq!(good(&["import", "units", &units, "--data", &data])["accepted"], 5);
    let people = world.file("people.csv", PEOPLE);
    assert_eq!(good(&["import", "people", &people, "--data", &data])["accepted"], 3);
    let number = import(&world);
    accept(&world, &number);
    report(&world);
    assert_eq!(good(&["verify", "--data", &data])["faults"], Json::Array(vec![]));
    let facts = good(&["doctor", "--data", &data, "--rebuild-facts"]);
    assert!(facts["facts"].as_i64().unwrap() > 5);
    let again = good(&["report", "verify", &world.path("report.docx"), "--data", &data]);
    assert_eq!(again["differing"], Json::Array(vec![]), "facts made again give the same figures");
}

/// The ledger goes in: good rows accepted, bad cells named, the same file twice adds nothing.
fn import(world: &World) -> String {
    let ledger = world.file("ledger.csv", LEDGER);
    let rejects = world.path("rejects.xlsx");
    let (code, object) =
        run(&["import", "hazard", &ledger, "--data", &world.data, "--as", "lin", "--rejects", &rejects]);
    assert_eq!(code, 1);
    assert_eq!((&object["rows"], &object["new"], &object["rejected"]), (&5.into(), &3.into(), &2.into()), "{object}");
    let places: Vec<i64> =
        object["problems"].as_array().unwrap().iter().filter_map(|problem| problem["row"].as_i64()).collect();
    assert!(places.contains(&7) && places.contains(&8), "{object}");
    assert!(std::fs::metadata(&rejects).unwrap().len() > 1000);
    let (_, again) = run(&["import", "hazard", &ledger, "--data", &world.data, "--as", "lin"]);
    assert_eq!((&again["new"], &again["unchanged"]), (&0.into(), &3.into()), "{again}");
    let cases = good(&["case", "list", "hazard", "--data", &world.data, "--as", "lin"]);
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 3);
    let states: Vec<&str> = cases.iter().map(|case| case["state"].as_str().unwrap()).collect();
    assert!(states.contains(&"unverified") && states.contains(&"rectifying"), "{states:?}");
    let own = cases.iter().find(|case| case["unit"] == "城关中心小学").unwrap();
    own["number"].as_str().unwrap().to_owned()
}

/// Whoever rectified it may not accept it; a second person may.
fn accept(world: &World, number: &str) {
    let (code, said) = world.act("liu", "submit", number, &["progress=已更换2盏"]);
    assert_eq!((code, said["state"].as_str()), (0, Some("submitted")), "{said}");
    let (code, said) = world.act("liu", "accept", number, &[]);
    assert_eq!((code, said["problems"][0]["code"].as_str()), (1, Some("403.5")), "{said}");
    let (code, said) = world.act("chen", "accept", number, &["opinion=现场复查合格"]);
    assert_eq!((code, said["state"].as_str()), (0, Some("closed")), "{said}");
    let codes =
        refused(&["case", "act", "hazard", "accept", "--data", &world.data, "--as", "chen", "--number", number]);
    assert_eq!(codes, ["409.2"]);
}

/// The report is built; prose may be edited, a figure may not.
fn report(world: &World) {
    let built = good(&[
        "report",
        "build",
        "monthly",
        "--data",
        &world.data,
        "--as",
        "lin",
        "--unit",
        "QS",
        "--period",
        "2026-10@25",
        "--out",
        &world.path("out"),
        "--format",
        "docx",
    ]);
    let made = PathBuf::from(built["files"][0].as_str().unwrap());
    let kept = world.folder.join("report.docx");
    std::fs::copy(&made, &kept).unwrap();
    let figures = built["figures"].as_i64().unwrap();
    assert!(figures > 40, "{figures}");
    let edited = world.folder.join("edited.docx");
    edit(&made, &edited, ("总体情况", "总的情况"));
    let verified = good(&["report", "verify", edited.to_str().unwrap(), "--data", &world.data]);
    assert_eq!((&verified["figures"], &verified["differing"]), (&figures.into(), &Json::Array(vec![])));
    let forged = world.folder.join("forged.docx");
    edit(&edited, &forged, (">100%<", ">99%<"));
    let (code, verified) = run(&["report", "verify", forged.to_str().unwrap(), "--data", &world.data]);
    assert_eq!(code, 1);
    let differing = verified["differing"].as_array().unwrap();
    assert_eq!(differing.len(), 1, "{verified}");
    assert_eq!((&differing[0]["shown"], &differing[0]["expected"]), (&"99%".into(), &"100%".into()));
}
