use std::fmt;
use std::str::FromStr;

use super::{MilpError, Model, Outcome, SolveOptions, dispatch};

/// A solver. Every backend exists in every build, so files and flags mean the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Backend {
    /// Branch and bound over a simplex method, pure Rust.
    Microlp,
    /// Interior point method, pure Rust: linear models and duals.
    Clarabel,
    /// HiGHS, native code: whole variables and duals.
    Highs,
    /// CBC, native code: whole variables.
    CoinCbc,
    /// `lp_solve`, native code: whole variables and duals.
    LpSolve,
}

impl Backend {
    /// Every backend.
    pub const ALL: [Self; 5] = [
        Self::Microlp,
        Self::Clarabel,
        Self::Highs,
        Self::CoinCbc,
        Self::LpSolve,
    ];

    /// The name used in files and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microlp => "microlp",
            Self::Clarabel => "clarabel",
            Self::Highs => "highs",
            Self::CoinCbc => "coin_cbc",
            Self::LpSolve => "lpsolve",
        }
    }

    /// The cargo feature that brings it.
    pub const fn feature(self) -> &'static str {
        self.name()
    }

    /// Whether it is part of this build.
    pub const fn is_available(self) -> bool {
        match self {
            Self::Microlp => cfg!(feature = "microlp"),
            Self::Clarabel => cfg!(feature = "clarabel"),
            Self::Highs => cfg!(feature = "highs"),
            Self::CoinCbc => cfg!(feature = "coin_cbc"),
            Self::LpSolve => cfg!(feature = "lpsolve"),
        }
    }

    /// Whether it solves models with whole variables.
    pub const fn has_integers(self) -> bool {
        !matches!(self, Self::Clarabel)
    }

    /// Whether it gives duals of linear models.
    pub const fn has_duals(self) -> bool {
        !matches!(self, Self::Microlp | Self::CoinCbc)
    }

    /// An error unless it is part of this build.
    ///
    /// # Errors
    /// [`MilpError::BackendUnavailable`].
    pub const fn require(self) -> Result<(), MilpError> {
        if self.is_available() {
            Ok(())
        } else {
            Err(MilpError::BackendUnavailable {
                backend: self,
                feature: self.feature(),
            })
        }
    }

    /// Solves a model.
    ///
    /// # Errors
    /// [`MilpError`] when the backend is missing, cannot do what the model needs, or fails. An
    /// infeasible model is an outcome, not an error.
    pub fn solve(self, model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
        self.require()?;
        if model.has_integers() && !self.has_integers() {
            return Err(MilpError::Unsupported {
                backend: self,
                what: "whole variables",
            });
        }
        model.require_numbers()?;
        dispatch::solve(self, model, options)
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Backend {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|b| b.name() == name)
            .ok_or_else(|| {
                let known = Self::ALL.map(Self::name).join(", ");
                format!("unknown backend `{name}`; known are {known}")
            })
    }
}
