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
    SIGN_IN_REQUIRED = "401.1" "sign-in-required" "请先登录";
    SIGN_IN_WRONG = "401.2" "sign-in-wrong" "账号或密码不对";
    SIGN_IN_LOCKED = "401.3" "sign-in-locked" "密码连续输错{failures}次,账号已锁定,请{minutes}分钟后再试";
    SESSION_IDLE = "401.4" "session-idle" "长时间未操作,请重新登录";
    FORBIDDEN = "403.1" "forbidden" "您的授权不含这项操作";
    OUT_OF_SCOPE = "403.2" "out-of-scope" "不在您的管辖范围内";
    PASSWORD_MUST_CHANGE = "403.3" "password-must-change" "首次登录请先修改密码";
    CSRF = "403.4" "csrf" "页面已过期,请刷新后重试";
    GUARD_REFUSED = "403.5" "guard-refused" "您现在不能「{act}」:{reason}";
    NOT_FOUND = "404.1" "not-found" "没有找到{what}";
    REVISION_CHANGED = "409.1" "revision-changed" "此事项已被{who}于{when}「{act}」,请刷新后再操作";
    STATE_CHANGED = "409.2" "state-changed" "事项现在是「{state}」,不能「{act}」";
    DUPLICATE = "409.3" "duplicate" "{what}「{value}」已存在";
    IN_USE = "409.4" "in-use" "数据目录正被另一个程序使用(进程 {holder}),请先停止它";
    BATCH_ACTED_ON = "409.5" "batch-acted-on" "{number}在导入后已有人办理,须逐条确认才能撤销";
    ZERO_CONTRADICTED = "409.6" "zero-contradicted" "本期已登记{count}处,不能报「无新增」";
    BATCH_UNDONE = "409.7" "batch-undone" "这一批导入已经撤销过";
    TOO_LARGE = "413.1" "too-large" "文件超过{limit}";
    FILE_KIND_REFUSED = "415.1" "file-kind-refused" "「{name}」的内容不是允许的文件类型(允许 JPEG、PNG、HEIC、PDF、Office 文件、MP4)";
    ANSWER_REQUIRED = "422.1" "answer-required" "请填写「{field}」";
    ANSWER_WRONG_TYPE = "422.2" "answer-wrong-type" "「{field}」应填{wanted}";
    ANSWER_NOT_CHOICE = "422.3" "answer-not-choice" "「{field}」的「{value}」不在选项中,可选:{options}";
    ANSWER_TOO_LONG = "422.4" "answer-too-long" "「{field}」至多{max}个字";
    ANSWER_UNKNOWN = "422.5" "answer-unknown" "表单里没有「{field}」这一项";
    CHECK_FAILED = "422.6" "check-failed" "{message}";
    DATE_IN_FUTURE = "422.7" "date-in-future" "日期{date}在今天之后";
    DATE_BEFORE_LAST = "422.16" "date-before-last" "日期{date}早于上一步的日期{last}";
    PASSWORD_WEAK = "422.8" "password-weak" "密码不合要求:{reason}";
    UNIT_UNKNOWN = "422.9" "unit-unknown" "没有编码或名称为「{unit}」的单位";
    FILTER_UNKNOWN = "422.11" "filter-unknown" "不能按「{field}」筛选或排序,可用:{known}";
    UNIT_INVALID = "422.12" "unit-invalid" "单位资料不对:{reason}";
    PEOPLE_INVALID = "422.13" "people-invalid" "人员资料不对:{reason}";
    CONSERVATION_BROKEN = "422.14" "conservation-broken" "{unit} {kind}台账不平:期初{opening} + 更正{late} + 新增{new} + 重开{reopened} + 转入{moved_in} − 转出{moved_out} − 销号{closed} − 撤销{withdrawn} ≠ 期末{ending}";
    INDICATOR_FAILED = "422.15" "indicator-failed" "指标「{key}」无法计算:{reason}";
    PRECONDITION = "428.1" "precondition" "请先{what}";
    // 422.1xx: calendar, packs and expressions
    PERIOD_INVALID = "422.101" "period-invalid" "{reason}";
    CALENDAR_UNREADABLE = "422.102" "calendar-unreadable" "校历文件读不懂:{reason}";
    CALENDAR_ROW_INVALID = "422.103" "calendar-row-invalid" "校历{list}「{name}」没有采用:{reason}";
    PACK_SYNTAX = "422.104" "pack-syntax" "TOML 写法不对:{reason}";
    PACK_KEY_MISSING = "422.105" "pack-key-missing" "缺少「{key}」({expected})";
    PACK_KEY_UNKNOWN = "422.106" "pack-key-unknown" "不认识「{key}」{meant}";
    PACK_TYPE = "422.107" "pack-type" "「{key}」应是{expected},现在是{found}";
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
    STORE_UNAVAILABLE = "503.1" "store-unavailable" "数据库暂时不可用,没有写入任何内容,请稍后再试";
    DATA_NEWER = "500.2" "data-newer" "数据目录由更新的版本({version})建立,请升级程序";
    DATA_MISSING = "500.3" "data-missing" "「{dir}」里没有安装数据,请先运行 yanpan init";
    INTERNAL = "500.1" "internal" "程序内部出错,已记入日志,编号 {reference}";
}
