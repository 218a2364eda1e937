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

impl Series<f64> {
    /// Sum over all intervals.
    pub fn total(&self) -> f64 {
        self.values.iter().sum()
    }
}
