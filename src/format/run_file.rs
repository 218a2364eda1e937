use std::time::Duration;

use serde::Serialize;

#[derive(Debug, Serialize)]
struct RunFile {
    version: &'static str,
    seconds: f64,
    threads: usize,
    operating_system: &'static str,
    architecture: &'static str,
}

/// The text of `run.json`: what belongs to one run on one machine and not to the plan.
///
/// # Errors
/// An error of the JSON writer, which does not happen.
pub fn run_json(elapsed: Duration) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&RunFile {
        version: env!("CARGO_PKG_VERSION"),
        seconds: elapsed.as_secs_f64(),
        threads: rayon::current_num_threads(),
        operating_system: std::env::consts::OS,
        architecture: std::env::consts::ARCH,
    })?;
    text.push('\n');
    Ok(text)
}
