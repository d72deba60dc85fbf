//! How many bytes a first visit may cost, compressed.

use std::fmt;

use anyhow::bail;

use crate::dist::Dist;

/// Files that are loaded together, and what they may weigh together.
struct Budget {
    name: &'static str,
    limit: usize,
    counts: fn(&str) -> bool,
}

const BUDGETS: [Budget; 6] = [
    Budget {
        name: "public scripts and module",
        limit: 90_000,
        counts: |file| file.starts_with("public/") && (file.ends_with(".js") || file.ends_with(".wasm")),
    },
    Budget {
        name: "the script in other people's pages",
        limit: 5_000,
        counts: |file| file.starts_with("embed/"),
    },
    Budget {
        name: "public styles",
        limit: 15_000,
        counts: |file| file.starts_with("public/") && file.ends_with(".css"),
    },
    Budget {
        name: "studio, first load",
        // 700 kB is the promise; this holds what was reached, with room for the toolchains' differences.
        limit: 680_000,
        counts: |file| {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            matches!(stem, "studio/boot" | "studio/studio" | "studio/sprite")
        },
    },
    Budget {
        name: "looking after the team, beyond the studio's files",
        // Settings, people, roles, apps and everything about sharing a form.
        limit: 815_000,
        counts: |file| file.rsplit_once('.').map_or(file, |(stem, _)| stem) == "studio/manage",
    },
    Budget {
        name: "designers, beyond the studio's files",
        // Panels for every kind of question, all rules, their trace and picture, versions and the look; ready forms come
        // from the server. What each change of 200 questions leaves alone costs some 15 kB of bookkeeping.
        limit: 700_000,
        counts: |file| file.rsplit_once('.').map_or(file, |(stem, _)| stem) == "studio/designer",
    },
];

/// What one budget came to.
struct Weight {
    name: &'static str,
    bytes: usize,
    limit: usize,
}

impl fmt::Display for Weight {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} bytes gz of at most {}", self.name, self.bytes, self.limit)
    }
}

/// Prints every budget and what of it is used.
///
/// # Errors
///
/// Something weighs more than it may.
pub fn check(dist: &Dist) -> anyhow::Result<()> {
    let files = dist.weights()?;
    let weights = BUDGETS.map(|budget| Weight {
        name: budget.name,
        bytes: files.iter().filter(|(file, _)| (budget.counts)(file)).map(|(_, bytes)| bytes).sum(),
        limit: budget.limit,
    });
    for weight in &weights {
        println!("web: {weight}");
    }
    match weights.iter().find(|weight| weight.bytes > weight.limit) {
        Some(weight) => bail!("over budget: {weight}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dist(public_wasm: usize) -> Dist {
        let noise = |length: usize| {
            // Incompressible enough: the low bytes of a multiplicative sequence.
            (0..length as u64)
                .map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8 ^ (i >> 8) as u8)
                .collect()
        };
        let mut dist = Dist::default();
        dist.add("public/client.wasm", noise(public_wasm));
        dist.add("studio/charts.js", noise(2_000_000));
        dist
    }

    #[test]
    fn what_is_loaded_later_is_not_counted() {
        check(&dist(100)).unwrap();
    }

    #[test]
    fn a_heavy_public_module_is_refused() {
        let problem = check(&dist(4_000_000)).unwrap_err().to_string();
        assert!(problem.starts_with("over budget: public scripts and module"), "{problem}");
    }
}
