//! Form 表单: a versioned definition of fields, and the reading of answers against it.

use crate::problem::{
    ANSWER_NOT_CHOICE, ANSWER_REQUIRED, ANSWER_TOO_LONG, ANSWER_UNKNOWN, ANSWER_WRONG_TYPE, Place, Problem,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Answers by field key. Text is a string, an integer a number, a decimal a string («12.30»), a date ISO text,
/// yes/no a boolean, files a list of [`FileRef`]. A missing answer is absent, never an empty string.
pub type Answers = BTreeMap<String, Value>;

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Key, the same word in expressions, SQL and exports.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// What it takes.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Hint under the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Why a personal value may be kept, and for how long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<Personal>,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FieldKind {
    /// Text of at most `max` characters.
    Text {
        /// Longest text in characters.
        max: u32,
    },
    /// A whole number.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// An exact decimal with `scale` places.
    Decimal {
        /// Decimal places.
        scale: u32,
        /// Unit as printed, for example 万元.
        unit: String,
    },
    /// A civil date.
    Date,
    /// One of the options.
    Choice {
        /// Options in their order.
        options: Vec<String>,
    },
    /// Yes or no.
    YesNo,
    /// Files, for example photos.
    Files {
        /// Most files.
        max: u32,
    },
}

/// A stored file as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of the original, hexadecimal.
    pub hash: String,
    /// Name as uploaded.
    pub name: String,
}

/// Declaration of a personal field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// One of [`CATEGORIES`].
    pub category: String,
    /// One of [`PURPOSES`].
    pub purpose: String,
    /// Days after the case's end when the value is erased.
    pub retention_days: u32,
}

/// Closed list of personal categories. There is none for faith, ethnicity, petitions, criminal past or residence.
pub const CATEGORIES: &[&str] =
    &["staff-name", "staff-contact", "pupil-name", "pupil-health", "guardian-contact", "reporter-contact"];

/// Closed list of purposes.
pub const PURPOSES: &[&str] =
    &["hazard-rectification", "school-health", "teaching", "dispute-mediation", "gate-security"];

/// Words that no field's title may hold: no register of people by these.
pub const REFUSED_TITLES: &[&str] =
    &["民族", "宗教", "信仰", "信访", "上访", "前科", "犯罪", "户籍", "政治面貌", "重点人员", "涉稳人员"];

/// A versioned definition of fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// Fields in their order.
    pub fields: Vec<Field>,
}

impl Form {
    /// A field by key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Reads answers: what is right is kept in normal form, what is wrong is said field by field.
    #[must_use]
    pub fn read(&self, given: &Answers) -> (Answers, Vec<Problem>) {
        let mut answers = Answers::new();
        let mut problems = Vec::new();
        for (key, value) in given {
            let Some(field) = self.field(key) else {
                problems.push(Problem::new(&ANSWER_UNKNOWN, &[("field", key)]).at(Place::field(key)));
                continue;
            };
            match field.read(value) {
                Ok(Some(value)) => {
                    answers.insert(key.clone(), value);
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem.at(Place::field(key))),
            }
        }
        (answers, problems)
    }

    /// The problem for a field that must be answered and is not.
    #[must_use]
    pub fn required(&self, key: &str) -> Problem {
        let title = self.field(key).map_or(key, |field| field.title.as_str());
        Problem::new(&ANSWER_REQUIRED, &[("field", &title)]).at(Place::field(key))
    }
}

impl Field {
    /// The normal form of a value, `None` for an empty one.
    ///
    /// # Errors
    /// A problem without place that says what the field takes.
    pub fn read(&self, value: &Value) -> Result<Option<Value>, Problem> {
        let wrong = |wanted: &str| Problem::new(&ANSWER_WRONG_TYPE, &[("field", &self.title), ("wanted", &wanted)]);
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Ok(None);
        }
        let read = match &self.kind {
            FieldKind::Text { max } => {
                let text = value.as_str().ok_or_else(|| wrong("文字"))?.trim();
                if text.chars().count() > *max as usize {
                    return Err(Problem::new(&ANSWER_TOO_LONG, &[("field", &self.title), ("max", max)]));
                }
                Value::from(text)
            }
            FieldKind::Integer { min, max } => {
                let wanted = format!("{min}—{max}的整数");
                let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
                Value::from(number.filter(|n| (min..=max).contains(&n)).ok_or_else(|| wrong(&wanted))?)
            }
            FieldKind::Decimal { scale, unit } => {
                let wanted = format!("至多{scale}位小数的数字，单位{unit}");
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                Value::from(decimal(text.trim(), *scale).ok_or_else(|| wrong(&wanted))?)
            }
            FieldKind::Date => {
                let date = value.as_str().and_then(|text| text.trim().parse::<Date>().ok());
                Value::from(date.ok_or_else(|| wrong("日期，写作 2026-01-05"))?.to_string())
            }
            FieldKind::Choice { options } => {
                let text = value.as_str().unwrap_or_default().trim();
                let known = options.iter().find(|option| *option == text);
                Value::from(known.cloned().ok_or_else(|| {
                    let shown = options.join("、");
                    Problem::new(&ANSWER_NOT_CHOICE, &[("field", &self.title), ("value", &text), ("options", &shown)])
                })?)
            }
            FieldKind::YesNo => Value::from(value.as_bool().ok_or_else(|| wrong("是或否"))?),
            FieldKind::Files { max } => {
                let files: Vec<FileRef> = serde_json::from_value(value.clone()).map_err(|_| wrong("已上传的文件"))?;
                let hashes_ok =
                    files.iter().all(|file| file.hash.len() == 64 && file.hash.chars().all(|c| c.is_ascii_hexdigit()));
                if files.len() > *max as usize || !hashes_ok {
                    return Err(wrong(&format!("至多{max}个已上传的文件")));
                }
                if files.is_empty() {
                    return Ok(None);
                }
                value.clone()
            }
        };
        Ok(Some(read))
    }

    /// Whether the value is text of a person that lists must mask.
    #[must_use]
    pub const fn is_personal(&self) -> bool {
        self.personal.is_some()
    }
}

/// Normal form of an exact decimal with exactly `scale` places; `None` when it has more, or is no number.
#[must_use]
pub fn decimal(text: &str, scale: u32) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let all_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || !all_digits(whole)
        || !all_digits(fraction)
        || fraction.len() > scale as usize
    {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if scale == 0 {
        return Some(format!("{sign}{whole}"));
    }
    Some(format!("{sign}{whole}.{fraction:0<width$}", width = scale as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> Field {
        Field { key: "x".into(), title: "某项".into(), kind, hint: None, personal: None }
    }

    #[test]
    fn a_decimal_keeps_its_places_exactly() {
        assert_eq!(decimal("0.3", 2).as_deref(), Some("0.30"));
        assert_eq!(decimal("012", 2).as_deref(), Some("12.00"));
        assert_eq!(decimal("-1.5", 1).as_deref(), Some("-1.5"));
        for bad in ["1.234", "1e5", "", ".", "一", "--1", "1.2.3"] {
            assert_eq!(decimal(bad, 2), None, "{bad}");
        }
    }

    #[test]
    fn an_answer_of_the_wrong_type_is_named_and_an_empty_one_is_missing() {
        let date = field(FieldKind::Date);
        assert_eq!(date.read(&Value::from("2026-10-08")).unwrap(), Some(Value::from("2026-10-08")));
        assert!(date.read(&Value::from("十月八日")).is_err());
        assert_eq!(date.read(&Value::from("  ")).unwrap(), None);
        let choice = field(FieldKind::Choice { options: vec!["一般".into(), "重大".into()] });
        assert!(choice.read(&Value::from("特大")).unwrap_err().message.contains("一般、重大"));
        assert!(field(FieldKind::Integer { min: 0, max: 9 }).read(&Value::from(10)).is_err());
        assert!(field(FieldKind::YesNo).read(&Value::from("是")).is_err());
    }

    #[test]
    fn all_problems_of_a_form_come_at_once() {
        let form = Form { key: "f".into(), title: "表".into(), fields: vec![field(FieldKind::Date)] };
        let given = Answers::from([("x".into(), Value::from(3)), ("y".into(), Value::from("?"))]);
        assert_eq!(form.read(&given).1.len(), 2);
    }
}
