//! Looking after a team: a program of its own, so that daily work does not load it.

fn main() {
    studio::manage::start();
}
