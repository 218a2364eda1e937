//! Story 10: is the formula right? The traffic that so many lines carry at a given loss, beside the
//! figures that traffic tables have printed for a century.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;

use wfm::queueing::erlang_b::{blocking, offered_load};
use wfm::units::{Erlangs, Probability};

/// Lines, share of calls that find them all busy, erlangs as the tables print them (three figures).
const PRINTED: [(u32, f64, f64); 6] = [
    (10, 0.001, 3.09),
    (20, 0.001, 9.41),
    (100, 0.001, 75.2),
    (10, 0.01, 4.46),
    (20, 0.01, 12.0),
    (100, 0.01, 84.1),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("lines   lost  printed  computed  lost again");
    for (lines, lost, printed) in PRINTED {
        let load = offered_load(f64::from(lines), Probability::new(lost)?)?.get();
        let again = blocking(lines, Erlangs::new(load)?).get();
        println!(
            "{lines:>5}  {:>4.1} %  {printed:>7}  {load:>8.4}  {:>8.4} %",
            lost * 100.0,
            again * 100.0
        );
        // Three printed figures allow for half a unit of the last.
        let half = 0.5 * 10f64.powf(printed.log10().floor() - 2.0);
        if (load - printed).abs() > half * 1.000_001 || (again - lost).abs() > 1e-9 {
            return Err(format!("{lines} lines at {lost}: {load}, printed {printed}").into());
        }
    }
    Ok(())
}
