//! A timeline in words: what happened to a submission, in the reader's language.
//!
//! Stored are facts; sentences are made when somebody reads them.

use std::collections::HashMap;

use api_types::EventView;
use form_engine::{Language, Text};
use serde_json::Value;

use crate::clock::rfc3339;
use crate::permission::RowReach;
use crate::services::access::Access;
use crate::store::event::EventRow;

/// What sentences need besides the fact.
pub struct Reader<'a> {
    /// In which language.
    pub language: Language,
    /// People by id.
    pub people: &'a HashMap<String, String>,
    /// Titles of forms by key.
    pub forms: &'a HashMap<String, String>,
    /// What they may see of other submissions.
    pub access: &'a Access,
}

impl Reader<'_> {
    /// One line as it is read by somebody with this reach.
    pub fn view(&self, row: EventRow, reach: &RowReach) -> EventView {
        let mut data: Value = serde_json::from_str(&row.data).unwrap_or_default();
        // The answer to another form, for those who see every one of them whole.
        if let Some(form) = data.get("form").and_then(Value::as_str).map(str::to_owned)
            && !self.access.sees_all(&form)
            && let Some(facts) = data.as_object_mut()
        {
            facts.shift_remove("data");
        }
        // What an action or a change wrote down stands here again, by pointer.
        for name in ["fields", "changes", "before", "after"] {
            if let Some(fields) = data.get_mut(name).and_then(Value::as_object_mut) {
                reach.mask_fields(fields);
            }
        }
        EventView {
            id: row.id.to_string(),
            at: rfc3339(row.created_at),
            actor: row.actor_id.and_then(|actor| self.people.get(&actor.to_string()).cloned()),
            public: row.is_public,
            text: self.sentence(&row.kind, &data),
            data,
            kind: row.kind,
        }
    }

    fn pick(&self, zh: &str, en: &str) -> String {
        match self.language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    fn sentence(&self, kind: &str, data: &Value) -> String {
        let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
        match kind {
            "reply" | "comment" | "customer_message" => text("text").to_owned(),
            "submitted" => {
                let form = self.forms.get(text("form")).map_or_else(|| text("form"), String::as_str);
                self.pick(&format!("提交了“{form}”"), &format!("submitted “{form}”"))
            }
            "created" => self.created(data),
            "action" => self.words(data.get("label")).unwrap_or_else(|| text("event").to_owned()),
            "state" => self.state(data),
            "assigned" => self.assigned(data),
            "call" => self.call(text("outcome"), text("text")),
            "told" if text("by") == "call" => {
                self.pick("已通过电话告知客户", "the customer was told by phone")
            }
            "told" if text("by") == "mail" => {
                self.pick("邮件已送出，客户已被告知", "the customer was told by mail")
            }
            "told" => self.pick("客户已查看进度页", "the customer has read the progress page"),
            "breach" => {
                let clock = self.words(data.get("title")).unwrap_or_else(|| text("clock").to_owned());
                self.pick(&format!("“{clock}”已超时"), &format!("“{clock}” is overdue"))
            }
            "notified" => self.pick(&format!("已通知 {}", text("to")), &format!("notified {}", text("to"))),
            "survey" => self.pick("已邀请客户评价", "the customer was asked how it went"),
            "customer_confirm" => self.pick("客户确认已解决", "the customer says it is solved"),
            "customer_reject" if text("text").is_empty() => {
                self.pick("客户表示还没有解决", "the customer says it is not solved")
            }
            "customer_reject" => {
                let why = text("text");
                self.pick(
                    &format!("客户表示还没有解决：{why}"),
                    &format!("the customer says it is not solved: {why}"),
                )
            }
            "updated" => self.pick("更新了内容", "changed the content"),
            "edited" => self.pick("修改了填写内容", "changed the answers"),
            "stopped" if !text("chain").is_empty() => {
                let chain = text("chain");
                self.pick(
                    &format!("自动化互相触发，已停止：{chain}"),
                    &format!("automations set each other off and were stopped: {chain}"),
                )
            }
            "failed" | "stopped" => self.pick("有一步没有执行成功", "a step could not be done"),
            other => other.to_owned(),
        }
    }

    fn words(&self, text: Option<&Value>) -> Option<String> {
        let text: Text = serde_json::from_value(text?.clone()).ok()?;
        (!text.is_empty()).then(|| text.get(self.language.as_str()).to_owned())
    }

    fn created(&self, data: &Value) -> String {
        let key = data.get("form").and_then(Value::as_str).unwrap_or_default();
        let form = self.forms.get(key).map_or(key, String::as_str);
        let number = data.get("number").and_then(Value::as_i64).unwrap_or_default();
        self.pick(&format!("开出“{form}”#{number}"), &format!("opened “{form}” #{number}"))
    }

    fn state(&self, data: &Value) -> String {
        let entered = data.get("to").and_then(Value::as_array).and_then(|states| states.last());
        let title = entered.and_then(|state| {
            let key = state.get("key").and_then(Value::as_str).map(str::to_owned);
            self.words(state.get("title")).or(key)
        });
        let title = title.unwrap_or_default();
        self.pick(&format!("状态变为“{title}”"), &format!("is now “{title}”"))
    }

    fn assigned(&self, data: &Value) -> String {
        let ids = ["to", "user", "assignee"].iter().find_map(|name| data.get(*name).and_then(Value::as_str));
        match ids.and_then(|id| self.people.get(id)) {
            Some(name) if data.get("task").is_some() => {
                self.pick(&format!("任务交给 {name}"), &format!("the task goes to {name}"))
            }
            Some(name) if data.get("passed_over").is_some() => self.pick(
                &format!("分配给 {name}（规则所指的人都无法接手）"),
                &format!("assigned to {name}, as nobody the rule names could take it"),
            ),
            Some(name) => self.pick(&format!("分配给 {name}"), &format!("assigned to {name}")),
            None => self.pick("取消了分配", "assigned to nobody"),
        }
    }

    fn call(&self, outcome: &str, note: &str) -> String {
        let outcome = match outcome {
            "reached" => self.pick("电话已接通", "reached by phone"),
            "no_answer" => self.pick("电话无人接听", "no answer"),
            _ => self.pick("号码有误", "wrong number"),
        };
        if note.is_empty() {
            outcome
        } else {
            self.pick(&format!("{outcome}：{note}"), &format!("{outcome}: {note}"))
        }
    }
}
