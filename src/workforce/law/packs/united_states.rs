use std::time::Duration;

use super::super::{BreakBand, LabourLaw, LawPremium, Overtime, OvertimeRange, Pause, Stretch};
use super::{day, hours, texts};

/// Federal law: half as much again beyond 40 hours a week, and nothing else.
fn federal(id: &str, name: &str) -> LabourLaw {
    let mut law = LabourLaw::none(id, name, day(1940, 10, 24));
    law.sources = texts([
        "Fair Labor Standards Act, 29 U.S.C. 207; the week of overtime is Monday to Sunday here",
    ]);
    law.overtime = Overtime::beyond_week(40.0);
    let overtime = LawPremium::new("overtime", 0.5).for_overtime(OvertimeRange::ANY);
    law.premiums = vec![overtime];
    law
}

pub(super) fn texas() -> LabourLaw {
    federal("US-TX", "United States, Texas")
}

pub(super) fn washington() -> LabourLaw {
    let mut law = federal("US-WA", "United States, Washington");
    law.valid_from = day(1976, 12, 30);
    law.sources.extend(texts([
        "WAC 296-126-092: a meal of 30 minutes begun in hours 2 to 5 when more than 5 are worked, \
         10 paid minutes for 4 hours, no more than 3 hours without",
        "the second meal of long days is not asked for",
    ]));
    law.breaks.bands = vec![BreakBand {
        window: Some((hours(2), hours(5))),
        ..BreakBand::more_than(300, 30)
    }];
    law.breaks.pauses = vec![Pause {
        every: hours(4),
        least: Duration::from_secs(600),
        paid: true,
        tolerance: None,
    }];
    law.breaks.stretches = vec![Stretch {
        most: hours(3),
        piece: Duration::from_secs(600),
    }];
    law
}
