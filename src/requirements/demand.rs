use crate::calendar::{Grid, Series};
use crate::workforce::{Market, Queue};

/// Contacts of one market that wait in one queue.
#[derive(Debug, Clone)]
pub struct StreamDemand<'a> {
    /// Position of the queue among the queues.
    pub queue: usize,
    /// Where the contacts come from.
    pub market: &'a Market,
    /// Contacts in each interval.
    pub volume: Series<f64>,
    /// Agent time for one contact in seconds: for chat the session's length divided by the
    /// sessions an agent holds at once.
    pub agent_seconds: f64,
}

/// Contacts of one queue, all markets together, for each interval.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueNeed {
    /// Contacts offered.
    pub volume: Vec<f64>,
    /// Offered load in erlangs of agent time.
    pub load: Vec<f64>,
    /// Whether any market may send contacts.
    pub open: Vec<bool>,
}

impl QueueNeed {
    pub(super) fn collect(
        grid: &Grid,
        index: usize,
        queue: &Queue,
        streams: &[StreamDemand<'_>],
    ) -> Self {
        let seconds = grid.interval_length().duration().as_secs_f64();
        let mut need = Self {
            volume: vec![0.0; grid.len()],
            load: vec![0.0; grid.len()],
            open: vec![false; grid.len()],
        };
        for stream in streams.iter().filter(|s| s.queue == index) {
            for (i, &volume) in stream.volume.values().iter().enumerate() {
                need.volume[i] += volume;
                need.load[i] += volume * stream.agent_seconds / seconds;
                need.open[i] |= queue.is_open(stream.market, grid.instant(i));
            }
        }
        need
    }

    /// Contacts over the horizon.
    pub fn contacts(&self) -> f64 {
        self.volume.iter().sum()
    }

    /// Mean agent time of a contact over the horizon in seconds, weighted by volume; 0 without
    /// contacts. `interval_seconds` is the length of an interval.
    pub fn mean_agent_seconds(&self, interval_seconds: f64) -> f64 {
        let contacts = self.contacts();
        if contacts > 0.0 {
            self.load.iter().sum::<f64>() * interval_seconds / contacts
        } else {
            0.0
        }
    }
}
