//! What starts a flow.

use super::{Compiler, Node, Start, code};

impl Compiler<'_> {
    pub(super) fn start(&mut self, root: &Node<'_>) -> Start {
        let Some(start) = root.get("start") else { return Start::Flow };
        let mut members = start.members();
        let (Some((kind, value)), None) = (members.next(), members.next()) else {
            self.refuse(
                code::TYPE,
                start.path,
                "expected one of `form`, `schedule`, `event`, `webhook`, `date_field`",
            );
            return Start::Flow;
        };
        match kind {
            "form" => {
                let forms = self.strs(Some(value));
                for (form, path) in &forms {
                    self.outside(self.surroundings.forms.as_ref(), code::FORM_UNKNOWN, "form", form, path);
                }
                Start::Form(forms.into_iter().map(|(form, _)| form).collect())
            }
            "schedule" => self.some_str(&value).map_or(Start::Flow, Start::Schedule),
            "event" => self.some_str(&value).map_or(Start::Flow, Start::Event),
            "webhook" => self.some_str(&value).map_or(Start::Flow, Start::Webhook),
            "date_field" => {
                self.only(&value, &["form", "field"]);
                let (form, field) = (self.needed_str(&value, "form"), self.needed_str(&value, "field"));
                form.zip(field).map_or(Start::Flow, |(form, field)| Start::DateField { form, field })
            }
            other => {
                let expected = "`form`, `schedule`, `event`, `webhook` or `date_field`";
                self.refuse(code::VALUE_INVALID, value.path, format!("expected {expected}, found `{other}`"));
                Start::Flow
            }
        }
    }
}
