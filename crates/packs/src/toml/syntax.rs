//! What is not TOML, in Chinese.

use super::reader::Reader;
use ::toml::de::Error;
use yanpan_kernel::problem::PACK_SYNTAX;

/// The parser's own sentences and ours; the first that begins a message speaks for it.
const SENTENCES: [(&str, &str); 22] = [
    ("duplicate key", "重复：同一个键或表写了两次"),
    ("string values must be quoted", "文字要放在半角引号里，如 \"重大\""),
    ("key with no value", "键后面缺少「= 值」"),
    ("invalid unquoted key", "键只能用英文字母、数字、下划线和连字符"),
    ("unquoted keys cannot be empty", "缺少键名"),
    ("unexpected key or value", "一行只能写一个键，这里多出了内容"),
    ("extra `=`", "多了一个「=」"),
    ("unclosed array table", "缺少右边的「]]」"),
    ("unclosed array", "列表没有结束，缺少「]」"),
    ("unclosed table", "表头没有结束，缺少「]」"),
    ("unclosed inline table", "缺少右边的「}」"),
    ("missing comma", "缺少逗号"),
    ("extra comma", "多了一个逗号"),
    ("missing value", "「=」后面缺少值"),
    ("invalid basic string", "文字没有结束，缺少右边的双引号"),
    ("invalid literal string", "文字没有结束，缺少右边的单引号"),
    ("missing escaped value", "反斜杠后面的字符不认识；路径和正则式请用单引号"),
    ("invalid boolean", "是/否要写 true 或 false"),
    ("invalid date", "没有这个日期，应写成 2026-10-31"),
    ("unexpected leading zero", "数字前面不要补 0"),
    ("recursion limit", "嵌套过深"),
    ("cannot recurse further", "嵌套过深"),
];

/// Reports the parser's errors, one for a line.
pub(super) fn report(reader: &Reader<'_>, errors: &[Error]) {
    for error in errors {
        let message = error.message();
        let known = SENTENCES.iter().find(|(start, _)| message.starts_with(start)).map(|(_, sentence)| *sentence);
        let byte = error.span().map_or(0, |span| span.start);
        reader.report_syntax(byte, &PACK_SYNTAX, &[("reason", &known.unwrap_or(message))]);
    }
}
