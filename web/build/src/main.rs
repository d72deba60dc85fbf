#![doc = include_str!("../README.md")]

mod budget;
mod dist;
mod icons;
mod place;
mod public;
mod step;
mod studio;
mod tool;
mod toolchain;
mod verdicts;
mod wasm;

use anyhow::bail;
use dist::Dist;
use place::Place;
use step::Steps;
use toolchain::Toolchain;

/// Everything a part needs to build itself.
pub struct Build {
    place: Place,
    steps: Steps,
    toolchain: Toolchain,
    /// Fast to make instead of small: no optimiser, no minifying.
    dev: bool,
    /// With the page that shows every component, which no release has.
    catalogue: bool,
}

fn main() -> anyhow::Result<()> {
    let wish = Wish::parse(std::env::args().skip(1))?;
    let place = Place::find()?;
    let build = Build {
        steps: Steps::open(place.cache.join(if wish.dev { "dev" } else { "release" })),
        toolchain: Toolchain::find(&place)?,
        dev: wish.dev,
        catalogue: wish.dev || wish.catalogue,
        place,
    };
    if wish.verdicts {
        return verdicts::ask(&build);
    }
    let mut dist = Dist::default();
    if wish.public {
        public::build(&build, &mut dist)?;
    }
    if wish.studio {
        studio::build(&build, &mut dist)?;
    }
    let weighed = if wish.budget { budget::check(&dist) } else { Ok(()) };
    // Also what is too heavy can be looked at.
    dist.write(&build.place.dist, wish.public && wish.studio)?;
    weighed
}

/// What the command line asks for.
struct Wish {
    dev: bool,
    public: bool,
    studio: bool,
    budget: bool,
    catalogue: bool,
    /// Nothing for `web/dist`: a test.
    verdicts: bool,
}

impl Wish {
    fn parse(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut wish =
            Wish { dev: false, public: true, studio: true, budget: false, catalogue: false, verdicts: false };
        while let Some(argument) = arguments.next() {
            match (argument.as_str(), arguments_value(&argument, &mut arguments).as_deref()) {
                ("--dev", _) => wish.dev = true,
                ("--budget", _) => wish.budget = true,
                ("--catalogue", _) => wish.catalogue = true,
                ("--only", Some("public")) => wish.studio = false,
                ("--only", Some("studio")) => wish.public = false,
                ("--only", Some("verdicts")) => wish.verdicts = true,
                _ => bail!(
                    "expected `--dev`, `--budget`, `--catalogue` or `--only` with `public`, `studio` or `verdicts`, found `{argument}`"
                ),
            }
        }
        Ok(wish)
    }
}

/// The value of an option that has one.
fn arguments_value(option: &str, arguments: &mut impl Iterator<Item = String>) -> Option<String> {
    if option == "--only" { arguments.next() } else { None }
}
