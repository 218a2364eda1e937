//! What the examples share: how they begin, how they show progress, and how they end.
#![allow(
    dead_code,
    clippy::print_stderr,
    reason = "each example uses a part, and talks to its user"
)]

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use wfm::milp::{Event, Observer};

pub(crate) type Failure = Box<dyn Error>;

/// Says what went wrong, and ends accordingly.
pub(crate) fn exit(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The time limit as a duration.
pub(crate) fn time_limit(seconds: f64) -> Result<Duration, Failure> {
    if !(seconds.is_finite() && seconds > 0.0) {
        return Err("--time-limit must be above 0 seconds".into());
    }
    Ok(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// Refuses a gap that is none.
pub(crate) fn require_gap(gap: f64) -> Result<(), Failure> {
    if (0.0..1.0).contains(&gap) {
        Ok(())
    } else {
        Err("--gap must be a fraction from 0 to below 1".into())
    }
}

/// The folder of the real histories: what was named, else `data` below `WFM_SHARED` or `../shared`.
pub(crate) fn data_folder(named: Option<&Path>) -> PathBuf {
    named.map_or_else(
        || {
            let shared = std::env::var_os("WFM_SHARED");
            shared
                .map_or_else(|| "../shared".into(), PathBuf::from)
                .join("data")
        },
        Path::to_owned,
    )
}

/// Works on so many threads; on all cores when left out.
pub(crate) fn use_threads(threads: Option<NonZeroUsize>) -> Result<(), Failure> {
    if let Some(threads) = threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()?;
    }
    Ok(())
}

/// Says so before the search rather than after it when the answer cannot be written.
pub(crate) fn require_place(flag: &str, out: &Path) -> Result<(), String> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    if out.is_dir() || out.file_name().is_none() {
        return Err(format!("{flag} {} is no name of a file", out.display()));
    }
    match folder {
        Some(folder) if !folder.is_dir() => {
            Err(format!("{flag}: there is no folder {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes the whole file or leaves everything as it was. What a link points to is replaced, not
/// the link; a pipe or a device is written to.
pub(crate) fn replace(out: &Path, text: &str) -> Result<(), String> {
    let failed = |e| format!("{} cannot be written: {e}", out.display());
    if fs::metadata(out).is_ok_and(|there| !there.is_file()) {
        return fs::write(out, text).map_err(failed);
    }
    let target = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let draft = target.with_file_name(format!(".{name}.{}.draft", std::process::id()));
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &target));
    written.map_err(|e| {
        // The draft may not even have come into being.
        let _ = fs::remove_file(&draft);
        failed(e)
    })
}

/// Prints, and ends quietly when nobody reads on.
pub(crate) fn tell(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}

/// Shows progress on a terminal, and nothing elsewhere; gone with the end of the work.
#[derive(Debug)]
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Result<Self, Failure> {
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::with_template("{spinner} {elapsed} {msg}")?);
        Ok(Self(bar))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Observer for Bar {
    fn on(&self, event: &Event) {
        match event {
            Event::Stage { name } => self.0.set_message((*name).to_owned()),
            Event::Bound { bound } => self.0.set_message(format!("bound {bound:.0}")),
            Event::Incumbent { cost, bound } => {
                let gap = (cost - bound) / cost.max(f64::MIN_POSITIVE) * 100.0;
                let text = format!("cost {cost:.0}, bound {bound:.0}, gap {gap:.2} %");
                self.0.set_message(text);
            }
            Event::Step { done, total } => self.0.set_message(format!("step {done} of {total}")),
            _ => {}
        }
        self.0.tick();
    }
}
