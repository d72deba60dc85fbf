//! People, departments and managers from a file: what it would change first, then doing it.

use api_types::{Change, DepartmentChange, PeopleProblem, PeopleReport, PersonChange, PersonLink};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_ui::{Badge, Button, Card, Checkbox, Glyph, Icon, IconSize, Look, Notice, Table, Tone};

use super::SectionHead;
use crate::{
    api, browser,
    i18n::{Message, fill, people as m, say, settings as words, t},
    notify,
};

/// The words of the template's first row; the file is read in either language.
const TEMPLATE: Message = Message {
    zh: "账号,姓名,部门编码,部门名称,上级部门,部门负责人,上级账号,角色,邮箱,手机号,技能,状态\n",
    en: "login,name,department key,department name,parent department,department head,manager,role,email,mobile,skills,status\n",
};

#[component]
pub fn PeopleFile() -> impl IntoView {
    let file = StoredValue::new_local(None::<web_sys::File>);
    let report = RwSignal::new(None::<PeopleReport>);
    let (busy, missing) = (RwSignal::new(false), RwSignal::new(false));
    let ask = move |apply: bool| {
        let Some(chosen) = file.get_value() else { return };
        busy.set(true);
        spawn_local(async move {
            match api::people_file(&chosen, apply, missing.get_untracked()).await {
                Ok(answer) => {
                    if answer.applied {
                        notify::success(m::FILE_APPLIED);
                    }
                    report.set(Some(answer));
                }
                Err(fault) => {
                    report.set(None);
                    notify::fault(&fault);
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        file.set_value(input.as_ref().and_then(|input| input.files()).and_then(|files| files.get(0)));
        ask(false);
        // The same file again, corrected, is a change as well.
        if let Some(input) = input {
            input.set_value("");
        }
    };
    view! {
        <SectionHead title=m::FILE about=m::FILE_ABOUT>
            <Button label=t(m::FILE_TEMPLATE) icon=Icon::Download on_press=|_| browser::download("huiyin-people.csv", "text/csv", &format!("\u{feff}{}", say(TEMPLATE)))/>
        </SectionHead>
        <label class="flex cursor-pointer flex-col items-center gap-2 rounded-box border-2 border-dashed border-edge bg-base-100 px-6 py-10 text-center focus-within:border-primary">
            <input type="file" class="sr-only" accept=".csv,.txt,.xlsx,text/csv" disabled=busy on:change=chosen/>
            <span class="text-muted"><Glyph icon=Icon::FileSheet size=IconSize::Huge/></span>
            <span class="text-base font-medium">{t(m::FILE_CHOOSE)}</span>
            <span class="max-w-xl text-xs text-muted">{t(m::FILE_COLUMNS)}</span>
        </label>
        <div class="mt-3">
            <Checkbox label=t(m::FILE_MISSING) checked=missing disabled=busy on_change=move |on| { missing.set(on); ask(false); }/>
        </div>
        {move || report.get().map(|report| view! { <Report report=report busy=busy apply=move || ask(true)/> })}
    }
}

#[component]
fn Report(
    report: PeopleReport,
    busy: RwSignal<bool>,
    apply: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let count = |change: Change| report.people.iter().filter(|one| one.change == change).count().to_string();
    let (new, changed, gone) = (count(Change::Create), count(Change::Change), count(Change::Disable));
    let (rows, same) = (report.rows.to_string(), report.unchanged.to_string());
    let summary = move || {
        let values =
            [("rows", &rows), ("new", &new), ("changed", &changed), ("gone", &gone), ("same", &same)];
        fill(m::FILE_SUMMARY, &values.map(|(name, value)| (name, value.as_str())))
    };
    let ignored = (!report.ignored.is_empty()).then(|| report.ignored.join(", "));
    let changes = !report.people.is_empty() || !report.departments.is_empty();
    let clean = report.problems.is_empty();
    view! {
        <div class="mt-4 flex flex-col gap-4">
            <Notice tone=if !clean { Tone::Error } else if report.applied { Tone::Success } else { Tone::Info }>
                <span>{summary}</span>
                {ignored.map(|names| view! { <span class="block text-xs">{move || fill(m::FILE_IGNORED, &[("names", &names)])}</span> })}
                {(clean && !changes).then(|| view! { <span class="block">{t(m::FILE_NOTHING)}</span> })}
            </Notice>
            {(clean && changes && !report.applied).then(|| view! { <div><Button label=t(m::FILE_APPLY) look=Look::Primary busy=busy on_press=move |_| apply()/></div> })}
            {(!report.links.is_empty()).then(|| view! { <Links links=report.links/> })}
            {(!clean).then(|| view! { <Problems problems=report.problems/> })}
            {(!report.people.is_empty()).then(|| view! { <People people=report.people/> })}
            {(!report.departments.is_empty()).then(|| view! { <Departments departments=report.departments/> })}
        </div>
    }
}

#[component]
fn Links(links: Vec<PersonLink>) -> impl IntoView {
    let text = StoredValue::new(csv(&links));
    view! {
        <Card title=t(m::FILE_LINKS)>
            <p class="mb-3 text-muted">{t(m::FILE_LINKS_ABOUT)}</p>
            <Button label=t(m::FILE_LINKS_CSV) icon=Icon::Download look=Look::Primary on_press=move |_| browser::download("huiyin-links.csv", "text/csv", &text.get_value())/>
        </Card>
    }
}

/// The links as a file that spreadsheets open: with a mark for its encoding, and no cell that starts a formula.
fn csv(links: &[PersonLink]) -> String {
    let cell = |text: &str| {
        let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let mut text = String::from("\u{feff}name,login,link\r\n");
    for link in links {
        text.push_str(&[cell(&link.name), cell(&link.login), cell(&link.link)].join(","));
        text.push_str("\r\n");
    }
    text
}

#[component]
fn Problems(problems: Vec<PeopleProblem>) -> impl IntoView {
    view! {
        <Card title=t(m::FILE_PROBLEMS) flush=true>
            <Table label=t(m::FILE_PROBLEMS) cards=true>
                <thead><tr><th scope="col">{t(m::FILE_ROW)}</th><th scope="col">{t(m::FILE_COLUMN)}</th><th scope="col">{t(m::FILE_PROBLEM)}</th></tr></thead>
                <tbody>{problems.into_iter().take(SHOWN).map(|problem| view! {
                    <tr><td class="tabular" data-label=t(m::FILE_ROW)>{problem.row}</td><td data-label=t(m::FILE_COLUMN)>{problem.column}</td><td data-label=t(m::FILE_PROBLEM)>{problem.message}</td></tr>
                }).collect_view()}</tbody>
            </Table>
        </Card>
    }
}

/// Lines of a table; a file may change thousands.
const SHOWN: usize = 500;

const fn change_words(change: Change) -> (Message, Tone) {
    match change {
        Change::Create => (m::CHANGE_CREATE, Tone::Success),
        Change::Change => (m::CHANGE_CHANGE, Tone::Info),
        Change::Disable => (m::CHANGE_DISABLE, Tone::Warning),
    }
}

/// What of a person or department changes, as read.
fn field_words(field: &str) -> Message {
    match field {
        "name" => words::NAME,
        "email" => words::EMAIL,
        "mobile" => m::MOBILE,
        "role" => words::ROLE,
        "department" => words::DEPARTMENT,
        "manager" => m::MANAGER,
        "skills" => m::SKILLS,
        "title" => m::TITLE,
        "parent" => m::PARENT,
        "head" => words::HEAD,
        _ => m::ACCESS,
    }
}

fn fields(names: &[String]) -> String {
    names.iter().map(|name| say(field_words(name))).collect::<Vec<_>>().join(" · ")
}

#[component]
fn People(people: Vec<PersonChange>) -> impl IntoView {
    view! {
        <Card title=t(m::FILE_PEOPLE) flush=true>
            <Table label=t(m::FILE_PEOPLE) cards=true>
                <thead><tr><th scope="col">{t(m::FILE_ROW)}</th><th scope="col">{t(words::NAME)}</th><th scope="col">{t(m::STATE)}</th><th scope="col">{t(m::WHAT_CHANGES)}</th></tr></thead>
                <tbody>{people.into_iter().take(SHOWN).map(|one| {
                    let (name, tone) = change_words(one.change);
                    view! {
                        <tr>
                            <td class="tabular" data-label=t(m::FILE_ROW)>{one.row}</td>
                            <td class="cx-card-head"><div class="min-w-0"><span class="block font-medium">{one.name}</span><span class="block text-xs text-muted">{one.login}</span></div></td>
                            <td data-label=t(m::STATE)><Badge label=t(name) tone=tone/></td>
                            <td class="text-muted" data-label=t(m::WHAT_CHANGES)>{move || fields(&one.fields)}</td>
                        </tr>
                    }
                }).collect_view()}</tbody>
            </Table>
        </Card>
    }
}

#[component]
fn Departments(departments: Vec<DepartmentChange>) -> impl IntoView {
    view! {
        <Card title=t(m::FILE_DEPARTMENTS) flush=true>
            <Table label=t(m::FILE_DEPARTMENTS) cards=true>
                <thead><tr><th scope="col">{t(words::DEPARTMENT)}</th><th scope="col">{t(m::STATE)}</th><th scope="col">{t(m::WHAT_CHANGES)}</th></tr></thead>
                <tbody>{departments.into_iter().map(|one| {
                    let (name, tone) = change_words(one.change);
                    view! {
                        <tr>
                            <td class="cx-card-head"><span class="font-medium">{one.title}</span> <code class="ml-2 font-mono text-xs text-muted">{one.key}</code></td>
                            <td data-label=t(m::STATE)><Badge label=t(name) tone=tone/></td>
                            <td class="text-muted" data-label=t(m::WHAT_CHANGES)>{move || fields(&one.fields)}</td>
                        </tr>
                    }
                }).collect_view()}</tbody>
            </Table>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_open_in_spreadsheets_and_start_no_formula() {
        let link = |name: &str| PersonLink {
            name: name.to_owned(),
            login: "fang".to_owned(),
            link: "https://cx.example/join/x".to_owned(),
        };
        let text = csv(&[link("王\"芳"), link("=1+1")]);
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains("\"王\"\"芳\",\"fang\",\"https://cx.example/join/x\"\r\n"), "{text}");
        assert!(text.contains("\"'=1+1\""), "{text}");
    }
}
