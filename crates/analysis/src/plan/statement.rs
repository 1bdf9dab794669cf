//! The text of a question as one SELECT: parsed, refused where it is anything else, its dates bound as literals.

use crate::failure::Failure;
use datafusion::sql::{
    parser::{DFParserBuilder, Statement},
    resolve::resolve_table_references,
    sqlparser::{
        ast::{
            DataType, Expr, Ident, ObjectName, Query, Select, SetExpr, Statement as Sql, TableFactor, TypedString,
            Value, Visit, VisitMut, Visitor, VisitorMut,
        },
        dialect::GenericDialect,
        tokenizer::{Token, Tokenizer},
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, ops::ControlFlow};

/// Longest text of a question in bytes.
const LONGEST: usize = 32 << 10;

/// Most words and signs of a question: each nests the plan one deeper at worst, and planning recurses.
const MOST_TOKENS: usize = 3_000;

/// Most signs that may chain: operators, AND, OR, UNION, JOIN.
const MOST_CHAINED: usize = 200;

/// The one SELECT of a text, each `$name` a date.
///
/// # Errors
/// When it is no SELECT, more than one, too long, or names a date that the question does not give.
pub(crate) fn select(sql: &str, dates: &BTreeMap<String, Date>) -> Result<Box<Query>, Failure> {
    sized(sql)?;
    let mut statements = DFParserBuilder::new(sql).with_dialect(&GenericDialect {}).build()?.parse_statements()?;
    let (Some(Statement::Statement(statement)), 0) = (statements.pop_front(), statements.len()) else {
        return Err(refused("只能是一条 SELECT 语句"));
    };
    let Sql::Query(mut query) = *statement else {
        return Err(refused("只能是一条 SELECT 语句"));
    };
    if let ControlFlow::Break(failure) = Visit::visit(&query, &mut Plain) {
        return Err(failure);
    }
    if let ControlFlow::Break(failure) = VisitMut::visit(&mut query, &mut Bind(dates)) {
        return Err(failure);
    }
    Ok(query)
}

/// Names of the tables that the question reads, common table expressions apart.
///
/// # Errors
/// When a name cannot be read.
pub(crate) fn relations(query: &Query) -> Result<Vec<String>, Failure> {
    let statement = Statement::Statement(Box::new(Sql::Query(Box::new(query.clone()))));
    let (tables, _) = resolve_table_references(&statement, true)?;
    Ok(tables.iter().map(|table| table.table().to_owned()).collect())
}

fn refused(reason: &str) -> Failure {
    Failure::Refused(reason.to_owned())
}

/// Refuses what is too long to plan without exhausting the stack.
fn sized(sql: &str) -> Result<(), Failure> {
    if sql.len() > LONGEST {
        return Err(refused("语句太长"));
    }
    let tokens = Tokenizer::new(&GenericDialect {}, sql)
        .tokenize()
        .map_err(|error| Failure::Refused(format!("SQL 写法不对({error})")))?;
    let words = tokens.iter().filter(|token| !matches!(token, Token::Whitespace(_))).count();
    if words > MOST_TOKENS || tokens.iter().filter(|token| chains(token)).count() > MOST_CHAINED {
        return Err(refused("语句太复杂，请拆成几个指标"));
    }
    Ok(())
}

fn chains(token: &Token) -> bool {
    const WORDS: [&str; 8] = ["AND", "OR", "NOT", "UNION", "EXCEPT", "INTERSECT", "JOIN", "IS"];
    match token {
        Token::Word(word) => {
            word.quote_style.is_none() && WORDS.iter().any(|known| word.value.eq_ignore_ascii_case(known))
        }
        Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::Placeholder(_)
        | Token::Comma
        | Token::LParen
        | Token::RParen
        | Token::Period
        | Token::Whitespace(_)
        | Token::EOF => false,
        _ => true,
    }
}

/// Refuses every query form that is more than SELECT … FROM views.
struct Plain;

impl Visitor for Plain {
    type Break = Failure;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Failure> {
        let odd = !query.locks.is_empty()
            || query.for_clause.is_some()
            || query.settings.is_some()
            || query.format_clause.is_some()
            || !query.pipe_operators.is_empty()
            || query.with.as_ref().is_some_and(|with| with.recursive);
        if odd || !selects(&query.body) {
            return ControlFlow::Break(refused("只能是普通的 SELECT,不能有 WITH RECURSIVE、FOR UPDATE 等"));
        }
        if (query.limit_clause.is_some() || query.fetch.is_some()) && query.order_by.is_none() {
            return ControlFlow::Break(refused("LIMIT 必须与 ORDER BY 同用，否则每次取到的行可能不同"));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Failure> {
        if select.into.is_some() || !select.lateral_views.is_empty() {
            return ControlFlow::Break(refused("不能有 SELECT INTO 或 LATERAL VIEW"));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, table: &TableFactor) -> ControlFlow<Failure> {
        let plain = match table {
            TableFactor::Table { name, args: None, version: None, sample: None, .. } => name.0.len() == 1,
            TableFactor::Derived { lateral: false, .. } | TableFactor::NestedJoin { .. } => true,
            _ => false,
        };
        if plain {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(refused(&format!("FROM 里只能是视图或子查询，不能是「{table}」")))
        }
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> ControlFlow<Failure> {
        let quoted = name.0.iter().filter_map(|part| part.as_ident()).any(path_like);
        if quoted {
            ControlFlow::Break(refused(&format!("FROM 里只能是视图，不能是「{name}」")))
        } else {
            ControlFlow::Continue(())
        }
    }
}

fn path_like(name: &Ident) -> bool {
    name.value.contains(['/', '\\', '.', ':'])
}

/// Whether the body only selects, set operations included.
fn selects(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(_) | SetExpr::Query(_) | SetExpr::Values(_) => true,
        SetExpr::SetOperation { left, right, .. } => selects(left) && selects(right),
        SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) | SetExpr::Table(_) => false,
    }
}

/// Puts a date literal in the place of each `$name`.
struct Bind<'a>(&'a BTreeMap<String, Date>);

impl VisitorMut for Bind<'_> {
    type Break = Failure;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Failure> {
        let Expr::Value(value) = expr else { return ControlFlow::Continue(()) };
        let Value::Placeholder(name) = &value.value else { return ControlFlow::Continue(()) };
        let Some(date) = name.strip_prefix('$').and_then(|name| self.0.get(name)) else {
            let known = self.0.keys().map(|name| format!("${name}")).collect::<Vec<_>>().join("、");
            return ControlFlow::Break(Failure::Refused(format!("没有日期「{name}」，可用的有：{known}")));
        };
        let value = Value::SingleQuotedString(date.to_string()).into();
        *expr = Expr::TypedString(TypedString { data_type: DataType::Date, value, uses_odbc_syntax: false });
        ControlFlow::Continue(())
    }
}
