//! Cost against attained service level.

/// What a planner's setting came to over all weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The setting: a promise, or an addition in per cent.
    pub setting: f64,
    /// Share of all contacts answered in time.
    pub level: f64,
    /// Cost of all weeks.
    pub cost: f64,
}

/// Cost at which a planner attains a level: on the straight line between the points around it.
/// `None` where no two points have the level between them.
pub fn cost_at(points: &[Point], level: f64) -> Option<f64> {
    let mut sorted: Vec<&Point> = points.iter().collect();
    sorted.sort_by(|a, b| a.level.total_cmp(&b.level));
    let pair = sorted
        .windows(2)
        .find(|pair| pair[0].level <= level && level <= pair[1].level)?;
    let width = pair[1].level - pair[0].level;
    let part = if width > 0.0 {
        (level - pair[0].level) / width
    } else {
        0.0
    };
    Some(pair[0].cost + part * (pair[1].cost - pair[0].cost))
}
