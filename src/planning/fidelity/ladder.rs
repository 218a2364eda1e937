//! Plans of rising size for one week, and the size that an expectation asks for.

/// One plan of a ladder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rung {
    /// How large it is: what the planned volumes are multiplied by, less 1.
    pub size: f64,
    /// Share in time that is expected of it.
    pub expected: f64,
}

/// Plans in order of size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ladder {
    /// The rungs, smallest plan first.
    pub rungs: Vec<Rung>,
}

impl Ladder {
    /// The size at which a share is expected: on the straight line between the rungs around it, in
    /// log-odds; the last ones are prolonged by at most one step.
    pub fn size_for(&self, share: f64) -> f64 {
        let odds = |share: f64| {
            let share = share.clamp(1e-4, 1.0 - 1e-4);
            (share / (1.0 - share)).ln()
        };
        let Some(pair) = (self.rungs.windows(2))
            .find(|pair| pair[1].expected >= share)
            .or_else(|| self.rungs.windows(2).last())
        else {
            return self.rungs.first().map_or(0.0, |rung| rung.size);
        };
        let (low, high) = (odds(pair[0].expected), odds(pair[1].expected));
        let step = pair[1].size - pair[0].size;
        if high - low <= 1e-9 {
            return pair[1].size;
        }
        let part = (odds(share) - low) / (high - low);
        pair[0].size + step * part.clamp(-1.0, 2.0)
    }
}
