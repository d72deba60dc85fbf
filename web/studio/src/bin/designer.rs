//! The designers, a program of their own: loaded only by whoever designs.

fn main() {
    studio::designer::start();
}
