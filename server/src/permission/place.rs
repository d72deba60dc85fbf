//! What people may do with a form that no role speaks of.

use api_types::Role;

use super::role::{Rows, Verb, Verbs};

/// Rows and verbs by the place a person has in the team.
pub fn place(role: Role) -> (Rows, Verbs) {
    use Verb::{Add, Delete, Edit, Export, Print, See};
    match role {
        Role::Owner | Role::Admin | Role::Designer => {
            (Rows::All, Verbs::of(&[See, Add, Edit, Delete, Export, Print]))
        }
        Role::Agent => (Rows::All, Verbs::of(&[See, Add, Edit, Export, Print])),
        Role::Viewer => (Rows::All, Verbs::of(&[See, Add, Export, Print])),
        Role::Member => (Rows::Own, Verbs::of(&[See, Add, Print])),
    }
}
