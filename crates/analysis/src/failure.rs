//! Why a question has no answer, and the Chinese words for it.

use datafusion::error::DataFusionError;
use yanpan_kernel::problem::{FILE_UNREADABLE, INDICATOR_FAILED, Problem};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The question is not allowed, or its answer cannot be read.
    #[error("{0}")]
    Refused(String),
    /// DataFusion could not plan or run it.
    #[error("{0}")]
    Engine(#[from] DataFusionError),
    /// It took longer than this many seconds.
    #[error("longer than {0} s")]
    Slow(u64),
    /// Facts on disk do not reach the watermark.
    #[error("fact files of {0} are missing")]
    Gap(String),
    /// The store or a file failed.
    #[error("{0}")]
    Problem(#[from] Problem),
}

impl Failure {
    /// The problem of the catalogue, where facts are moved rather than asked for.
    pub(crate) fn filing(self, kind: &str) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Engine(error) => unreadable(kind, &error.strip_backtrace()),
            other => other.problem(kind),
        }
    }

    /// The problem of the catalogue, for the question of this key.
    pub(crate) fn problem(self, key: &str) -> Problem {
        let reason = match self {
            Self::Problem(problem) => return problem,
            Self::Refused(reason) => reason,
            Self::Slow(seconds) => format!("超过{seconds}秒仍未算完，请缩小范围或改写查询"),
            Self::Gap(kind) => format!("「{kind}」的事实文件不全，请运行 yanpan doctor --rebuild-facts"),
            Self::Engine(error) => words(&error),
        };
        Problem::new(&INDICATOR_FAILED, &[("key", &key), ("reason", &reason)])
    }
}

/// A fact file or folder that cannot be read, written or removed.
pub(crate) fn unreadable(file: &str, reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &format!("facts/{file}")), ("reason", reason)])
}

/// A Chinese sentence for the class of error, then DataFusion's own words on one line.
fn words(error: &DataFusionError) -> String {
    let class = match error.find_root() {
        DataFusionError::SQL(..) => "SQL 写法不对",
        DataFusionError::SchemaError(..) => "没有这一列，或列名不唯一",
        DataFusionError::Plan(_) | DataFusionError::NotImplemented(_) => "查询不成立",
        DataFusionError::ResourcesExhausted(_) => "超过内存限制，请缩小范围或改写查询",
        DataFusionError::ArrowError(..) | DataFusionError::Execution(_) => "计算中出错",
        _ => "查询引擎出错",
    };
    let own = error.strip_backtrace().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{class}(DataFusion: {own})")
}
