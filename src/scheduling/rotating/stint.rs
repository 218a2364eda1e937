use super::RotatingProblem;

/// A block of work and the days off after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stint {
    /// Shift types of the working days.
    pub(super) work: Vec<usize>,
    /// Days off after them.
    pub(super) off: usize,
}

impl Stint {
    pub(super) fn days(&self) -> usize {
        self.work.len() + self.off
    }
}

/// Every stint that keeps the rules of blocks and of consecutive days.
pub(super) fn stints(problem: &RotatingProblem) -> Vec<Stint> {
    let mut blocks = Vec::new();
    extend(problem, &mut Vec::new(), &mut blocks);
    let (least, most) = problem.off_block;
    let mut all = Vec::new();
    for work in blocks {
        for off in least.max(1)..=most {
            let work = work.clone();
            all.push(Stint { work, off });
        }
    }
    all
}

/// Adds whole runs of one shift type as long as there is room.
fn extend(problem: &RotatingProblem, work: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let (least, most) = problem.work_block;
    if work.len() >= least.max(1) && work.len() <= most {
        found.push(work.clone());
    }
    for (shift, kind) in problem.shifts.iter().enumerate() {
        // The same shift type again would be a longer run.
        let follows = work
            .last()
            .is_none_or(|&last| last != shift && !problem.forbidden_pairs.contains(&(last, shift)));
        let repeats = !problem.forbidden_pairs.contains(&(shift, shift));
        if !follows {
            continue;
        }
        for length in kind.block.0.max(1)..=kind.block.1 {
            if work.len() + length > most || (length > 1 && !repeats) {
                break;
            }
            work.extend(std::iter::repeat_n(shift, length));
            extend(problem, work, found);
            work.truncate(work.len() - length);
        }
    }
}
