//! The closed list of functions that every expression has.

use serde::Serialize;

macro_rules! builtins {
    ($($variant:ident $name:literal $least:literal $most:literal $receiver:literal;)*) => {
        /// A function of the language. Those that may be written `x.f(…)` count `x` as their first argument.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Builtin { $($variant),* }

        impl Builtin {
            /// Every function.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in expressions.
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name),* } }

            /// Least and greatest number of arguments, the receiver counted.
            pub fn arity(self) -> (usize, usize) { match self { $(Self::$variant => ($least, $most)),* } }

            /// Whether it may be written `x.f(…)`.
            pub fn receiver(self) -> bool { match self { $(Self::$variant => $receiver),* } }
        }
    };
}

builtins! {
    Size "size" 1 1 true;
    Contains "contains" 2 2 true;
    StartsWith "startsWith" 2 2 true;
    EndsWith "endsWith" 2 2 true;
    Date "date" 1 1 false;
    Days "days" 2 2 false;
    WorkingDays "working_days" 2 2 false;
    AddDays "add_days" 2 2 false;
    AddWorkingDays "add_working_days" 2 2 false;
    Age "age" 2 2 false;
    Year "year" 1 1 false;
    Month "month" 1 1 false;
    Day "day" 1 1 false;
    Min "min" 1 32 false;
    Max "max" 1 32 false;
    Sum "sum" 1 1 false;
    First "first" 1 1 false;
    Last "last" 1 1 false;
    Abs "abs" 1 1 false;
    Round "round" 1 2 false;
    Floor "floor" 1 1 false;
    Ceil "ceil" 1 1 false;
    Coalesce "coalesce" 1 32 false;
}

impl Builtin {
    /// The function of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|builtin| builtin.name() == name)
    }
}

/// A macro over the elements of a list, `list.exists(x, …)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Quantifier {
    Exists,
    All,
    ExistsOne,
    Filter,
    Map,
}

impl Quantifier {
    /// The macro of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "exists" => Some(Self::Exists),
            "all" => Some(Self::All),
            "exists_one" => Some(Self::ExistsOne),
            "filter" => Some(Self::Filter),
            "map" => Some(Self::Map),
            _ => None,
        }
    }
}

/// Every function name that the language itself knows, for near misses.
pub(crate) fn known() -> Vec<&'static str> {
    let macros = ["has", "matches", "exists", "all", "exists_one", "filter", "map"];
    Builtin::ALL.iter().map(|builtin| builtin.name()).chain(macros).collect()
}
