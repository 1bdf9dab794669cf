//! A planned question once more: only nodes that read and reckon, whatever the text looked like.

use crate::failure::Failure;
use datafusion::{common::tree_node::TreeNodeRecursion, logical_expr::LogicalPlan};

/// Refuses plans with a node that is not on the list.
///
/// # Errors
/// Names the first node that is not allowed.
pub(crate) fn plain(plan: &LogicalPlan) -> Result<(), Failure> {
    let mut odd = None;
    plan.apply_with_subqueries(|node| {
        if allowed(node) {
            return Ok(TreeNodeRecursion::Continue);
        }
        odd = Some(node.display().to_string());
        Ok(TreeNodeRecursion::Stop)
    })?;
    match odd {
        Some(node) => Err(Failure::Refused(format!("查询里不能有「{node}」"))),
        None => Ok(()),
    }
}

fn allowed(node: &LogicalPlan) -> bool {
    matches!(
        node,
        LogicalPlan::Projection(_)
            | LogicalPlan::Filter(_)
            | LogicalPlan::Window(_)
            | LogicalPlan::Aggregate(_)
            | LogicalPlan::Sort(_)
            | LogicalPlan::Join(_)
            | LogicalPlan::Union(_)
            | LogicalPlan::TableScan(_)
            | LogicalPlan::EmptyRelation(_)
            | LogicalPlan::Subquery(_)
            | LogicalPlan::SubqueryAlias(_)
            | LogicalPlan::Limit(_)
            | LogicalPlan::Values(_)
            | LogicalPlan::Distinct(_)
    )
}
