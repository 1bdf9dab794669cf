//! How schools are called for short: 实小, 一幼, XX中心校, without county and town.

/// Long forms and what people say instead; the longer forms first.
const SHORT: [(&str, &str); 17] = [
    ("中心幼儿园", "中幼"),
    ("中心小学", "中小"),
    ("实验幼儿园", "实幼"),
    ("实验小学", "实小"),
    ("实验初级中学", "实初"),
    ("实验中学", "实中"),
    ("初级中学", "初中"),
    ("高级中学", "高中"),
    ("职业技术学校", "职校"),
    ("特殊教育学校", "特校"),
    ("九年一贯制学校", "九年制"),
    ("幼儿园", "幼"),
    ("小学", "小"),
    ("中学", "中"),
    ("中心学校", "中心校"),
    ("学校", "校"),
    ("第", ""),
];

/// The name with every long form shortened: 城关第一小学 → 城关一小.
pub(super) fn shorten(name: &str) -> String {
    let mut out = name.to_owned();
    for (long, short) in SHORT {
        out = out.replace(long, short);
    }
    out.replace("中心校", "中小").replace("民办", "").replace("公办", "")
}

/// The name without a leading province, city, county, town, when enough remains.
pub(super) fn without_place(name: &str) -> &str {
    let mut rest = name;
    for mark in ['省', '市', '县', '区', '旗', '镇', '乡'] {
        if let Some((before, after)) = rest.split_once(mark)
            && (2..=4).contains(&before.chars().count())
            && after.chars().count() >= 3
        {
            rest = after;
        }
    }
    rest
}
