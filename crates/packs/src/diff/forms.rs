//! Differences of forms: fields and their options.

use super::{ChangeKind, Found};
use crate::Pack;
use yanpan_kernel::form::{Field, FieldKind, Form};

impl Found {
    pub(super) fn forms(&mut self, before: &Pack, after: &Pack) {
        for (key, old) in &before.forms {
            match after.forms.get(key) {
                Some(new) => self.form(old, new),
                None => {
                    self.say(ChangeKind::Removed, true, format!("form.{key}"), format!("表单「{}」", old.title));
                }
            }
        }
        for (key, new) in after.forms.iter().filter(|(key, _)| !before.forms.contains_key(*key)) {
            self.say(ChangeKind::Added, false, format!("form.{key}"), format!("表单「{}」", new.title));
        }
    }

    fn form(&mut self, old: &Form, new: &Form) {
        for field in &old.fields {
            let path = format!("form.{}.{}", old.key, field.key);
            match new.field(&field.key) {
                None => {
                    let text = format!("表单「{}」的字段「{}」，已填的内容不再显示", old.title, field.title);
                    self.say(ChangeKind::Removed, true, path, text);
                }
                Some(now) => self.field(old, (field, now), &path),
            }
        }
        for field in new.fields.iter().filter(|field| old.field(&field.key).is_none()) {
            let path = format!("form.{}.{}", old.key, field.key);
            self.say(ChangeKind::Added, false, path, format!("表单「{}」的字段「{}」", old.title, field.title));
        }
    }

    fn field(&mut self, form: &Form, (old, new): (&Field, &Field), path: &str) {
        let name = format!("表单「{}」的字段「{}」", form.title, old.title);
        if let (FieldKind::Choice { options: before }, FieldKind::Choice { options: after }) = (&old.kind, &new.kind) {
            for gone in before.iter().filter(|option| !after.contains(option)) {
                let text = format!("{name}的选项「{gone}」，已选它的事项不能再改");
                self.say(ChangeKind::Removed, true, path, text);
            }
            for more in after.iter().filter(|option| !before.contains(option)) {
                self.say(ChangeKind::Added, false, path, format!("{name}的选项「{more}」"));
            }
        } else if old.kind != new.kind {
            self.say(ChangeKind::Changed, !widens(&old.kind, &new.kind), path, format!("{name}的类型或限度"));
        }
        if old.title != new.title {
            self.say(ChangeKind::Changed, false, path, format!("{name}改名为「{}」", new.title));
        }
        if old.personal != new.personal {
            self.say(ChangeKind::Changed, false, path, format!("{name}的个人信息声明"));
        }
    }
}

/// Whether everything that the old kind took the new one takes too.
fn widens(old: &FieldKind, new: &FieldKind) -> bool {
    match (old, new) {
        (FieldKind::Text { max }, FieldKind::Text { max: more }) => more >= max,
        (FieldKind::Files { max }, FieldKind::Files { max: more }) => more >= max,
        (FieldKind::Integer { min, max }, FieldKind::Integer { min: less, max: more }) => less <= min && more >= max,
        (FieldKind::Choice { .. }, FieldKind::Text { .. }) => true,
        _ => false,
    }
}
