//! People and departments: who stands below whom, who answers to whom, who is there.

mod departments;
