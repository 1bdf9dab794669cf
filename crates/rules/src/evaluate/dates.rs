//! The functions about civil dates. Days are natural days unless the name says working days.

use super::Evaluator;
use crate::limits;
use crate::syntax::Builtin;
use crate::value::Value;
use jiff::civil::Date;
use yanpan_kernel::calendar::{Calendar, days};

const TOO_FAR: &str = "日期超出可计算的范围";

impl Evaluator<'_> {
    /// The result of a date function, `None` when the values are not what it takes.
    pub(super) fn date_call(&self, builtin: Builtin, values: &[Value]) -> Option<Result<Value, String>> {
        let whole = |number: i32| Ok(Value::Int(i64::from(number)));
        Some(match (builtin, values) {
            (Builtin::Date, [Value::Date(date)]) => Ok(Value::Date(*date)),
            (Builtin::Date, [Value::Text(text)]) => {
                text.parse().map(Value::Date).map_err(|_| format!("「{text}」不是日期，应写成 2026-10-31"))
            }
            (Builtin::Year, [Value::Date(date)]) => whole(date.year().into()),
            (Builtin::Month, [Value::Date(date)]) => whole(date.month().into()),
            (Builtin::Day, [Value::Date(date)]) => whole(date.day().into()),
            (Builtin::Age, [Value::Date(born), Value::Date(on)]) => whole(age(*born, *on)),
            (Builtin::Days, [Value::Date(from), Value::Date(to)]) => whole(days::between(*from, *to)),
            (Builtin::AddDays, [Value::Date(date), Value::Int(count)]) => i32::try_from(*count)
                .ok()
                .and_then(|count| days::after(*date, count))
                .map(Value::Date)
                .ok_or_else(|| TOO_FAR.to_owned()),
            (Builtin::WorkingDays, [Value::Date(from), Value::Date(to)]) => {
                self.calendar().and_then(|calendar| match days::between(*from, *to).abs() {
                    ..=limits::DAYS => whole(calendar.working_days_between(*from, *to)),
                    _ => Err(TOO_FAR.to_owned()),
                })
            }
            (Builtin::AddWorkingDays, [Value::Date(date), Value::Int(count)]) => self.calendar().and_then(|calendar| {
                let date = i32::try_from(*count).ok().and_then(|count| calendar.add_working_days(*date, count));
                date.map(Value::Date).ok_or_else(|| TOO_FAR.to_owned())
            }),
            _ => return None,
        })
    }

    fn calendar(&self) -> Result<&Calendar, String> {
        self.names.calendar().ok_or_else(|| "这里没有校历，不能计算工作日".to_owned())
    }
}

/// Full years (周岁): a birthday on 29 February counts from 1 March in other years; negative before birth.
fn age(born: Date, on: Date) -> i32 {
    let reached = (on.month(), on.day()) >= (born.month(), born.day());
    i32::from(on.year()) - i32::from(born.year()) - i32::from(!reached)
}
