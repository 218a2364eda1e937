//! The answer to an instance. Keys and lists are in a fixed order and one entry takes one line, so
//! equal answers give equal files but for the seconds.

use serde::{Serialize, Serializer};

use super::{DESIGN, WeekFormat};
use crate::milp::Termination;
use crate::scheduling::design::{DesignPlan, DesignProblem, DesignedShift};
use crate::scheduling::week::{
    BreakStart, Missing, PlannedShifts, Serving, Week, WeekBreak, WeekPlan, verify_week,
};

/// What is said about a plan beside the plan itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SolutionFacts<'a> {
    /// The backend that made it, as flags name it.
    pub backend: &'a str,
    /// Its cost.
    pub cost: i64,
    /// A proven lower bound on the cost of every plan; written as 0 where it says nothing, and
    /// never above the cost.
    pub bound: f64,
    /// Why the search stopped.
    pub termination: Termination,
    /// Wall-clock seconds of the whole run.
    pub seconds: f64,
}

impl SolutionFacts<'_> {
    /// The bound as it is written.
    pub fn written_bound(&self) -> f64 {
        self.bound.max(0.0).min((self.cost as f64).max(0.0))
    }

    /// `(cost − bound) / cost`, a fraction; 0 when the cost is 0.
    pub fn gap(&self) -> f64 {
        let cost = self.cost as f64;
        if cost > 0.0 {
            (cost - self.written_bound()) / cost
        } else {
            0.0
        }
    }
}

/// The text of the answer to a week.
///
/// Where one pool serves one language and the plan leaves open who serves it, everybody on duty
/// does, as far as the format asks for it.
///
/// # Errors
/// An error of the JSON writer, which plans do not cause.
pub fn week_solution_json(
    format: WeekFormat,
    week: &Week,
    plan: &WeekPlan,
    facts: &SolutionFacts<'_>,
) -> Result<String, serde_json::Error> {
    let mut shifts: Vec<&PlannedShifts> = plan.shifts.iter().filter(|s| s.count > 0).collect();
    shifts.sort_by_key(|s| (s.pool, s.shift_type, s.start));
    let shifts: Vec<ShiftFile<'_>> = shifts.into_iter().map(|s| shift(week, s)).collect();
    let mut missing: Vec<&Missing> = plan.missing.iter().filter(|m| m.agents > 0).collect();
    missing.sort_by_key(|m| (m.language, m.interval));
    let under: Vec<UnderFile<'_>> = (missing.into_iter())
        .map(|m| UnderFile {
            language: named(&week.languages[m.language].id),
            slot: m.interval,
            agents: m.agents,
        })
        .collect();
    let mut text = Text::new(format.word(), &week.name, facts)?;
    text.list("shifts", &shifts)?;
    if format == WeekFormat::Pools {
        text.list("allocation", &allocation(week, plan))?;
    }
    if week.understaffing.is_some() {
        text.list("under", &under)?;
    }
    Ok(text.finish())
}

/// The text of the answer to a shift design.
///
/// # Errors
/// An error of the JSON writer, which plans do not cause.
pub fn design_solution_json(
    problem: &DesignProblem,
    plan: &DesignPlan,
    facts: &SolutionFacts<'_>,
) -> Result<String, serde_json::Error> {
    let is_used = |s: &&DesignedShift| s.workers.iter().any(|&count| count > 0);
    let mut used: Vec<&DesignedShift> = plan.shifts.iter().filter(is_used).collect();
    used.sort_by_key(|s| (s.start, s.length));
    let shifts: Vec<DesignedFile<'_>> = (used.into_iter())
        .map(|s| DesignedFile {
            start: s.start,
            length: s.length,
            workers: &s.workers,
        })
        .collect();
    let mut text = Text::new(DESIGN, &problem.name, facts)?;
    text.list("shifts", &shifts)?;
    Ok(text.finish())
}

#[derive(Debug, Serialize)]
struct ShiftFile<'a> {
    pool: Option<&'a str>,
    shift_type: &'a str,
    start: usize,
    count: u32,
    breaks: BreaksFile<'a>,
}

/// Breaks of a kind of shift and when they are taken, in the order of the kind.
#[derive(Debug)]
struct BreaksFile<'a> {
    kinds: &'a [WeekBreak],
    taken: Vec<Vec<BreakFile>>,
}

#[derive(Debug, Serialize)]
struct BreakFile {
    offset: usize,
    count: u32,
}

impl Serialize for BreaksFile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.kinds.iter().map(|kind| &kind.id);
        serializer.collect_map(names.zip(&self.taken))
    }
}

#[derive(Debug, Serialize)]
struct AllocationFile<'a> {
    pool: Option<&'a str>,
    slot: usize,
    language: Option<&'a str>,
    agents: u32,
}

#[derive(Debug, Serialize)]
struct UnderFile<'a> {
    language: Option<&'a str>,
    slot: usize,
    agents: u32,
}

#[derive(Debug, Serialize)]
struct DesignedFile<'a> {
    start: usize,
    length: usize,
    workers: &'a [u32],
}

/// A name, or none where the format has none.
fn named(id: &str) -> Option<&str> {
    Some(id).filter(|id| !id.is_empty())
}

fn shift<'a>(week: &'a Week, shift: &PlannedShifts) -> ShiftFile<'a> {
    let kind = &week.shift_types[shift.shift_type];
    let taken = |starts: &Vec<BreakStart>| {
        let mut starts: Vec<&BreakStart> = starts.iter().filter(|b| b.count > 0).collect();
        starts.sort_by_key(|b| b.offset);
        let file = |b: &BreakStart| BreakFile {
            offset: b.offset,
            count: b.count,
        };
        starts.into_iter().map(file).collect()
    };
    ShiftFile {
        pool: named(&week.pools[shift.pool].id),
        shift_type: &kind.id,
        start: shift.start,
        count: shift.count,
        breaks: BreaksFile {
            kinds: &kind.breaks,
            taken: shift.breaks.iter().map(taken).collect(),
        },
    }
}

/// Who serves what, by pool, interval and language.
fn allocation<'a>(week: &'a Week, plan: &WeekPlan) -> Vec<AllocationFile<'a>> {
    let mut serving = plan.serving.clone();
    if let ([pool], [_], []) = (&week.pools[..], &week.languages[..], &serving[..])
        && pool.languages == [0]
    {
        let on_duty = verify_week(week, plan).on_duty;
        let everybody = on_duty.iter().flatten().enumerate();
        serving.extend(everybody.map(|(interval, &agents)| Serving {
            pool: 0,
            interval,
            language: 0,
            agents: u32::try_from(agents).unwrap_or(0),
        }));
    }
    serving.retain(|s| s.agents > 0);
    serving.sort_by_key(|s| (s.pool, s.interval, s.language));
    let file = |s: &Serving| AllocationFile {
        pool: named(&week.pools[s.pool].id),
        slot: s.interval,
        language: named(&week.languages[s.language].id),
        agents: s.agents,
    };
    serving.iter().map(file).collect()
}

/// A JSON object being written, one key a line and one entry of a list a line.
struct Text(String);

impl Text {
    fn new(format: &str, name: &str, facts: &SolutionFacts<'_>) -> Result<Self, serde_json::Error> {
        let mut text = Self("{".to_owned());
        text.key("format", &format)?;
        text.key("instance", &name)?;
        text.key("backend", &facts.backend)?;
        text.key("cost", &facts.cost)?;
        text.key("bound", &facts.written_bound())?;
        text.key("gap", &facts.gap())?;
        text.key("seconds", &facts.seconds)?;
        text.key("termination", &facts.termination.word())?;
        Ok(text)
    }

    fn key(&mut self, key: &str, value: &impl Serialize) -> Result<(), serde_json::Error> {
        let value = serde_json::to_string(value)?;
        self.entry(key, &value);
        Ok(())
    }

    fn list(&mut self, key: &str, items: &[impl Serialize]) -> Result<(), serde_json::Error> {
        let lines: Vec<String> = (items.iter())
            .map(|item| Ok(format!("\n    {}", serde_json::to_string(item)?)))
            .collect::<Result<_, serde_json::Error>>()?;
        let end = if lines.is_empty() { "" } else { "\n  " };
        self.entry(key, &format!("[{}{end}]", lines.join(",")));
        Ok(())
    }

    fn entry(&mut self, key: &str, value: &str) {
        let comma = if self.0.len() > 1 { "," } else { "" };
        for part in [comma, "\n  \"", key, "\": ", value] {
            self.0.push_str(part);
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str("\n}\n");
        self.0
    }
}
