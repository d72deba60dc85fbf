//! Tasks a state opens.

use form_engine::{Text, pointer};

use super::{Compiler, Node, code};
use crate::Key;
use crate::effect::{TaskEvent, TaskPolicy, TaskRules};
use crate::machine::Task;

const MEMBERS: [&str; 9] =
    ["title", "description", "events", "policy", "allow", "assignee", "nobody", "same_person", "starter"];
const ALLOW: [&str; 8] =
    ["transfer", "delegate", "add_signer", "return", "withdraw", "urge", "cc", "comment"];

impl Compiler<'_> {
    pub(super) fn tasks(&mut self, state: usize, node: &Node<'_>) -> Vec<Task> {
        let nodes = node.get("task").map_or_else(Vec::new, |task| task.one_or_many());
        nodes.iter().enumerate().map(|(position, node)| self.task(state, position, node)).collect()
    }

    fn task(&mut self, state: usize, position: usize, node: &Node<'_>) -> Task {
        self.only(node, &MEMBERS);
        let state = self.states[state].key.clone();
        let key = if position == 0 { state.clone() } else { Key::from(format!("{state}/{position}")) };
        let events = node
            .get("events")
            .iter()
            .flat_map(Node::items)
            .filter_map(|event| self.task_event(&event))
            .collect();
        Task {
            title: self.text(node, "title").unwrap_or_else(|| Text::from(state.as_str())),
            key,
            events,
            policy: self.policy(node),
            allow: self.allow(node),
            assignee: node.get("assignee").and_then(|assignee| self.assignment(&assignee)),
            rules: TaskRules {
                nobody: self.rule(node, "nobody", "`administrator`, `pass`, or `{\"user\": …}`"),
                same_person: self.rule(node, "same_person", "`each`, `first` or `consecutive`"),
                starter: self.rule(node, "starter", "`allow`, `skip` or `superior`"),
            },
        }
    }

    /// A rule that is written in the document as in an effect.
    fn rule<T: Default + serde::de::DeserializeOwned>(
        &mut self,
        node: &Node<'_>,
        name: &str,
        expected: &str,
    ) -> T {
        let Some(member) = node.get(name) else { return T::default() };
        serde_json::from_value(member.value.clone()).unwrap_or_else(|_| {
            self.refuse(
                code::VALUE_INVALID,
                member.path.clone(),
                format!("expected {expected}, found `{}`", member.value),
            );
            T::default()
        })
    }

    fn task_event(&mut self, node: &Node<'_>) -> Option<TaskEvent> {
        self.only(node, &["event", "label", "require", "comment", "signature"]);
        let event = self.needed_str(node, "event")?;
        let require = self.strs(node.get("require"));
        for (field, path) in &require {
            if !pointer::is_pointer(field) || field.is_empty() {
                let message = format!("expected a field such as `/solution`, found `{field}`");
                self.refuse(code::VALUE_INVALID, path.clone(), message);
            }
        }
        Some(TaskEvent {
            label: self.text(node, "label").unwrap_or_else(|| Text::from(event.as_str())),
            event: Key::from(event),
            require: require.into_iter().map(|(field, _)| field).collect(),
            comment: self.bool(node, "comment"),
            signature: self.bool(node, "signature"),
        })
    }

    fn policy(&mut self, node: &Node<'_>) -> TaskPolicy {
        let Some(policy) = node.get("policy") else { return TaskPolicy::Any };
        let share = policy.get("share").and_then(|share| share.value.as_f64());
        match (policy.str(), share) {
            (Some("any"), _) => TaskPolicy::Any,
            (Some("all"), _) => TaskPolicy::All,
            (Some("sequence"), _) => TaskPolicy::Sequence,
            (None, Some(share)) if share > 0.0 && share <= 1.0 => TaskPolicy::Share(share),
            _ => {
                let expected = "expected `any`, `all`, `sequence`, or a share such as `{\"share\": 0.6}`";
                self.refuse(code::VALUE_INVALID, policy.path, expected);
                TaskPolicy::Any
            }
        }
    }

    fn allow(&mut self, node: &Node<'_>) -> Vec<String> {
        let allow = self.strs(node.get("allow"));
        for (word, path) in allow.iter().filter(|(word, _)| !ALLOW.contains(&word.as_str())) {
            let message = format!("expected one of `{}`, found `{word}`", ALLOW.join("`, `"));
            self.refuse(code::VALUE_INVALID, path.clone(), message);
        }
        allow.into_iter().map(|(word, _)| word).collect()
    }
}
