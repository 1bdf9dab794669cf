//! The places of the demo city: two counties, six town centres, schools under them and under the bureaus, partner authorities.

use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_app::unit::NewVersion;
use yanpan_kernel::problem::Place;

/// Code of the county whose report the demo writes.
pub const COUNTY: &str = "QS";

struct County {
    code: &'static str,
    name: &'static str,
    towns: [&'static str; 3],
}

const COUNTIES: [County; 2] = [
    County { code: COUNTY, name: "青石县", towns: ["城关", "柳河", "石门"] },
    County { code: "YL", name: "云岭县", towns: ["云中", "松坪", "白水"] },
];

/// Villages and quarters that schools are named after.
const NAMES: [&str; 14] =
    ["北街", "南关", "东湖", "西岭", "向阳", "红旗", "新华", "和平", "光明", "育才", "前进", "团结", "建设", "春晖"];

fn version(code: &str, name: &str, kind: &str, parent: &str, from: Date) -> NewVersion {
    NewVersion {
        place: Place::default(),
        code: code.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        valid_from: from,
        valid_to: None,
        attributes: BTreeMap::new(),
        aliases: Vec::new(),
    }
}

fn school(
    (code, parent): (&str, &str),
    (name, kind): (&str, &str),
    (ownership, setting): (&str, &str),
    from: Date,
) -> NewVersion {
    let stage = match kind {
        "kindergarten" => "学前",
        "primary" => "小学",
        "junior" => "初中",
        _ => "高中",
    };
    let mut made = version(code, name, kind, parent, from);
    for (key, value) in [("ownership", ownership), ("setting", setting), ("stage", stage)] {
        made.attributes.insert(key.to_owned(), value.to_owned());
    }
    made
}

/// Every unit below the city's root, in the bureau's order.
#[must_use]
pub fn places(root: &str, from: Date) -> Vec<NewVersion> {
    let mut all = Vec::new();
    for county in &COUNTIES {
        all.push(version(county.code, &format!("{}教育体育局", county.name), "county", root, from));
        let under = [
            ("高级中学", "senior"),
            ("职业中等专业学校", "vocational"),
            ("实验小学", "primary"),
            ("实验幼儿园", "kindergarten"),
        ];
        for (at, (name, kind)) in under.into_iter().enumerate() {
            let code = format!("{}-0{}", county.code, at + 1);
            let mut made =
                school((&code, county.code), (&format!("{}{name}", county.name), kind), ("公办", "城区"), from);
            if kind == "primary" && county.code == COUNTY {
                made.aliases.push("实小".to_owned());
            }
            all.push(made);
        }
        for (number, town) in county.towns.iter().enumerate() {
            all.extend(town_units(county, number, town, from));
        }
    }
    for (code, name) in [("YJ", "应急管理局"), ("XF", "消防救援大队")] {
        all.push(version(&format!("{COUNTY}-{code}"), &format!("青石县{name}"), "authority", root, from));
    }
    all
}

fn town_units(county: &County, number: usize, town: &str, from: Date) -> Vec<NewVersion> {
    let code = format!("{}-T{}", county.code, number + 1);
    let setting = if number == 0 {
        "城区"
    } else if number == 1 {
        "镇区"
    } else {
        "乡村"
    };
    let mut all = vec![version(&code, &format!("{town}教管中心"), "town", county.code, from)];
    let counts = [6usize, 6, 1];
    let kinds = [("小学", "primary"), ("幼儿园", "kindergarten"), ("初级中学", "junior")];
    let mut serial = 0;
    for ((ending, kind), count) in kinds.into_iter().zip(counts) {
        for at in 0..count {
            serial += 1;
            let place = NAMES
                .get((at + number * 4 + usize::from(county.code != COUNTY) * 7) % NAMES.len())
                .copied()
                .unwrap_or("中心");
            let name = match (kind, at) {
                ("junior", _) => format!("{town}初级中学"),
                (_, 0) => format!("{town}中心{ending}"),
                _ => format!("{town}{place}{ending}"),
            };
            let ownership = if kind == "kindergarten" && at >= 3 { "民办" } else { "公办" };
            all.push(school((&format!("{code}{serial:02}"), &code), (&name, kind), (ownership, setting), from));
        }
    }
    all
}
