//! Clients that submit one answer after the other, each as soon as the one before is on disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use form_engine::Language;
use huiyin::app::App;
use huiyin::catalog::LiveForm;
use huiyin::ids::TeamId;
use huiyin::services::submit::{Submission, submit};
use serde_json::json;

use crate::row;

/// Long enough to warm up.
pub(crate) const SHORT: Duration = Duration::from_secs(1);
/// Long enough to measure.
pub(crate) const LONG: Duration = Duration::from_secs(4);

const ABOUT: [&str; 4] = ["product", "service", "delivery", "price"];
const REGION: [&str; 5] = ["east", "south", "north", "southwest", "central"];
const PRODUCT: [&str; 4] = ["purifier", "robot", "lock", "water"];

/// Numbers every answer of the run, so that no contact comes twice.
static ANSWERS: AtomicU64 = AtomicU64::new(0);

/// What a run of clients saw.
pub(crate) struct Measured {
    waits: Vec<Duration>,
    elapsed: Duration,
    processor: Duration,
}

/// Lets `clients` submit for a while.
pub(crate) async fn run(app: &App, team: TeamId, clients: usize, length: Duration) -> Result<Measured> {
    let form = app.catalog(team).await?.form("nps")?.clone();
    let (began, processor) = (Instant::now(), processor_time()?);
    let clients: Vec<_> =
        (0..clients).map(|_| tokio::spawn(client(app.clone(), form.clone(), began + length))).collect();
    let mut waits = Vec::new();
    for client in clients {
        waits.extend(client.await??);
    }
    waits.sort_unstable();
    Ok(Measured { waits, elapsed: began.elapsed(), processor: processor_time()? - processor })
}

async fn client(app: App, form: Arc<LiveForm>, until: Instant) -> Result<Vec<Duration>> {
    let mut waits = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        submit(&app, answer(&form)).await?;
        waits.push(began.elapsed());
    }
    Ok(waits)
}

/// A low score from somebody new.
pub(crate) fn answer(form: &Arc<LiveForm>) -> Submission {
    let number = ANSWERS.fetch_add(1, Ordering::Relaxed);
    let turn = usize::try_from(number).unwrap_or_default();
    let data = json!({
        "score": number % 7,
        "reason": "上门安装晚了两天，客服电话一直占线。",
        "about": ABOUT[turn % ABOUT.len()],
        "region": REGION[turn % REGION.len()],
        "product": PRODUCT[turn % PRODUCT.len()],
        "contact": format!("customer{number}@example.com"),
    });
    Submission {
        form: form.clone(),
        data,
        channel: "api".to_owned(),
        language: Language::Zh,
        kept: Vec::new(),
        by: None,
        key: Some(format!("answer-{number}")),
        invitation: None,
        device: None,
        once: None,
        known: Vec::new(),
        past_ms: None,
    }
}

impl Measured {
    /// One line: how long a client waits, and what all of them get done.
    pub(crate) fn print(&self, clients: usize) {
        let answers = self.waits.len();
        let rate = answers as f64 / self.elapsed.as_secs_f64();
        let processor = self.processor.as_secs_f64() * 1e6 / answers.max(1) as f64;
        let (median, late) = (milliseconds(&self.waits, 0.5), milliseconds(&self.waits, 0.99));
        row(
            &format!("low score to ticket on disk, {clients} at once"),
            &format!(
                "p50 {median:.1} ms, p99 {late:.1} ms, {rate:.0} /s, {processor:.0} µs of processor each"
            ),
        );
    }
}

/// The wait that the given share stays under, of sorted waits.
pub(crate) fn milliseconds(sorted: &[Duration], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share) as usize;
    let wait = sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default();
    wait.as_secs_f64() * 1e3
}

/// Processor time of this process so far, all threads: fields 14 and 15 of its `stat`, in hundredths of a second.
fn processor_time() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    let ticks: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}
