//! Which of the studio's programs draws an address. The server sends that program's page, and each program knows what is not its own.

/// A WebAssembly program of the studio, with a page of its own. Who only works never loads what builders use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Daily work: home, inbox, customers, boards, lists.
    Studio,
    /// Looking after the team: people, apps, definitions, settings; and the pages that come before signing in for the first time.
    Manage,
    /// Drawing a form.
    Designer,
}

/// What `manage` draws: these addresses and everything below them.
const MANAGE: [&str; 11] = [
    "/s/apps",
    "/s/audit",
    "/s/definitions",
    "/s/import",
    "/s/mailbox",
    "/s/settings",
    "/s/start",
    "/forgot",
    "/join",
    "/reset",
    "/setup",
];

impl Program {
    /// The program that draws `path`, an absolute path without query.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let below = |place: &&'static str| {
            path.strip_prefix(*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if MANAGE.iter().any(below) {
            return Self::Manage;
        }
        let form = path.strip_prefix("/s/forms/").unwrap_or_default();
        match form.split_once('/') {
            None if form == "new" => Self::Designer,
            Some((key, "build")) if !key.is_empty() => Self::Designer,
            Some((key, "share")) if !key.is_empty() => Self::Manage,
            Some(_) | None => Self::Studio,
        }
    }

    /// The file name of its page.
    #[must_use]
    pub fn page(self) -> &'static str {
        match self {
            Self::Studio => "index.html",
            Self::Manage => "manage.html",
            Self::Designer => "designer.html",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Program;

    #[test]
    fn every_address_has_one_program() {
        let of = |path| Program::of(path);
        for path in [
            "/",
            "/login",
            "/s",
            "/s/home",
            "/s/forms",
            "/s/forms/nps/submissions",
            "/s/forms/a/b/build",
            "/s/appsx",
        ] {
            assert_eq!(of(path), Program::Studio, "{path}");
        }
        for path in [
            "/s/settings",
            "/s/settings/members",
            "/s/apps/gallery",
            "/setup/abc",
            "/forgot",
            "/join/abc",
            "/s/definitions/1",
            "/s/forms/nps/share",
        ] {
            assert_eq!(of(path), Program::Manage, "{path}");
        }
        for path in ["/s/forms/new", "/s/forms/nps/build"] {
            assert_eq!(of(path), Program::Designer, "{path}");
        }
    }
}
