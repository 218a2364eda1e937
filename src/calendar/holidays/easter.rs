use chrono::{Days, NaiveDate};

/// Easter Sunday of the western churches.
///
/// The anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, *Astronomical Algorithms*,
/// chapter 8). `None` for years before the Gregorian calendar.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    if year < 1583 {
        return None;
    }
    let golden = year % 19;
    let century = year / 100;
    let skipped_leap_days = century / 4;
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - skipped_leap_days - moon_correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days_after_22_march = epact + to_sunday - 7 * late;
    NaiveDate::from_ymd_opt(year, 3, 22)?
        .checked_add_days(Days::new(u64::try_from(days_after_22_march).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    #[test]
    fn known_years() {
        // Tables of the United States Naval Observatory; 1818 and 1943 are the extremes.
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (1961, 4, 2),
            (1981, 4, 19),
            (1999, 4, 4),
            (2000, 4, 23),
            (2008, 3, 23),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2035, 3, 25),
            (2038, 4, 25),
        ] {
            assert_eq!(
                easter_sunday(year),
                NaiveDate::from_ymd_opt(year, month, day)
            );
        }
        assert_eq!(easter_sunday(1582), None);
    }

    #[test]
    fn always_a_sunday_between_22_march_and_25_april() {
        for year in 1583..3000 {
            let date = easter_sunday(year).unwrap();
            assert_eq!(date.weekday(), Weekday::Sun);
            assert!((80..=116).contains(&date.ordinal()), "{date}");
        }
    }
}
