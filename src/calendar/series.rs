use rayon::prelude::*;

use super::{CalendarError, Grid};

/// Exactly one value for each interval of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<T> {
    grid: Grid,
    values: Vec<T>,
}

impl<T> Series<T> {
    /// Values in the order of the grid's intervals.
    ///
    /// # Errors
    /// [`CalendarError::SeriesLength`] when there is not one value for each interval.
    pub fn new(grid: Grid, values: Vec<T>) -> Result<Self, CalendarError> {
        if values.len() == grid.len() {
            Ok(Self { grid, values })
        } else {
            Err(CalendarError::SeriesLength {
                values: values.len(),
                intervals: grid.len(),
            })
        }
    }

    /// The value of each interval computed from its index.
    pub fn from_fn(grid: Grid, value: impl FnMut(usize) -> T) -> Self {
        Self {
            grid,
            values: (0..grid.len()).map(value).collect(),
        }
    }

    /// The grid.
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// One value for each interval.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// A series on the same grid.
    pub fn map<U>(&self, value: impl FnMut(&T) -> U) -> Series<U> {
        Series {
            grid: self.grid,
            values: self.values.iter().map(value).collect(),
        }
    }
}

impl<T: Sync> Series<T> {
    /// A series on the same grid, computed over all threads of the machine; the same values on any
    /// number of them.
    pub fn par_map<U: Send>(&self, value: impl Fn(&T) -> U + Sync + Send) -> Series<U> {
        Series {
            grid: self.grid,
            values: (self.values.par_iter())
                .with_min_len(64)
                .map(value)
                .collect(),
        }
    }
}

impl<T, E> Series<Result<T, E>> {
    /// The values, or the error of the first interval that has one.
    ///
    /// # Errors
    /// That first error.
    pub fn transpose(self) -> Result<Series<T>, E> {
        let values = self.values.into_iter().collect::<Result<_, E>>()?;
        Ok(Series {
            grid: self.grid,
            values,
        })
    }
}

impl Series<f64> {
    /// Sum over all intervals.
    pub fn total(&self) -> f64 {
        self.values.iter().sum()
    }
}
