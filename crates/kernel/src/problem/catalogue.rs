//! The rows of the catalogue: a flat list by number, so that support staff can read it from top to bottom.

use super::Kind;

macro_rules! catalogue {
    ($($name:ident = $code:literal $slug:literal $text:literal;)*) => {
        $(#[doc = concat!("`", $code, "` ", $text)] pub const $name: Kind = Kind { code: $code, slug: $slug, text: $text };)*
        /// Every row, in the order of the file.
        pub const CATALOGUE: &[&Kind] = &[$(&$name),*];
    };
}

catalogue! {
    FILE_UNREADABLE = "400.1" "file-unreadable" "文件「{file}」打不开:{reason}";
    USAGE = "400.2" "usage" "命令或请求的写法不对:{reason}";
    // 422.1xx: calendar, packs and expressions
    PERIOD_INVALID = "422.101" "period-invalid" "{reason}";
    CALENDAR_UNREADABLE = "422.102" "calendar-unreadable" "校历文件读不懂:{reason}";
    CALENDAR_ROW_INVALID = "422.103" "calendar-row-invalid" "校历{list}「{name}」没有采用:{reason}";
    PACK_SYNTAX = "422.104" "pack-syntax" "TOML 写法不对:{reason}";
    PACK_KEY_MISSING = "422.105" "pack-key-missing" "缺少「{key}」({expected})";
    PACK_KEY_UNKNOWN = "422.106" "pack-key-unknown" "不认识「{key}」{meant}";
    PACK_TYPE = "422.107" "pack-type" "「{key}」应为{expected},现在是{found}";
    PACK_DUPLICATE = "422.108" "pack-duplicate" "「{key}」重复,第一次在第{line}行";
    PACK_EXPRESSION = "422.109" "pack-expression" "表达式「{key}」:{reason}";
    PACK_VALUE = "422.110" "pack-value" "「{key}」的值「{value}」不合要求:{reason}";
    EXPRESSION_FAILED = "422.111" "expression-failed" "规则无法计算:{reason}";
    // 422.3xx: the statistics command line
    TABLE_EMPTY = "422.301" "table-empty" "文件「{file}」里没有数据行";
    COLUMN_MISSING = "422.302" "column-missing" "缺少列「{column}」";
    NOT_A_NUMBER = "422.303" "not-a-number" "「{value}」不是数字";
    PARAMETER_UNKNOWN = "422.304" "parameter-unknown" "不认识参数「{name}」;可用的参数:{known}";
    PARAMETER_INVALID = "422.305" "parameter-invalid" "参数「{name}」的值「{value}」不合要求:{reason}";
    VALUE_OUT_OF_RANGE = "422.306" "value-out-of-range" "「{value}」不在允许的范围内:{reason}";
    METHOD_REFUSED = "422.307" "method-refused" "无法计算:{reason}";
    INTERNAL = "500.1" "internal" "程序内部出错,已记入日志,编号 {reference}";
}
