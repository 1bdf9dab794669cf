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
    // 422.4xx: documents
    TEMPLATE_SYNTAX = "422.401" "template-syntax" "模板写法不对:{reason}";
    DIRECTIVE_UNKNOWN = "422.402" "directive-unknown" "不认识指令「@{name}」;可用的指令:{known}";
    FORMAT_UNKNOWN = "422.403" "format-unknown" "不认识打印格式「{format}」;可用的格式:{known}";
    FORMAT_MISFIT = "422.404" "format-misfit" "「{key}」是{kind},不能按「{format}」打印";
    FIGURE_UNKNOWN = "422.405" "figure-unknown" "没有「{key}」这个指标或清单";
    ARGUMENT_INVALID = "422.406" "argument-invalid" "{function}() 的参数「{name}」不对:{reason}";
    TABLE_MALFORMED = "422.407" "table-malformed" "表格写法不对:{reason}";
    DOCUMENT_INCOMPLETE = "422.408" "document-incomplete" "文书缺少{what}";
    TEMPLATE_EXHAUSTED = "422.409" "template-exhausted" "模板运行的步数超过限额,多半是循环套得太深";
    FIGURE_MISPLACED = "422.410" "figure-misplaced" "{place}里不能放指标,只能写文字";
    CHART_MALFORMED = "422.411" "chart-malformed" "图写法不对:{reason}";
    DOCUMENT_UNREADABLE = "422.421" "document-unreadable" "这不是能读的 Word 文档(.docx):{reason}";
    DOCUMENT_OVERSIZED = "422.422" "document-oversized" "文档超过限额,不予打开:{reason}";
    STATEMENT_MISSING = "422.423" "statement-missing" "文档里没有数据来源部件:不是本系统生成的,或另存时被去掉了";
    FONT_MISSING = "422.431" "font-missing" "缺少字体「{family}」,请安装软件包 {package},或把字体文件放进站点字体文件夹";
    DOCUMENT_NOT_WRITTEN = "500.401" "document-not-written" "文书没有写成:{reason}";
    INTERNAL = "500.1" "internal" "程序内部出错,已记入日志,编号 {reference}";
}
