//! A file of people, read: each row as what it says, or what is wrong with it.

use api_types::{PeopleProblem, Role};
use form_engine::Language;

use super::columns::{self, Column, Columns};
use crate::services::department::is_key;
use crate::services::{login, member};
use crate::tabular::{Cell, Sheet, SheetRow};

/// A row that holds somebody. Of columns that the file does not have, nothing is said.
pub(super) struct Line {
    pub row: u32,
    pub login: String,
    pub name: String,
    /// None where the cell is empty.
    pub role: Option<Role>,
    pub department: Option<Place>,
    pub parent: Option<String>,
    pub head: Option<Head>,
    /// As typed in the way logins are stored; empty for none.
    pub manager: Option<String>,
    /// Inside: none where the cell is empty.
    pub email: Option<Option<String>>,
    pub mobile: Option<Option<String>>,
    pub skills: Option<Option<String>>,
    pub works_here: Option<bool>,
    /// The file has a column for the department.
    pub says_department: bool,
}

/// A department as a row names it.
pub(super) struct Place {
    /// Where the file gives keys.
    pub key: Option<String>,
    /// Where it gives titles; or one word that is either.
    pub title: Option<String>,
}

/// Who heads the department of a row.
pub(super) enum Head {
    /// Whoever the row is about.
    Themselves,
    Login(String),
}

/// Reads rows and collects what is wrong with them.
pub(super) struct Reader<'s> {
    pub sheet: &'s Sheet,
    pub columns: Columns,
    pub language: Language,
    pub problems: Vec<PeopleProblem>,
}

impl Reader<'_> {
    /// Every row that holds something.
    pub(super) fn lines(&mut self) -> Vec<Line> {
        let has_login =
            [Column::Login, Column::Email, Column::Mobile].iter().any(|one| self.columns.at(*one).is_some());
        if !has_login || self.columns.at(Column::Name).is_none() {
            let (zh, en) = (
                "表头中需要有“姓名”列，以及“账号”“邮箱”“手机”之一".to_owned(),
                "expected a column `name`, and one of `login`, `email`, `mobile`".to_owned(),
            );
            self.problem(1, None, "people.columns", zh, en);
            return Vec::new();
        }
        let sheet = self.sheet;
        let filled =
            sheet.rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.text().trim().is_empty()));
        filled.filter_map(|row| self.line(row)).collect()
    }

    pub(super) fn problem(&mut self, row: u32, column: Option<Column>, code: &str, zh: String, en: String) {
        let header =
            column.and_then(|column| self.columns.at(column)).map(|at| self.sheet.headers[at].clone());
        let message = match self.language {
            Language::Zh => zh,
            Language::En => en,
        };
        self.problems.push(PeopleProblem {
            row,
            column: header.unwrap_or_default(),
            code: code.into(),
            message,
        });
    }

    /// What stands in a column, without surrounding space; none where there is no such column.
    fn cell(&self, row: &SheetRow, column: Column) -> Option<String> {
        let cell = row.cell(self.columns.at(column)?);
        match cell {
            Cell::Error(_) => Some(String::new()),
            Cell::Empty
            | Cell::Text(_)
            | Cell::Number(_)
            | Cell::Boolean(_)
            | Cell::Date(_)
            | Cell::DateTime(_) => Some(cell.text().trim().to_owned()),
        }
    }

    fn filled(&self, row: &SheetRow, column: Column) -> Option<String> {
        self.cell(row, column).filter(|text| !text.is_empty())
    }

    fn line(&mut self, row: &SheetRow) -> Option<Line> {
        let number = u32::try_from(row.number).unwrap_or(u32::MAX);
        let before = self.problems.len();
        for (column, at) in self.columns.known.clone() {
            if let Cell::Error(shown) = row.cell(at) {
                let (zh, en) = (format!("公式出错：`{shown}`"), format!("a formula failed: `{shown}`"));
                self.problem(number, Some(column), "people.formula", zh, en);
            }
        }
        let email = self.contact(row, number, Column::Email, login::mail);
        let mobile = self.contact(row, number, Column::Mobile, login::mobile);
        let given = self.filled(row, Column::Login);
        let given = given.or_else(|| email.clone().flatten()).or_else(|| mobile.clone().flatten());
        let login = given.clone().map(|given| login::check(&given, "/login"));
        let name = self.cell(row, Column::Name).unwrap_or_default();
        if member::name_problem(&name).is_some() {
            let (zh, en) =
                ("请填写姓名，最多 100 个字".into(), "expected a name of 1 to 100 characters".into());
            self.problem(number, Some(Column::Name), "people.name", zh, en);
        }
        let role = self.role(row, number);
        let department = self.place(row, number);
        let skills = self.skills(row, number);
        let works_here = self.filled(row, Column::Status).and_then(|text| {
            let read = columns::works_here(&text);
            if read.is_none() {
                let (zh, en) = (
                    format!("状态应为在职或离职，填写的是 `{text}`"),
                    format!("expected `active` or `disabled`, found `{text}`"),
                );
                self.problem(number, Some(Column::Status), "people.status", zh, en);
            }
            read
        });
        let head = self.filled(row, Column::Head).and_then(|text| match columns::truth(&text) {
            Some(true) => Some(Head::Themselves),
            Some(false) => None,
            None => Some(Head::Login(login::normal(&text))),
        });
        let Some(Ok(login)) = login else {
            let shown = given.unwrap_or_default();
            let (zh, en) = (
                format!(
                    "账号应为邮箱、手机号，或由字母、数字、`.`、`_`、`-` 组成的用户名，填写的是 `{shown}`"
                ),
                format!("expected a mail address, a mobile number or a user name, found `{shown}`"),
            );
            self.problem(number, Some(Column::Login), "people.login", zh, en);
            return None;
        };
        if self.problems.len() > before {
            return None;
        }
        let says = |column| self.columns.at(column).is_some();
        Some(Line {
            row: number,
            login,
            name,
            role,
            says_department: says(Column::Department)
                || says(Column::DepartmentKey)
                || says(Column::DepartmentTitle),
            department,
            parent: self.filled(row, Column::Parent),
            head,
            manager: self.cell(row, Column::Manager).map(|text| login::normal(&text)),
            email,
            mobile,
            skills,
            works_here,
        })
    }

    fn contact(
        &mut self,
        row: &SheetRow,
        number: u32,
        column: Column,
        read: fn(&str) -> Option<String>,
    ) -> Option<Option<String>> {
        let text = self.cell(row, column)?;
        if text.is_empty() {
            return Some(None);
        }
        let found = read(&text);
        if found.is_none() {
            let (zh, en) = (format!("`{text}` 格式不正确"), format!("`{text}` is no address of this kind"));
            self.problem(number, Some(column), "people.contact", zh, en);
        }
        Some(found)
    }

    fn role(&mut self, row: &SheetRow, number: u32) -> Option<Role> {
        let text = self.filled(row, Column::Role)?;
        let role = columns::role(&text);
        if role.is_none() {
            let (zh, en) = (
                format!("没有角色 `{text}`；可用：管理员、设计者、客服、查看者、成员"),
                format!("there is no role `{text}`; expected admin, designer, agent, viewer or member"),
            );
            self.problem(number, Some(Column::Role), "people.role", zh, en);
        }
        role
    }

    fn place(&mut self, row: &SheetRow, number: u32) -> Option<Place> {
        let key = self.filled(row, Column::DepartmentKey);
        if let Some(key) = key.as_deref().filter(|key| !is_key(key)) {
            let (zh, en) = (
                format!("部门编码应以小写字母开头，由小写字母、数字和连字符组成，填写的是 `{key}`"),
                format!("expected lower-case letters, digits and hyphens, found `{key}`"),
            );
            self.problem(number, Some(Column::DepartmentKey), "people.department", zh, en);
        }
        let title =
            self.filled(row, Column::DepartmentTitle).or_else(|| self.filled(row, Column::Department));
        (key.is_some() || title.is_some()).then_some(Place { key, title })
    }

    fn skills(&mut self, row: &SheetRow, number: u32) -> Option<Option<String>> {
        let text = self.cell(row, Column::Skills)?;
        let stored = member::stored_skills(columns::words(&text), "/skills");
        if stored.is_err() {
            let (zh, en) = (
                "最多 50 项技能，每项最多 50 个字".into(),
                "expected at most 50 skills of at most 50 characters".into(),
            );
            self.problem(number, Some(Column::Skills), "people.skills", zh, en);
        }
        stored.ok()
    }
}
