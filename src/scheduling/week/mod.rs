//! A typical week that repeats, planned with exact breaks: pools over sites and clocks, languages,
//! seats, contract minima and share caps.

mod ascent;
mod certificate;
mod plan;
mod prices;
mod problem;
mod reach;

pub use ascent::{FoundPrices, PriceOptions, find_prices};
pub use certificate::certified_week_bound;
pub use plan::{BreakStart, Missing, PlannedShifts, Serving, WeekPlan};
pub use prices::{PRICE_SCALE, Prices};
pub use problem::{
    ShareCap, StartOption, Week, WeekBreak, WeekLanguage, WeekPool, WeekShiftType, WeekSite,
    WeekStarts,
};
pub use reach::Obstacle;
