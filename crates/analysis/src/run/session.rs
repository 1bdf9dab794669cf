//! One session per question: its views, its functions, its memory, its time.

use super::answer::Answer;
use crate::{
    failure::Failure,
    limits::Limits,
    plan::{plain, total},
};
use datafusion::{
    catalog::TableProvider,
    execution::{
        SessionStateDefaults,
        disk_manager::{DiskManagerBuilder, DiskManagerMode},
        memory_pool::GreedyMemoryPool,
        runtime_env::RuntimeEnvBuilder,
        session_state::{SessionState, SessionStateBuilder},
    },
    logical_expr::{LogicalPlan, ScalarUDF},
    physical_plan::execute_stream,
    prelude::{SessionConfig, SessionContext},
    sql::{
        parser::Statement,
        sqlparser::ast::{Query, Statement as Sql},
    },
};
use futures::TryStreamExt;
use std::sync::Arc;
use yanpan_app::ports::Rows;

/// Functions of one row that questions may call. None depends on the time of asking, none makes large values of small ones.
const FUNCTIONS: &[&str] = &[
    "arrow_typeof",
    "btrim",
    "character_length",
    "coalesce",
    "concat",
    "concat_ws",
    "contains",
    "date_part",
    "date_trunc",
    "ends_with",
    "greatest",
    "least",
    "left",
    "length",
    "lower",
    "ltrim",
    "make_date",
    "nullif",
    "nvl",
    "nvl2",
    "regexp_count",
    "regexp_like",
    "right",
    "rtrim",
    "split_part",
    "starts_with",
    "strpos",
    "substr",
    "to_char",
    "upper",
];

/// A view by its name.
pub(crate) type View = (String, Arc<dyn TableProvider>);

/// What all sessions share.
#[derive(Debug)]
pub(crate) struct Session {
    functions: Vec<Arc<ScalarUDF>>,
    config: SessionConfig,
    limits: Limits,
}

impl Session {
    /// Sessions under these limits.
    pub(crate) fn new(limits: Limits) -> Self {
        let mut functions = SessionStateDefaults::default_scalar_functions();
        functions.retain(|function| FUNCTIONS.contains(&function.name()));
        let mut config = SessionConfig::new().with_target_partitions(1).with_information_schema(false);
        let options = config.options_mut();
        options.sql_parser.parse_float_as_decimal = true;
        options.execution.enable_recursive_ctes = false;
        Self { functions, config, limits }
    }

    /// Answers a SELECT over these views.
    ///
    /// # Errors
    /// When it cannot be planned, is refused, or needs too much memory or too many rows.
    pub(crate) async fn answer(&self, mut query: Box<Query>, views: Vec<View>) -> Result<Rows, Failure> {
        let state = self.state(views)?;
        let columns = planned(&state, query.clone()).await?.schema().fields().len();
        total(&mut query, columns);
        let plan = state.create_physical_plan(&planned(&state, query).await?).await?;
        let mut batches = execute_stream(plan, state.task_ctx())?;
        let mut answer = Answer::new(&batches.schema());
        while let Some(batch) = batches.try_next().await? {
            answer.add(&batch, self.limits.rows)?;
        }
        Ok(answer.rows)
    }

    fn state(&self, views: Vec<View>) -> Result<SessionState, Failure> {
        let disk = DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled);
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(GreedyMemoryPool::new(self.limits.memory)))
            .with_disk_manager_builder(disk)
            .build_arc()?;
        let state = SessionStateBuilder::new()
            .with_config(self.config.clone())
            .with_runtime_env(runtime)
            .with_expr_planners(SessionStateDefaults::default_expr_planners())
            .with_scalar_functions(self.functions.clone())
            .with_aggregate_functions(SessionStateDefaults::default_aggregate_functions())
            .with_window_functions(SessionStateDefaults::default_window_functions())
            .build();
        let context = SessionContext::new_with_state(state);
        for (name, view) in views {
            context.register_table(datafusion::common::TableReference::bare(name), view)?;
        }
        Ok(context.state())
    }
}

async fn planned(state: &SessionState, query: Box<Query>) -> Result<LogicalPlan, Failure> {
    let plan = state.statement_to_plan(Statement::Statement(Box::new(Sql::Query(query)))).await?;
    plain(&plan)?;
    Ok(plan)
}
