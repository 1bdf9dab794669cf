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
    // 422.3xx: the statistics command line
    TABLE_EMPTY = "422.301" "table-empty" "文件「{file}」里没有数据行";
    COLUMN_MISSING = "422.302" "column-missing" "缺少列「{column}」";
    NOT_A_NUMBER = "422.303" "not-a-number" "「{value}」不是数字";
    PARAMETER_UNKNOWN = "422.304" "parameter-unknown" "不认识参数「{name}」;可用的参数:{known}";
    PARAMETER_INVALID = "422.305" "parameter-invalid" "参数「{name}」的值「{value}」不合要求:{reason}";
    VALUE_OUT_OF_RANGE = "422.306" "value-out-of-range" "「{value}」不在允许的范围内:{reason}";
    METHOD_REFUSED = "422.307" "method-refused" "无法计算:{reason}";
    ROW_RAGGED = "422.330" "row-ragged" "这一行有 {found} 格,表头有 {expected} 格";
    COLUMN_DOUBLED = "422.331" "column-doubled" "列「{column}」出现了两次";
    FILE_UNWRITABLE = "422.334" "file-unwritable" "文件「{file}」写不进去:{reason}";
    INTERNAL = "500.1" "internal" "程序内部出错,已记入日志,编号 {reference}";
}
