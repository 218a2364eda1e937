use std::time::{Duration, Instant};

use crate::milp::{Backend, Event, MilpError, Observer, SolveOptions};

/// Which backend does what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solvers {
    /// The backend that was asked for, and names the answer.
    pub named: Backend,
    /// Solves linear models.
    pub linear: Backend,
    /// Solves small models with whole variables; without one they are rounded.
    pub integer: Option<Backend>,
}

impl Solvers {
    /// The backends that work together under the name of one of them: Clarabel does the linear
    /// models of microlp where it is compiled in, since it is faster and gives duals.
    ///
    /// # Errors
    /// [`MilpError::BackendUnavailable`] when the named backend is not compiled in.
    pub fn named(backend: Backend) -> Result<Self, MilpError> {
        backend.require()?;
        let linear = match backend {
            Backend::Microlp if Backend::Clarabel.is_available() => Backend::Clarabel,
            other => other,
        };
        Ok(Self {
            named: backend,
            linear,
            integer: backend.has_integers().then_some(backend),
        })
    }

    /// The default: microlp with Clarabel, or whatever is compiled in.
    ///
    /// # Errors
    /// [`MilpError::BackendUnavailable`] when no backend is compiled in.
    pub fn compiled_in() -> Result<Self, MilpError> {
        let preferred = [
            Backend::Microlp,
            Backend::Highs,
            Backend::Clarabel,
            Backend::CoinCbc,
            Backend::LpSolve,
        ];
        let found = preferred.into_iter().find(|b| b.is_available());
        Self::named(found.unwrap_or(Backend::Microlp))
    }
}

/// How to search.
#[derive(Debug, Clone, PartialEq)]
pub struct Strategy {
    /// Backends.
    pub solvers: Solvers,
    /// Wall-clock limit, a safety net; work and gap stop the search before it.
    pub time_limit: Duration,
    /// Relative gap that is good enough.
    pub gap: f64,
    /// Rounds of improvement over the whole horizon: the deterministic limit of work. The search
    /// also stops after two rounds without a better schedule.
    pub rounds: usize,
    /// Hand the whole model to the integer backend instead of improving it day by day.
    pub whole_model: bool,
    /// Seed for backends that draw random numbers.
    pub seed: u64,
}

impl Strategy {
    /// Two minutes, a gap of one in a thousand, twelve rounds of improvement.
    pub fn new(solvers: Solvers) -> Self {
        Self {
            solvers,
            time_limit: Duration::from_secs(120),
            gap: 1e-3,
            rounds: 12,
            whole_model: false,
            seed: 1,
        }
    }
}

/// Says when a search has to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock<'a> {
    start: Instant,
    end: Instant,
    seed: u64,
    observer: &'a dyn Observer,
    is_patient: bool,
}

impl<'a> Clock<'a> {
    pub(super) fn start(strategy: &Strategy, observer: &'a dyn Observer) -> Self {
        let now = Instant::now();
        let far = now + Duration::from_secs(365 * 86_400);
        Self {
            start: now,
            end: now.checked_add(strategy.time_limit).unwrap_or(far),
            seed: strategy.seed,
            observer,
            is_patient: false,
        }
    }

    /// The same clock for work that is short and must not be left half done: only time stops it.
    pub(super) fn patient(self) -> Self {
        Self {
            is_patient: true,
            ..self
        }
    }

    /// The same clock with another observer.
    pub(super) fn told_to(self, observer: &'a dyn Observer) -> Self {
        Self { observer, ..self }
    }

    pub(super) fn tell(&self, event: &Event) {
        self.observer.on(event);
    }

    pub(super) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// Whether a share of the time is over.
    pub(super) fn has_used(&self, share: f64) -> bool {
        let all = self.end.saturating_duration_since(self.start);
        self.start.elapsed() >= all.mul_f64(share)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.observer.is_cancelled()
    }

    pub(super) fn must_stop(&self) -> bool {
        self.is_over() || (self.is_cancelled() && !self.is_patient)
    }

    /// Options for one solve that may take all the time that is left.
    pub(super) fn options(&self) -> SolveOptions {
        SolveOptions {
            time_limit: Some(self.left()),
            seed: self.seed,
            ..SolveOptions::default()
        }
    }

    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }
}
