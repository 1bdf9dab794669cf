//! Classes by the names that schools give them; the same name means another class in another school.

use std::collections::HashMap;
use yanpan_kernel::{
    enrolment::class_name,
    id::Id,
    problem::{CLASS_UNKNOWN, Place, Problem},
    unit::{Tree, Unit},
};

/// The classes of every school of a tree.
pub(super) struct Classes<'a> {
    tree: &'a Tree,
    by_name: HashMap<(Id<Unit>, String), Vec<Id<Unit>>>,
}

impl<'a> Classes<'a> {
    pub fn of(tree: &'a Tree) -> Self {
        let mut by_name: HashMap<_, Vec<Id<Unit>>> = HashMap::new();
        for version in tree.all().into_iter().filter(|version| version.kind == "class") {
            for above in tree.path(version.unit).into_iter().skip(1) {
                by_name.entry((above, class_name(&version.name))).or_default().push(version.unit);
            }
        }
        Self { tree, by_name }
    }

    /// The class of this name in a school; several of one name are not chosen between.
    ///
    /// # Errors
    /// `CLASS_UNKNOWN` in the class column, with the classes that there are.
    pub fn find(&self, school: Id<Unit>, name: &str, place: &Place) -> Result<Id<Unit>, Problem> {
        if let Some([only]) = self.by_name.get(&(school, class_name(name))).map(Vec::as_slice) {
            return Ok(*only);
        }
        let title = |unit| self.tree.get(unit).map_or("", |version| version.name.as_str());
        let classes = self.tree.subtree(school).into_iter().filter_map(|unit| self.tree.get(unit));
        let known: Vec<&str> =
            classes.filter(|version| version.kind == "class").map(|version| version.name.as_str()).take(8).collect();
        let meant = if known.is_empty() {
            "，请先在单位中建班级".to_owned()
        } else {
            format!("，已有：{}", known.join("、"))
        };
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("unit", &title(school)), ("value", &name), ("meant", &meant)];
        let place = Place { column: Some("班级".to_owned()), field: Some("class".to_owned()), ..place.clone() };
        Err(Problem::new(&CLASS_UNKNOWN, &values).at(place))
    }
}
