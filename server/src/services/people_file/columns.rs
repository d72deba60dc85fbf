//! Which column of a file of people says what, told from its header in Chinese or English; and the words of cells.

use api_types::Role;

use crate::tabular::Sheet;

/// What a column says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Login,
    Name,
    Role,
    /// Key or title of their department.
    Department,
    DepartmentKey,
    DepartmentTitle,
    /// Key or title of the department above theirs.
    Parent,
    /// Who heads their department: a login, or yes where it is them.
    Head,
    /// Login of whom they answer to.
    Manager,
    Email,
    Mobile,
    Skills,
    /// Whether they work here.
    Status,
}

use Column::{
    Department, DepartmentKey, DepartmentTitle, Email, Head, Login, Manager, Mobile, Name, Parent, Skills,
    Status,
};

/// Headers as written without case, spaces, `_`, `-`, `*` and what stands in brackets.
const HEADERS: &[(&str, Column)] = &[
    ("login", Login),
    ("account", Login),
    ("username", Login),
    ("loginname", Login),
    ("账号", Login),
    ("帐号", Login),
    ("登录名", Login),
    ("登录账号", Login),
    ("用户名", Login),
    ("name", Name),
    ("fullname", Name),
    ("姓名", Name),
    ("名字", Name),
    ("role", Column::Role),
    ("角色", Column::Role),
    ("department", Department),
    ("dept", Department),
    ("部门", Department),
    ("所属部门", Department),
    ("departmentkey", DepartmentKey),
    ("departmentcode", DepartmentKey),
    ("deptkey", DepartmentKey),
    ("部门编码", DepartmentKey),
    ("部门编号", DepartmentKey),
    ("部门代码", DepartmentKey),
    ("部门标识", DepartmentKey),
    ("departmenttitle", DepartmentTitle),
    ("departmentname", DepartmentTitle),
    ("部门名称", DepartmentTitle),
    ("parentdepartment", Parent),
    ("departmentparent", Parent),
    ("上级部门", Parent),
    ("上级部门编码", Parent),
    ("上级部门名称", Parent),
    ("departmenthead", Head),
    ("head", Head),
    ("headofdepartment", Head),
    ("部门负责人", Head),
    ("部门主管", Head),
    ("负责人", Head),
    ("manager", Manager),
    ("managerlogin", Manager),
    ("reportsto", Manager),
    ("上级", Manager),
    ("上级账号", Manager),
    ("直属上级", Manager),
    ("直接上级", Manager),
    ("汇报对象", Manager),
    ("email", Email),
    ("mail", Email),
    ("emailaddress", Email),
    ("邮箱", Email),
    ("电子邮箱", Email),
    ("邮件", Email),
    ("mobile", Mobile),
    ("mobilenumber", Mobile),
    ("phone", Mobile),
    ("手机", Mobile),
    ("手机号", Mobile),
    ("手机号码", Mobile),
    ("电话", Mobile),
    ("skills", Skills),
    ("技能", Skills),
    ("技能标签", Skills),
    ("status", Status),
    ("状态", Status),
    ("在职状态", Status),
];

impl Column {
    /// For programs.
    pub(super) fn means(self) -> &'static str {
        match self {
            Login => "login",
            Name => "name",
            Self::Role => "role",
            Department => "department",
            DepartmentKey => "department_key",
            DepartmentTitle => "department_title",
            Parent => "parent",
            Head => "head",
            Manager => "manager",
            Email => "email",
            Mobile => "mobile",
            Skills => "skills",
            Status => "status",
        }
    }
}

/// The columns of a file.
pub(super) struct Columns {
    /// Where each stands; the first of two that mean the same.
    pub known: Vec<(Column, usize)>,
    /// Headers that mean nothing.
    pub ignored: Vec<String>,
}

impl Columns {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut columns = Self { known: Vec::new(), ignored: Vec::new() };
        for (index, header) in sheet.headers.iter().enumerate() {
            let bare = bare(header);
            let found = HEADERS.iter().find(|(word, _)| *word == bare).map(|(_, column)| *column);
            match found.filter(|column| columns.at(*column).is_none()) {
                Some(column) => columns.known.push((column, index)),
                None => columns.ignored.push(header.clone()),
            }
        }
        columns
    }

    /// Where a column stands.
    pub(super) fn at(&self, column: Column) -> Option<usize> {
        self.known.iter().find(|(known, _)| *known == column).map(|(_, index)| *index)
    }
}

fn bare(header: &str) -> String {
    let outside = header.split(['(', '（', '[', '【']).next().unwrap_or_default();
    outside
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '*' | '＊'))
        .collect()
}

/// A role in either language.
pub(super) fn role(text: &str) -> Option<Role> {
    match text.to_lowercase().as_str() {
        "owner" | "所有者" => Some(Role::Owner),
        "admin" | "administrator" | "管理员" => Some(Role::Admin),
        "designer" | "设计者" | "设计师" | "搭建者" => Some(Role::Designer),
        "agent" | "客服" | "坐席" | "座席" | "专员" | "处理人" => Some(Role::Agent),
        "viewer" | "查看者" | "只读" | "观察者" => Some(Role::Viewer),
        "member" | "成员" | "普通成员" | "员工" => Some(Role::Member),
        _ => None,
    }
}

/// Yes or no in either language.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "是" | "√" | "✓" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "-" => Some(false),
        _ => None,
    }
}

/// Works here, or not any more.
pub(super) fn works_here(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "active" | "enabled" | "employed" | "在职" | "启用" | "正常" | "试用" => Some(true),
        "disabled" | "inactive" | "left" | "离职" | "停用" | "禁用" => Some(false),
        other => truth(other),
    }
}

/// Several words in one cell.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts = text.split([',', '，', ';', '；', '、', '|', '\n']);
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told_however_they_are_spaced_marked_and_explained() {
        for (header, column) in [
            ("账号*", Login),
            ("User name", Login),
            (" 部门编码（英文）", DepartmentKey),
            ("Department_Key", DepartmentKey),
            ("E-mail", Email),
            ("手机号码(11位)", Mobile),
            ("Reports to", Manager),
        ] {
            let found = HEADERS.iter().find(|(word, _)| *word == bare(header)).map(|(_, column)| *column);
            assert_eq!(found, Some(column), "{header}");
        }
    }

    #[test]
    fn every_header_is_written_bare_and_once() {
        for (index, (word, _)) in HEADERS.iter().enumerate() {
            assert_eq!(*word, bare(word));
            assert!(HEADERS[..index].iter().all(|(other, _)| other != word), "{word}");
        }
    }
}
