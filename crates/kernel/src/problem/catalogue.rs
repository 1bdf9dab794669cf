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
    FILE_UNREADABLE = "400.1" "file-unreadable" "文件「{file}」打不开：{reason}";
    USAGE = "400.2" "usage" "命令或请求的写法不对：{reason}";
    SIGN_IN_REQUIRED = "401.1" "sign-in-required" "请先登录";
    SIGN_IN_WRONG = "401.2" "sign-in-wrong" "账号或密码不对";
    SIGN_IN_LOCKED = "401.3" "sign-in-locked" "密码连续输错{failures}次，账号已锁定，请{minutes}分钟后再试";
    SESSION_IDLE = "401.4" "session-idle" "长时间未操作，请重新登录";
    FRESH_SIGN_IN = "401.5" "fresh-sign-in" "这项操作请再次输入密码";
    FORBIDDEN = "403.1" "forbidden" "您的授权不含这项操作";
    OUT_OF_SCOPE = "403.2" "out-of-scope" "不在您的管辖范围内";
    PASSWORD_MUST_CHANGE = "403.3" "password-must-change" "首次登录请先修改密码";
    CSRF = "403.4" "csrf" "页面已过期，请刷新后重试";
    GUARD_REFUSED = "403.5" "guard-refused" "您现在不能「{act}」：{reason}";
    NOT_FOUND = "404.1" "not-found" "没有找到{what}";
    REVISION_CHANGED = "409.1" "revision-changed" "此事项已被{who}于{when}「{act}」，请刷新后再操作";
    STATE_CHANGED = "409.2" "state-changed" "事项现在是「{state}」，不能「{act}」";
    DUPLICATE = "409.3" "duplicate" "{what}「{value}」已存在";
    IN_USE = "409.4" "in-use" "数据目录正被另一个程序使用(进程 {holder}),请先停止它";
    BATCH_ACTED_ON = "409.5" "batch-acted-on" "{number}在导入后已有人办理，须逐条确认才能撤销";
    ZERO_CONTRADICTED = "409.6" "zero-contradicted" "本期已登记{count}处，不能报「无新增」";
    BATCH_UNDONE = "409.7" "batch-undone" "这一批导入已经撤销过";
    EXPORT_TOO_LARGE = "413.2" "export-too-large" "要导出的多于{limit}行，请先缩小范围";
    BATCH_KEPT = "409.31" "batch-kept" "这一类导入不能整批撤销，请在原处逐条更正";
    PREVIEW_STALE = "409.32" "preview-stale" "预览之后这些内容又有人改动，请重新预览再导入";
    DRAFT_DONE = "409.33" "draft-done" "这份文件已经导入(批次 {batch})";
    DRAFT_BUSY = "409.34" "draft-busy" "文件还在读取，请稍候";
    TOO_LARGE = "413.1" "too-large" "文件超过{limit}";
    FILE_KIND_REFUSED = "415.1" "file-kind-refused" "「{name}」的内容不是允许的文件类型(允许 JPEG、PNG、HEIC、PDF、Office 文件、MP4)";
    ANSWER_REQUIRED = "422.1" "answer-required" "请填写「{field}」";
    ANSWER_WRONG_TYPE = "422.2" "answer-wrong-type" "「{field}」应填{wanted}";
    ANSWER_NOT_CHOICE = "422.3" "answer-not-choice" "「{field}」的「{value}」不在选项中，可选：{options}";
    ANSWER_TOO_LONG = "422.4" "answer-too-long" "「{field}」至多{max}个字";
    ANSWER_UNKNOWN = "422.5" "answer-unknown" "表单里没有「{field}」这一项";
    CHECK_FAILED = "422.6" "check-failed" "{message}";
    DATE_IN_FUTURE = "422.7" "date-in-future" "日期{date}在今天之后";
    DATE_BEFORE_LAST = "422.16" "date-before-last" "日期{date}早于上一步的日期{last}";
    PASSWORD_WEAK = "422.8" "password-weak" "密码不合要求：{reason}";
    FILTER_UNKNOWN = "422.11" "filter-unknown" "不能按「{field}」筛选或排序，可用：{known}";
    UNIT_INVALID = "422.12" "unit-invalid" "单位资料不对：{reason}";
    PEOPLE_INVALID = "422.13" "people-invalid" "人员资料不对：{reason}";
    CONSERVATION_BROKEN = "422.14" "conservation-broken" "{unit} {kind}台账不平：期初{opening} + 更正{late} + 新增{new} + 重开{reopened} + 转入{moved_in} − 转出{moved_out} − 销号{closed} − 撤销{withdrawn} ≠ 期末{ending}";
    INDICATOR_FAILED = "422.15" "indicator-failed" "指标「{key}」无法计算：{reason}";
    PRECONDITION = "428.1" "precondition" "请先{what}";
    // 422.1xx: calendar, packs and expressions
    PERIOD_INVALID = "422.101" "period-invalid" "{reason}";
    CALENDAR_UNREADABLE = "422.102" "calendar-unreadable" "校历文件读不懂：{reason}";
    CALENDAR_ROW_INVALID = "422.103" "calendar-row-invalid" "校历{list}「{name}」没有采用：{reason}";
    PACK_SYNTAX = "422.104" "pack-syntax" "TOML 写法不对：{reason}";
    PACK_KEY_MISSING = "422.105" "pack-key-missing" "缺少「{key}」({expected})";
    PACK_KEY_UNKNOWN = "422.106" "pack-key-unknown" "不认识「{key}」{meant}";
    PACK_TYPE = "422.107" "pack-type" "「{key}」应为{expected}，现在是{found}";
    PACK_DUPLICATE = "422.108" "pack-duplicate" "「{key}」重复，第一次在第{line}行";
    PACK_EXPRESSION = "422.109" "pack-expression" "表达式「{key}」：{reason}";
    PACK_VALUE = "422.110" "pack-value" "「{key}」的值「{value}」不合要求：{reason}";
    SCENARIO_FAILED = "422.112" "scenario-failed" "情景「{title}」：{reason}";
    EXPRESSION_FAILED = "422.111" "expression-failed" "规则无法计算：{reason}";
    // 422.2xx: workbooks and their cells
    WORKBOOK_UNKNOWN = "422.201" "workbook-unknown" "文件「{file}」不是能读的表格：{reason}。请另存为 .xlsx 后再传";
    WORKBOOK_ENCRYPTED = "422.202" "workbook-encrypted" "文件「{file}」设了打开密码，请取消密码后再传";
    WORKBOOK_MACRO = "422.203" "workbook-macro" "文件「{file}」带有宏，不予接收。请另存为不带宏的 .xlsx 后再传";
    WORKBOOK_CORRUPT = "422.204" "workbook-corrupt" "文件「{file}」已损坏：{reason}。请用表格软件打开，另存一份后再传";
    WORKBOOK_INFLATED = "422.205" "workbook-inflated" "文件「{file}」解开后过大({reason}),不予接收";
    WORKBOOK_TOO_LARGE = "422.206" "workbook-too-large" "文件「{file}」有 {size} 字节，超过上限 {limit} 字节";
    SHEETS_TOO_MANY = "422.207" "sheets-too-many" "文件「{file}」有 {count} 张工作表，最多 {limit} 张。请只留要导入的表";
    ROWS_TOO_MANY = "422.208" "rows-too-many" "超过 {limit} 行，请分成几个文件再传";
    COLUMNS_TOO_MANY = "422.209" "columns-too-many" "超过 {limit} 列，请删去多余的列";
    CELLS_TOO_MANY = "422.210" "cells-too-many" "有内容的单元格超过 {limit} 个，请分成几个文件再传";
    READING_CANCELLED = "422.211" "reading-cancelled" "已取消读取";
    ENCODING_UNKNOWN = "422.212" "encoding-unknown" "看不出文件「{file}」的文字编码，请另存为 UTF-8 或 .xlsx 后再传";
    TABLE_NOT_FOUND = "422.213" "table-not-found" "没有找到「{target}」的表头。应有的列：{columns}";
    HEADING_MISSING = "422.214" "heading-missing" "表头里没有必填的列「{heading}」";
    HEADING_UNKNOWN = "422.215" "heading-unknown" "认不出列「{heading}」，请指明它对应哪一项，或注明不导入";
    HEADING_UNSURE = "422.216" "heading-unsure" "列「{heading}」看来是「{title}」，请确认";
    MAPPING_INVALID = "422.217" "mapping-invalid" "列对应表写得不对：{reason}";
    SHEET_IGNORED = "422.218" "sheet-ignored" "工作表「{sheet}」没有导入：{reason}";
    CELL_REQUIRED = "422.221" "cell-required" "「{heading}」必填";
    CELL_NOT_A_DATE = "422.222" "cell-not-a-date" "「{value}」不是日期，请写成 2026-10-08 的样子";
    CELL_YEAR_UNKNOWN = "422.223" "cell-year-unknown" "「{value}」没有年份，标题里也看不出是哪一年";
    CELL_DATE_AMBIGUOUS = "422.224" "cell-date-ambiguous" "「{value}」可以是 {first}，也可以是 {second}，请写明";
    CELL_NOT_A_NUMBER = "422.225" "cell-not-a-number" "「{value}」不是数字";
    CELL_NOT_WHOLE = "422.226" "cell-not-whole" "「{value}」应为整数";
    CELL_TOO_PRECISE = "422.227" "cell-too-precise" "「{value}」的小数多于 {scale} 位";
    CELL_NOT_A_CHOICE = "422.228" "cell-not-a-choice" "「{value}」不在可选的范围内：{options}";
    CELL_NOT_YES_OR_NO = "422.229" "cell-not-yes-or-no" "「{value}」应写「是」或「否」";
    CELL_NOT_A_PHONE = "422.230" "cell-not-a-phone" "「{value}」不是电话号码";
    CELL_NOT_AN_IDENTITY = "422.231" "cell-not-an-identity" "「{value}」不是有效的身份证号：{reason}";
    CELL_DIGITS_LOST = "422.232" "cell-digits-lost" "这个号码被存成了数字，末几位已丢失，请把该列设为文本后重新填写";
    CELL_FORMULA = "422.233" "cell-formula" "公式的结果是「{value}」，请改成固定的值";
    CELL_SAME_AS_NOTHING = "422.234" "cell-same-as-nothing" "写了「{value}」，上面却没有可以沿用的内容";
    CELL_TOO_LONG = "422.235" "cell-too-long" "有 {count} 个字，最多 {limit} 个";
    CELL_COMMENTED = "422.249" "cell-commented" "这一格有批注：{value}";
    UNIT_UNKNOWN = "422.236" "unit-unknown" "没有名为「{value}」的单位";
    UNIT_UNSURE = "422.237" "unit-unsure" "没有名为「{value}」的单位，是不是：{candidates}";
    PERSON_UNSURE = "422.238" "person-unsure" "叫「{value}」的有 {count} 人，请注明是哪一位";
    CLASS_UNKNOWN = "422.239" "class-unknown" "「{unit}」没有名为「{value}」的班级{meant}";
    PERSON_UNKNOWN = "422.240" "person-unknown" "「{unit}」没有名为「{value}」的人员，请先导入人员";
    PERSON_CONFLICT = "422.241" "person-conflict" "这个{what}已登记在另一个姓名下，请核对";
    PUPIL_NUMBER_INVALID = "422.242" "pupil-number-invalid" "「{value}」不是学籍号(G、J 或 L 加18位)";
    TEMPLATE_UNUSABLE = "422.243" "template-unusable" "模板「{file}」不能用：{reason}";
    WORKBOOK_UNWRITABLE = "500.201" "workbook-unwritable" "表格写不出来：{reason}";
    // 422.3xx: the statistics command line
    TABLE_EMPTY = "422.301" "table-empty" "文件「{file}」里没有数据行";
    COLUMN_MISSING = "422.302" "column-missing" "缺少列「{column}」";
    NOT_A_NUMBER = "422.303" "not-a-number" "「{value}」不是数字";
    PARAMETER_UNKNOWN = "422.304" "parameter-unknown" "不认识参数「{name}」；可用的参数：{known}";
    PARAMETER_INVALID = "422.305" "parameter-invalid" "参数「{name}」的值「{value}」不合要求：{reason}";
    VALUE_OUT_OF_RANGE = "422.306" "value-out-of-range" "「{value}」不在允许的范围内：{reason}";
    METHOD_REFUSED = "422.307" "method-refused" "无法计算：{reason}";
    STORE_UNAVAILABLE = "503.1" "store-unavailable" "数据库暂时不可用，没有写入任何内容，请稍后再试";
    DATA_NEWER = "500.2" "data-newer" "数据目录由更新的版本({version})建立，请升级程序";
    DATA_MISSING = "500.3" "data-missing" "「{dir}」里没有安装数据，请先运行 yanpan init";
    // 422.4xx: documents
    TEMPLATE_SYNTAX = "422.401" "template-syntax" "模板写法不对：{reason}";
    DIRECTIVE_UNKNOWN = "422.402" "directive-unknown" "不认识指令「@{name}」；可用的指令：{known}";
    FORMAT_UNKNOWN = "422.403" "format-unknown" "不认识打印格式「{format}」；可用的格式：{known}";
    FORMAT_MISFIT = "422.404" "format-misfit" "「{key}」是{kind}，不能按「{format}」打印";
    FIGURE_UNKNOWN = "422.405" "figure-unknown" "没有「{key}」这个指标或清单";
    ARGUMENT_INVALID = "422.406" "argument-invalid" "{function}() 的参数「{name}」不对：{reason}";
    TABLE_MALFORMED = "422.407" "table-malformed" "表格写法不对：{reason}";
    DOCUMENT_INCOMPLETE = "422.408" "document-incomplete" "文书缺少{what}";
    TEMPLATE_EXHAUSTED = "422.409" "template-exhausted" "模板运行的步数超过限额，多半是循环套得太深";
    FIGURE_MISPLACED = "422.410" "figure-misplaced" "{place}里不能放指标，只能写文字";
    CHART_MALFORMED = "422.411" "chart-malformed" "图写法不对：{reason}";
    DOCUMENT_UNREADABLE = "422.421" "document-unreadable" "这不是能读的 Word 文档(.docx):{reason}";
    DOCUMENT_OVERSIZED = "422.422" "document-oversized" "文档超过限额，不予打开：{reason}";
    STATEMENT_MISSING = "422.423" "statement-missing" "文档里没有数据来源部件：不是本系统生成的，或另存时被去掉了";
    FONT_MISSING = "422.431" "font-missing" "缺少字体「{family}」，请安装软件包 {package}，或把字体文件放进站点字体文件夹";
    DOCUMENT_NOT_WRITTEN = "500.401" "document-not-written" "文书没有写成：{reason}";
    COLUMN_DOUBLED = "422.331" "column-doubled" "列「{column}」出现了两次";
    ROW_TOO_LONG = "422.332" "row-too-long" "这一行有 {cells} 格，比表头的 {width} 列多";
    VALUE_MISSING = "422.333" "value-missing" "这一格不能为空：{reason}";
    ROW_RAGGED = "422.330" "row-ragged" "这一行有 {found} 格，表头有 {expected} 格";
    FILE_UNWRITABLE = "422.334" "file-unwritable" "文件「{file}」写不进去：{reason}";
    INTERNAL = "500.1" "internal" "程序内部出错，已记入日志，编号 {reference}";
}
