//! How often the disk can be made to keep something: what bounds every database on it.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::row;

const LENGTH: Duration = Duration::from_secs(2);
const PAGE: usize = 4_096;

/// Appends a page and syncs it, over and over.
pub(crate) fn print(folder: &Path) -> Result<()> {
    let mut file = File::create(folder.join("synced"))?;
    let began = Instant::now();
    let mut times = 0_u32;
    while began.elapsed() < LENGTH {
        file.write_all(&[7; PAGE])?;
        file.sync_data()?;
        times += 1;
    }
    let rate = f64::from(times) / began.elapsed().as_secs_f64();
    row("4 KiB written and synced", &format!("{rate:.0} /s"));
    Ok(())
}
