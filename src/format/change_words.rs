//! Changes of a scenario in one word each: `volume=1.1`, `close=PHL`.

use crate::planning::Change;
use crate::requirements::Mode;
use crate::units::Probability;
use crate::workforce::PoolId;

/// What can be changed, with the value it takes.
pub const CHANGE_WORDS: [(&str, &str); 10] = [
    ("volume", "a factor on the contacts of every queue"),
    ("aht", "a factor on every handling time"),
    ("need", "a factor on the requirement itself"),
    ("staffing", "`silo` or `blended`"),
    ("occupancy_cap", "a fraction"),
    (
        "service_level",
        "a fraction that every live queue answers in time",
    ),
    ("csat_floor", "a fraction, or `none`"),
    ("vendor_share", "a fraction, or `none`"),
    ("close", "a pool"),
    (
        "week_hours_max",
        "a pool and a factor: `week_hours_max=PHL:0.5`",
    ),
];

/// Reads one change.
///
/// ```
/// use wfm::format::read_change;
/// use wfm::planning::Change;
/// assert_eq!(read_change("volume=1.1"), Ok(Change::Volume(1.1)));
/// assert!(read_change("volum=1.1").unwrap_err().contains("volume"));
/// ```
///
/// # Errors
/// What is wrong and what could be written instead.
pub fn read_change(text: &str) -> Result<Change, String> {
    let Some((word, value)) = text.split_once('=') else {
        return Err(format!(
            "`{text}` is no change; write WORD=VALUE, {}",
            words()
        ));
    };
    let (word, value) = (word.trim(), value.trim());
    let factor = |text: &str| match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && factor >= 0.0 => Ok(factor),
        _ => Err(format!("`{word}` takes a factor such as 1.1, not `{text}`")),
    };
    let share = |text: &str| {
        let share = text
            .parse::<f64>()
            .ok()
            .and_then(|s| Probability::new(s).ok());
        share.ok_or_else(|| format!("`{word}` takes a fraction such as 0.85, not `{text}`"))
    };
    let or_none = |text: &str| match text {
        "none" => Ok(None),
        text => share(text).map(Some),
    };
    Ok(match word {
        "volume" => Change::Volume(factor(value)?),
        "aht" => Change::Aht(factor(value)?),
        "need" => Change::Need(factor(value)?),
        "staffing" if value == "silo" => Change::Staffing(Mode::Silo),
        "staffing" if value == "blended" => Change::Staffing(Mode::Blended),
        "staffing" => return Err(format!("`staffing` is `silo` or `blended`, not `{value}`")),
        "occupancy_cap" => Change::OccupancyCap(share(value)?),
        "service_level" => Change::ServiceLevel(share(value)?),
        "csat_floor" => Change::CsatFloor(or_none(value)?),
        "vendor_share" => Change::VendorShare(or_none(value)?),
        "close" if !value.is_empty() => Change::ClosePool(PoolId::from(value)),
        "week_hours_max" => {
            let (pool, times) = value
                .rsplit_once(':')
                .ok_or("`week_hours_max` takes a pool and a factor: `PHL:0.5`")?;
            Change::WeekHoursMax(PoolId::from(pool), factor(times)?)
        }
        _ => return Err(format!("`{word}` cannot be changed; {}", words())),
    })
}

fn words() -> String {
    let all: Vec<String> = (CHANGE_WORDS.iter())
        .map(|(word, value)| format!("{word} ({value})"))
        .collect();
    format!("with one of {}", all.join(", "))
}
