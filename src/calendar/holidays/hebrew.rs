use chrono::NaiveDate;

/// First day of the Hebrew calendar, counted as chrono counts days from the common era.
const EPOCH: i64 = -1_373_427;

/// A month of the Hebrew year, which begins with Tishri.
///
/// `Adar` is the last month before Nisan, the second Adar of a leap year: the one with Purim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HebrewMonth {
    /// First month, 30 days.
    Tishri,
    /// 29 or 30 days.
    Cheshvan,
    /// 30 or 29 days.
    Kislev,
    /// 29 days.
    Tevet,
    /// 30 days.
    Shevat,
    /// 30 days, in leap years only.
    FirstAdar,
    /// 29 days.
    Adar,
    /// 30 days.
    Nisan,
    /// 29 days.
    Iyar,
    /// 30 days.
    Sivan,
    /// 29 days.
    Tammuz,
    /// 30 days.
    Av,
    /// Last month, 29 days.
    Elul,
}

impl HebrewMonth {
    const ALL: [Self; 13] = [
        Self::Tishri,
        Self::Cheshvan,
        Self::Kislev,
        Self::Tevet,
        Self::Shevat,
        Self::FirstAdar,
        Self::Adar,
        Self::Nisan,
        Self::Iyar,
        Self::Sivan,
        Self::Tammuz,
        Self::Av,
        Self::Elul,
    ];

    fn days(self, year: i64) -> i64 {
        let last_digit = year_length(year) % 10;
        match self {
            Self::Cheshvan => 29 + i64::from(last_digit == 5),
            Self::Kislev => 30 - i64::from(last_digit == 3),
            Self::FirstAdar => 30 * i64::from(is_leap(year)),
            Self::Tevet | Self::Adar | Self::Iyar | Self::Tammuz | Self::Elul => 29,
            Self::Tishri | Self::Shevat | Self::Nisan | Self::Sivan | Self::Av => 30,
        }
    }
}

/// The Gregorian day of a Hebrew date, which begins at sunset the evening before.
///
/// Arithmetic of the fixed calendar after Reingold and Dershowitz, *Calendrical Calculations*.
/// `None` when the month has no such day in that year.
pub fn hebrew_date(year: i32, month: HebrewMonth, day: u32) -> Option<NaiveDate> {
    let (year, day) = (i64::from(year), i64::from(day));
    if year < 1 || day < 1 || day > month.days(year) {
        return None;
    }
    let before: i64 = HebrewMonth::ALL
        .into_iter()
        .take_while(|&earlier| earlier < month)
        .map(|earlier| earlier.days(year))
        .sum();
    let number = i32::try_from(new_year(year) + before + day - 1).ok()?;
    NaiveDate::from_num_days_from_ce_opt(number)
}

/// Seven years of nineteen have a thirteenth month.
fn is_leap(year: i64) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Days from the epoch to the mean new moon of Tishri, put off from Sunday, Wednesday and Friday.
fn elapsed_days(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let days = 29 * months + parts.div_euclid(25_920);
    days + i64::from((3 * (days + 1)).rem_euclid(7) < 3)
}

/// The first of Tishri; the delays keep every year's length admissible.
fn new_year(year: i64) -> i64 {
    let (last, this, next) = (
        elapsed_days(year - 1),
        elapsed_days(year),
        elapsed_days(year + 1),
    );
    let delay = if next - this == 356 {
        2
    } else {
        i64::from(this - last == 382)
    };
    EPOCH + this + delay
}

fn year_length(year: i64) -> i64 {
    new_year(year + 1) - new_year(year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    #[test]
    fn new_years_as_published() {
        // Civil dates of Rosh Hashanah as printed in common Jewish calendars.
        for (year, gregorian) in [
            (5758, (1997, 10, 2)),
            (5760, (1999, 9, 11)),
            (5766, (2005, 10, 4)),
            (5774, (2013, 9, 5)),
            (5784, (2023, 9, 16)),
            (5785, (2024, 10, 3)),
            (5786, (2025, 9, 23)),
            (5787, (2026, 9, 12)),
            (5788, (2027, 10, 2)),
            (5789, (2028, 9, 21)),
            (5790, (2029, 9, 10)),
            (5791, (2030, 9, 28)),
        ] {
            let expected = NaiveDate::from_ymd_opt(gregorian.0, gregorian.1, gregorian.2);
            assert_eq!(hebrew_date(year, HebrewMonth::Tishri, 1), expected);
        }
    }

    #[test]
    fn leap_years_of_the_cycle() {
        let leap: Vec<i64> = (1..=19).filter(|&year| is_leap(year)).collect();
        assert_eq!(leap, [3, 6, 8, 11, 14, 17, 19]);
        // 5784 = 19 * 304 + 8 has a first Adar, 5785 has none.
        assert!(hebrew_date(5784, HebrewMonth::FirstAdar, 1).is_some());
        assert_eq!(hebrew_date(5785, HebrewMonth::FirstAdar, 1), None);
    }

    #[test]
    fn years_have_admissible_lengths_and_first_weekdays() {
        for year in 5700..5900 {
            assert!([353, 354, 355, 383, 384, 385].contains(&year_length(year)));
            let months: i64 = HebrewMonth::ALL.into_iter().map(|m| m.days(year)).sum();
            assert_eq!(months, year_length(year));
            let first = hebrew_date(i32::try_from(year).unwrap(), HebrewMonth::Tishri, 1).unwrap();
            assert!(![Weekday::Sun, Weekday::Wed, Weekday::Fri].contains(&first.weekday()));
        }
    }

    #[test]
    fn passover_and_purim() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(hebrew_date(5784, HebrewMonth::Nisan, 15), date(2024, 4, 23));
        assert_eq!(hebrew_date(5784, HebrewMonth::Adar, 14), date(2024, 3, 24));
        assert_eq!(hebrew_date(5785, HebrewMonth::Adar, 14), date(2025, 3, 14));
        assert_eq!(hebrew_date(5785, HebrewMonth::Iyar, 30), None);
    }
}
