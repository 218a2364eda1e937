//! Forecasts of contact volumes.

mod acceptance;
mod clock;
mod generated;
mod laws;
mod planning;
mod series;

use std::sync::atomic::{AtomicUsize, Ordering};

use wfm::forecasting::{Days, IntervalState};
use wfm::format::{SeriesFile, SeriesLayout, read_series};
use wfm::workforce::{Fault, FaultCode, Faults};

/// Reads a series from the bytes of a file.
fn read_bytes(bytes: &[u8], layout: &SeriesLayout) -> Result<SeriesFile, Faults> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let (process, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let file = std::env::temp_dir().join(format!("wfm-series-{process}-{number}.csv"));
    std::fs::write(&file, bytes).unwrap();
    let read = read_series(&file, layout);
    std::fs::remove_file(&file).unwrap();
    read
}

fn read(text: &str, layout: &SeriesLayout) -> SeriesFile {
    read_bytes(text.as_bytes(), layout).unwrap_or_else(|faults| panic!("{faults}"))
}

fn faults(text: &str, layout: &SeriesLayout) -> Vec<Fault> {
    read_bytes(text.as_bytes(), layout).unwrap_err().into_vec()
}

/// The one fault of a file, of this kind, in this row, with these words.
#[track_caller]
fn refused(text: &str, layout: &SeriesLayout, code: FaultCode, row: Option<u64>, words: &str) {
    let faults = faults(text, layout);
    let [fault] = faults.as_slice() else {
        panic!("{faults:?}")
    };
    assert_eq!((fault.code, fault.place.row), (code, row), "{fault}");
    assert!(fault.to_string().contains(words), "{fault}");
    assert!(!fault.action.is_empty());
}

/// The state of an interval, days and intervals counted from 0.
fn state(days: &Days, day: usize, interval: usize) -> IntervalState {
    days.rows()[day][interval]
}

/// Numbers from 0 to 1 that are always the same (Steele, Lea and Flood 2014, splitmix64).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// A Poisson count; beyond 500 the rounded normal with the same variance.
    fn count(&mut self, mean: f64) -> f64 {
        if mean > 500.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0);
        }
        let (mut count, mut left) = (0.0, mean);
        loop {
            left += (1.0 - self.uniform()).ln();
            if left < 0.0 {
                return count;
            }
            count += 1.0;
        }
    }
}
