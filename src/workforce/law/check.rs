//! Parameters of a law that contradict each other.

use std::time::Duration;

use super::{BreakLaw, LabourLaw, LawPremium, NightWorker, RestPeriod, WeeklyRest};
use crate::workforce::{Fault, FaultCode};

const DAY_HOURS: f64 = 24.0;
const WEEK_HOURS: f64 = 168.0;

/// Collects faults of one law.
struct Found<'a> {
    law: &'a LabourLaw,
    faults: Vec<Fault>,
}

impl Found<'_> {
    fn add(&mut self, key: &str, code: FaultCode, what: impl Into<String>, action: &str) {
        let path = format!("{}.{key}", self.law.id);
        self.faults.push(Fault::at(path, code, what, action));
    }

    fn clash(&mut self, is_wrong: bool, key: &str, what: &str, action: &str) {
        if is_wrong {
            self.add(key, FaultCode::ImpossibleLimits, what, action);
        }
    }

    /// Hours above nothing and at most so many.
    fn hours(&mut self, key: &str, hours: Option<f64>, most: f64) {
        if let Some(hours) = hours
            && !(hours > 0.0 && hours <= most)
        {
            self.add(
                key,
                FaultCode::OutOfRange,
                format!("{hours} hours"),
                &format!("give hours above 0 and at most {most}"),
            );
        }
    }
}

impl LabourLaw {
    /// The parameters that contradict each other or are out of range; empty when there are none.
    pub fn check(&self) -> Vec<Fault> {
        let mut found = Found {
            law: self,
            faults: Vec::new(),
        };
        let reversed = self.valid_until.is_some_and(|last| last < self.valid_from);
        found.clash(
            reversed,
            "valid_until",
            "it ends before it begins",
            "give a last day not before the first",
        );
        rests(&mut found);
        hours(&mut found);
        night(&mut found);
        breaks(&mut found, &self.breaks);
        for (k, premium) in self.premiums.iter().enumerate() {
            premium_of(&mut found, k, premium);
        }
        found.faults
    }
}

fn rests(found: &mut Found<'_>) {
    let law = found.law;
    let day = Duration::from_secs(86_400);
    let daily = law.daily_rest.unwrap_or_default();
    found.clash(
        daily >= day,
        "daily_rest",
        "the rest takes the whole day",
        "give less than 24 hours",
    );
    if let Some(short) = law.short_rest {
        found.clash(
            short.least >= daily || short.once_in_days == 0,
            "short_rest",
            "the exception is not shorter than the rule, or never happens",
            "give less than the daily rest and at least one day",
        );
    }
    for (k, rest) in law.weekly_rest.iter().enumerate() {
        weekly(found, k, rest);
    }
    for (k, rest) in law.night_rests.iter().enumerate() {
        found.clash(
            rest.nights == 0,
            &format!("night_rests[{k}].nights"),
            "a rest after no night shift",
            "give at least one",
        );
    }
    found.clash(
        law.consecutive_days == Some(0),
        "consecutive_days",
        "nobody may work",
        "give at least one day",
    );
}

fn weekly(found: &mut Found<'_>, k: usize, rest: &WeeklyRest) {
    let key = format!("weekly_rest[{k}]");
    let stretch = Duration::from_secs(86_400) * rest.days;
    found.clash(
        rest.days > 366,
        &key,
        "the rest may wait for more than a year",
        "give at most 366 days",
    );
    found.clash(
        rest.total >= stretch,
        &key,
        "the rest takes all the time in which it must lie",
        "give less rest or more days",
    );
    found.clash(
        rest.piece > rest.total || rest.piece.is_zero(),
        &key,
        "a piece is longer than the rest, or nothing",
        "give pieces no longer than the rest",
    );
    found.clash(
        rest.period == RestPeriod::CalendarWeeks && (rest.days != 7 || rest.piece != rest.total),
        &key,
        "in calendar weeks the rest is one piece in 7 days",
        "give 7 days and one piece, or count from each shift",
    );
}

fn hours(found: &mut Found<'_>) {
    let law = found.law;
    found.hours("day_hours", law.day_hours, DAY_HOURS);
    found.hours("week_hours", law.week_hours, WEEK_HOURS);
    found.hours("year_hours", law.year_hours, 366.0 * DAY_HOURS);
    found.hours("overtime.day_hours", law.overtime.day_hours, DAY_HOURS);
    found.hours("overtime.week_hours", law.overtime.week_hours, WEEK_HOURS);
    let above = |lower: Option<f64>, upper: Option<f64>| {
        lower.zip(upper).is_some_and(|(lower, upper)| lower > upper)
    };
    let span = law.span.map(|s| s.as_secs_f64() / 3600.0);
    found.clash(
        above(law.day_hours, span),
        "span",
        "the hours of a day do not fit into its span",
        "lengthen the span or allow fewer hours",
    );
    let rest = law.short_rest.map(|s| s.least).or(law.daily_rest);
    let left = rest.map(|r| DAY_HOURS - r.as_secs_f64() / 3600.0);
    found.clash(
        above(law.day_hours, left),
        "day_hours",
        "the hours of a day and its rest are more than 24",
        "allow fewer hours or less rest",
    );
    let ordinary = law.overtime;
    found.clash(
        above(ordinary.day_hours, law.day_hours),
        "overtime.day_hours",
        "more ordinary hours a day than hours in all",
        "give at most `day_hours`",
    );
    found.clash(
        above(ordinary.week_hours, law.week_hours),
        "overtime.week_hours",
        "more ordinary hours a week than hours in all",
        "give at most `week_hours`",
    );
    for (k, average) in law.average_hours.iter().enumerate() {
        let key = format!("average_hours[{k}]");
        found.hours(&key, Some(average.hours), WEEK_HOURS);
        found.clash(
            !(1..=104).contains(&average.weeks) || above(Some(average.hours), law.week_hours),
            &key,
            "an average over no week or over many years, or above what any week allows",
            "give 1 to 104 weeks and at most `week_hours`",
        );
    }
}

fn night(found: &mut Found<'_>) {
    let law = found.law;
    let needs = law.class_limits.is_some()
        || law.night_worker.is_some()
        || !law.night_rests.is_empty()
        || law.premiums.iter().any(|p| p.night);
    found.clash(
        needs && law.night.is_none(),
        "night",
        "there are rules about nights and no hours that are night",
        "give the night band",
    );
    if let Some(night) = law.night {
        found.hours("night.shift_hours", Some(night.shift_hours), DAY_HOURS);
    }
    if let Some(limits) = law.class_limits {
        for (key, class) in [
            ("class_limits.day", limits.day),
            ("class_limits.mixed", limits.mixed),
            ("class_limits.night", limits.night),
        ] {
            found.hours(key, Some(class.day), law.day_hours.unwrap_or(DAY_HOURS));
            found.hours(key, Some(class.week), law.week_hours.unwrap_or(WEEK_HOURS));
            found.clash(
                class.day > class.week,
                key,
                "a day has more hours than the week",
                "give a week at least as long as a day",
            );
        }
    }
    if let Some(worker) = &law.night_worker {
        night_worker(found, worker);
    }
}

fn night_worker(found: &mut Found<'_>, worker: &NightWorker) {
    if !(0.0..=1.0).contains(&worker.share) {
        let what = format!("a share of {}", worker.share);
        let action = "give a fraction from 0 to 1";
        found.add("night_worker.share", FaultCode::OutOfRange, what, action);
    }
    let most = found.law.day_hours.unwrap_or(DAY_HOURS);
    found.hours("night_worker.shift_hours", worker.shift_hours, most);
    for (k, average) in worker.averages.iter().enumerate() {
        let key = format!("night_worker.averages[{k}]");
        let most = found.law.week_hours.unwrap_or(WEEK_HOURS);
        found.hours(&key, Some(average.hours), most);
        found.clash(
            !(1..=104).contains(&average.weeks),
            &key,
            "an average over no week or over many years",
            "give 1 to 104 weeks",
        );
    }
}

fn breaks(found: &mut Found<'_>, breaks: &BreakLaw) {
    for (k, band) in breaks.bands.iter().enumerate() {
        let key = format!("breaks.bands[{k}]");
        found.clash(
            band.piece > band.least || band.most.is_some_and(|most| most < band.least),
            &key,
            "a piece is longer than the break, or the longest break is shorter than it",
            "order piece, least and most",
        );
        let reversed = band.window.is_some_and(|(from, to)| from > to);
        found.clash(
            reversed,
            &key,
            "its window is reversed",
            "give the earliest start first",
        );
    }
    for (k, pause) in breaks.pauses.iter().enumerate() {
        found.clash(
            pause.every <= pause.least || pause.tolerance.is_some_and(|t| t > pause.every / 2),
            &format!("breaks.pauses[{k}]"),
            "pauses meet each other",
            "let them come less often or more exactly",
        );
    }
    for (k, stretch) in breaks.stretches.iter().enumerate() {
        found.clash(
            stretch.most.is_zero() || stretch.piece.is_zero(),
            &format!("breaks.stretches[{k}]"),
            "no time may be worked, or a break of no length ends a stretch",
            "give both a length",
        );
    }
}

fn premium_of(found: &mut Found<'_>, k: usize, premium: &LawPremium) {
    let key = format!("premiums[{k}]");
    if !(premium.share.is_finite() && premium.share >= 0.0) {
        let what = format!("a share of {}", premium.share);
        found.add(&key, FaultCode::OutOfRange, what, "give a fraction from 0");
    }
    if let Some(range) = premium.overtime {
        found.clash(
            range.to.is_some_and(|to| to <= range.from)
                || range.year_to.is_some_and(|to| to <= range.year_from),
            &key,
            "its overtime hours end before they begin",
            "give a range that is not empty",
        );
    }
}
