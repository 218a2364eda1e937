use std::fmt::Write;

use super::text::{aligned, number, percent};
use crate::planning::LiveTrial;

/// What a simulation says of a plan, in a terminal: each live queue over the horizon with the chance
/// that a day, a week and a month keep the promise, and each of its days.
///
/// `replications` and `seed` are those of the run.
pub fn trial_summary(trials: &[LiveTrial], replications: u32, seed: u64) -> String {
    let mut out = format!(
        "{} simulated horizons, seed {seed}\n\nQueues\n",
        number(f64::from(replications), 0)
    );
    if trials.is_empty() {
        out.push_str("  The plan has no live queue: there is nothing to simulate.\n");
        return out;
    }
    let header = [
        "queue",
        "offered",
        "promise",
        "formula",
        "simulated",
        "day",
        "week",
        "month",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for trial in trials {
        let (queue, seen) = (&trial.queue, &trial.horizon);
        let promise = format!(
            "{} in {} s a{} {}",
            percent(queue.share.get(), 0),
            queue.answer_within.as_secs_f64(),
            if queue.scope.word() == "interval" {
                "n"
            } else {
                ""
            },
            queue.scope.word()
        );
        rows.push(vec![
            queue.id.to_string(),
            number(queue.contacts(), 0),
            promise,
            (queue.by_formula).map_or_else(|| "–".to_owned(), |level| percent(level.get(), 1)),
            mean(seen.service_level.get(), seen.half_width),
            percent(seen.day.get(), 1),
            percent(seen.week.get(), 1),
            percent(seen.month.get(), 1),
        ]);
    }
    out.push_str(&aligned(&rows));
    out.push_str("\nDays\n");
    let header = ["queue", "day", "offered", "simulated", "chance"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for trial in trials {
        for day in trial.days.iter().filter(|day| day.level.offered > 0.0) {
            rows.push(vec![
                trial.queue.id.to_string(),
                day.date.format("%a %F").to_string(),
                number(day.level.offered, 0),
                mean(day.level.mean, day.level.half_width()),
                percent(day.level.chance, 1),
            ]);
        }
    }
    out.push_str(&aligned(&rows));
    if trials.iter().any(|trial| trial.replications < replications) {
        out.push_str("\nThe time was over before all horizons of every queue were simulated.\n");
    }
    let _ = writeln!(
        out,
        "\nSimulated: share in time ± 95 %. Day, week, month and chance: how likely such a stretch \
         keeps the share promised."
    );
    out
}

fn mean(value: f64, half_width: f64) -> String {
    format!("{} ± {:.1}", percent(value, 1), half_width * 100.0)
}
