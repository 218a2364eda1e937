//! Rules for the days of a year, and their expansion into dates.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::easter::easter_sunday;
use super::hebrew::{HebrewMonth, hebrew_date};
use super::{Class, Holiday, Status};

/// Weekdays and the days to go forward (or back, when negative) from each.
pub(super) type Moves = &'static [(Weekday, i64)];

/// Sunday to the Monday after it.
pub(super) const SUNDAY_TO_MONDAY: Moves = &[(Weekday::Sun, 1)];

/// Where in the year a day lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// A month and a day.
    Fixed(u32, u32),
    /// Days after Easter Sunday, negative before it.
    Easter(i64),
    /// The nth weekday of a month, counted from its end when negative.
    Nth(i64, Weekday, u32),
    /// The first such weekday on or after a date.
    OnOrAfter(Weekday, u32, u32),
    /// The last such weekday on or before a date.
    OnOrBefore(Weekday, u32, u32),
    /// From one day to another of a Hebrew month.
    Hebrew(HebrewMonth, u32, u32),
    /// Days decided one by one: year, month, day.
    Dates(&'static [(i32, u32, u32)]),
}

/// What happens to a day on an inconvenient weekday.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shift {
    /// Nothing.
    Keep,
    /// On Sunday there is no holiday.
    DropSunday,
    /// The holiday is kept on another day instead.
    Move(Moves),
    /// Only the other day is a holiday (the day itself comes from another rule).
    OnlyMoved(Moves),
    /// The other day is a holiday too.
    Also(Moves),
    /// From Saturday or Sunday the next weekday that is no holiday itself is one too.
    Substitute,
    /// The date given is already a moved one.
    Moved,
}

/// One line of a country's table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    name: &'static str,
    when: When,
    shift: Shift,
    from: i32,
    to: i32,
    only: &'static [i32],
    except: &'static [i32],
    regions: &'static [&'static str],
    not_in: &'static [&'static str],
    class: Option<Class>,
    settled: (i32, i32),
}

impl Rule {
    pub(super) const fn new(name: &'static str, when: When) -> Self {
        Self {
            name,
            when,
            shift: Shift::Keep,
            from: i32::MIN,
            to: i32::MAX,
            only: &[],
            except: &[],
            regions: &[],
            not_in: &[],
            class: None,
            settled: (i32::MIN, i32::MAX),
        }
    }

    pub(super) const fn fixed(name: &'static str, month: u32, day: u32) -> Self {
        Self::new(name, When::Fixed(month, day))
    }

    pub(super) const fn easter(name: &'static str, offset: i64) -> Self {
        Self::new(name, When::Easter(offset))
    }

    pub(super) const fn nth(name: &'static str, n: i64, weekday: Weekday, month: u32) -> Self {
        Self::new(name, When::Nth(n, weekday, month))
    }

    pub(super) const fn hebrew(name: &'static str, month: HebrewMonth, day: u32) -> Self {
        Self::new(name, When::Hebrew(month, day, day))
    }

    pub(super) const fn dates(name: &'static str, dates: &'static [(i32, u32, u32)]) -> Self {
        Self::new(name, When::Dates(dates))
    }

    pub(super) const fn shift(mut self, shift: Shift) -> Self {
        self.shift = shift;
        self
    }

    /// First year.
    pub(super) const fn from(mut self, year: i32) -> Self {
        self.from = year;
        self
    }

    /// Last year.
    pub(super) const fn to(mut self, year: i32) -> Self {
        self.to = year;
        self
    }

    /// In these years only.
    pub(super) const fn only(mut self, years: &'static [i32]) -> Self {
        self.only = years;
        self
    }

    /// Not in these years.
    pub(super) const fn except(mut self, years: &'static [i32]) -> Self {
        self.except = years;
        self
    }

    /// In these regions only; without it the rule is national.
    pub(super) const fn regions(mut self, regions: &'static [&'static str]) -> Self {
        self.regions = regions;
        self
    }

    /// National, but not in these regions.
    pub(super) const fn not_in(mut self, regions: &'static [&'static str]) -> Self {
        self.not_in = regions;
        self
    }

    pub(super) const fn class(mut self, class: Class) -> Self {
        self.class = Some(class);
        self
    }

    /// Decided year by year: dates outside these years are projections.
    pub(super) const fn settled(mut self, first: i32, last: i32) -> Self {
        self.settled = (first, last);
        self
    }

    #[cfg(test)]
    pub(super) const fn region_codes(&self) -> &'static [&'static str] {
        self.regions
    }

    fn holds(&self, year: i32, region: Option<&str>) -> bool {
        (self.from..=self.to).contains(&year)
            && (self.only.is_empty() || self.only.contains(&year))
            && !self.except.contains(&year)
            && (self.regions.is_empty() || region.is_some_and(|r| self.is_in(r)))
            && !region.is_some_and(|r| self.not_in.contains(&r))
    }

    /// Whether it holds in a region, or in the one that a town is part of (`CT-Barcelona`).
    fn is_in(&self, region: &str) -> bool {
        let around = region.split_once('-').map_or(region, |(head, _)| head);
        self.regions.contains(&region) || self.regions.contains(&around)
    }

    fn effective_class(&self) -> Class {
        self.class.unwrap_or(if self.regions.is_empty() {
            Class::Public
        } else {
            Class::Regional
        })
    }

    fn holiday(&self, year: i32, date: NaiveDate, observed: bool) -> Holiday {
        Holiday {
            date,
            name: Cow::Borrowed(self.name),
            status: if (self.settled.0..=self.settled.1).contains(&year) {
                Status::Gazetted
            } else {
                Status::Provisional
            },
            class: self.effective_class(),
            observed,
        }
    }
}

impl When {
    /// The days in a Gregorian year.
    pub(super) fn days(self, year: i32) -> Vec<NaiveDate> {
        let one = |date: Option<NaiveDate>| date.into_iter().collect();
        match self {
            Self::Fixed(month, day) => one(NaiveDate::from_ymd_opt(year, month, day)),
            Self::Easter(offset) => one(easter_sunday(year).and_then(|d| plus(d, offset))),
            Self::Nth(n, weekday, month) => one(nth_weekday(year, n, weekday, month)),
            Self::OnOrAfter(weekday, month, day) => one(NaiveDate::from_ymd_opt(year, month, day)
                .and_then(|d| plus(d, i64::from(weekday.days_since(d.weekday()))))),
            Self::OnOrBefore(weekday, month, day) => one(NaiveDate::from_ymd_opt(year, month, day)
                .and_then(|d| plus(d, -i64::from(d.weekday().days_since(weekday))))),
            // Tishri 5760 is autumn 1999, Nisan 5760 spring 2000.
            Self::Hebrew(month, first, last) => [year + 3760, year + 3761]
                .into_iter()
                .flat_map(|hebrew_year| {
                    (first..=last).filter_map(move |day| hebrew_date(hebrew_year, month, day))
                })
                .filter(|date| date.year() == year)
                .collect(),
            Self::Dates(dates) => dates
                .iter()
                .filter(|&&(y, _, _)| y == year)
                .filter_map(|&(y, month, day)| NaiveDate::from_ymd_opt(y, month, day))
                .collect(),
        }
    }
}

fn plus(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_signed(TimeDelta::try_days(days)?)
}

fn nth_weekday(year: i32, n: i64, weekday: Weekday, month: u32) -> Option<NaiveDate> {
    let found = if n > 0 {
        NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(n).ok()?)?
    } else {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first
            .checked_add_months(chrono::Months::new(1))?
            .pred_opt()?;
        let back = i64::from(last.weekday().days_since(weekday)) + 7 * (-n - 1);
        plus(last, -back)?
    };
    (n != 0 && found.month() == month).then_some(found)
}

/// The day that a date moves to, if it lies on a weekday that moves.
pub(super) fn moved(date: NaiveDate, moves: &[(Weekday, i64)]) -> Option<NaiveDate> {
    let &(_, days) = moves.iter().find(|&&(day, _)| day == date.weekday())?;
    plus(date, days)
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// All holidays of the years, one a day: the strongest class, then the day itself before a moved
/// one, then the earlier rule.
pub(super) fn expand(
    rules: &[Rule],
    region: Option<&str>,
    first_year: i32,
    last_year: i32,
) -> BTreeMap<NaiveDate, Holiday> {
    let mut found: BTreeMap<NaiveDate, Holiday> = BTreeMap::new();
    // A move may cross New Year, hence the neighbouring years.
    for year in first_year - 1..=last_year + 1 {
        for holiday in expand_year(rules, region, year) {
            if !(first_year..=last_year).contains(&holiday.date.year()) {
                continue;
            }
            let rank = |h: &Holiday| (h.class, h.observed);
            match found.get(&holiday.date) {
                Some(present) if rank(present) <= rank(&holiday) => {}
                _ => {
                    found.insert(holiday.date, holiday);
                }
            }
        }
    }
    found
}

fn expand_year(rules: &[Rule], region: Option<&str>, year: i32) -> Vec<Holiday> {
    let own: Vec<(&Rule, NaiveDate)> = rules
        .iter()
        .filter(|rule| rule.holds(year, region))
        .flat_map(|rule| rule.when.days(year).into_iter().map(move |d| (rule, d)))
        .collect();
    let mut taken: BTreeSet<NaiveDate> = own
        .iter()
        .filter(|(rule, _)| rule.effective_class().is_day_off())
        .map(|&(_, date)| date)
        .collect();
    let mut holidays = Vec::new();
    for (rule, date) in own {
        let mut add = |day: Option<NaiveDate>, observed: bool| {
            holidays.extend(day.map(|d| rule.holiday(year, d, observed)));
        };
        match rule.shift {
            Shift::Keep => add(Some(date), false),
            Shift::Moved => add(Some(date), true),
            Shift::DropSunday => add((date.weekday() != Weekday::Sun).then_some(date), false),
            Shift::Move(moves) => match moved(date, moves) {
                Some(day) => add(Some(day), true),
                None => add(Some(date), false),
            },
            Shift::OnlyMoved(moves) => add(moved(date, moves), true),
            Shift::Also(moves) => {
                add(Some(date), false);
                add(moved(date, moves), true);
            }
            Shift::Substitute => {
                add(Some(date), false);
                if is_weekend(date) {
                    let free = date
                        .iter_days()
                        .take(14)
                        .find(|d| !is_weekend(*d) && !taken.contains(d));
                    taken.extend(free);
                    add(free, true);
                }
            }
        }
    }
    holidays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(rules: &[Rule], year: i32) -> Vec<(u32, u32, bool)> {
        expand(rules, None, year, year)
            .values()
            .map(|h| (h.date.month(), h.date.day(), h.observed))
            .collect()
    }

    #[test]
    fn weekdays_of_a_month() {
        let day = |n, w, m| nth_weekday(2024, n, w, m).map(|d| d.day());
        assert_eq!(day(1, Weekday::Mon, 1), Some(1));
        assert_eq!(day(4, Weekday::Thu, 11), Some(28));
        assert_eq!(day(-1, Weekday::Mon, 5), Some(27));
        assert_eq!(day(-1, Weekday::Tue, 12), Some(31));
        assert_eq!(day(5, Weekday::Mon, 2), None);
        assert_eq!(day(-5, Weekday::Mon, 2), None);
        assert_eq!(day(0, Weekday::Mon, 2), None);
    }

    #[test]
    fn weekday_around_a_date() {
        let before = When::OnOrBefore(Weekday::Wed, 11, 22).days(2028);
        assert_eq!(before, NaiveDate::from_ymd_opt(2028, 11, 22).as_slice());
        let after = When::OnOrAfter(Weekday::Mon, 6, 29).days(2024);
        assert_eq!(after, NaiveDate::from_ymd_opt(2024, 7, 1).as_slice());
    }

    #[test]
    fn leap_day_exists_in_leap_years_only() {
        let rule = [Rule::fixed("Leap day", 2, 29)];
        assert_eq!(dates(&rule, 2024).len(), 1);
        assert!(dates(&rule, 2025).is_empty());
        assert!(dates(&rule, 2100).is_empty());
        assert_eq!(dates(&rule, 2000).len(), 1);
    }

    #[test]
    fn substitutes_do_not_meet() {
        let rules = [
            Rule::fixed("Christmas Day", 12, 25).shift(Shift::Substitute),
            Rule::fixed("Boxing Day", 12, 26).shift(Shift::Substitute),
        ];
        let (own, moved) = (false, true);
        // Saturday and Sunday, Sunday and Monday, Friday and Saturday.
        assert_eq!(
            dates(&rules, 2021),
            [
                (12, 25, own),
                (12, 26, own),
                (12, 27, moved),
                (12, 28, moved)
            ]
        );
        assert_eq!(
            dates(&rules, 2022),
            [(12, 25, own), (12, 26, own), (12, 27, moved)]
        );
        assert_eq!(
            dates(&rules, 2020),
            [(12, 25, own), (12, 26, own), (12, 28, moved)]
        );
    }

    #[test]
    fn a_move_may_cross_new_year() {
        let rule = [Rule::fixed("New Year's Day", 1, 1).shift(Shift::Also(&[(Weekday::Sat, -1)]))];
        assert_eq!(dates(&rule, 2027), [(1, 1, false), (12, 31, true)]);
    }

    #[test]
    fn validity_and_status() {
        let rule = Rule::fixed("Day", 5, 2)
            .from(2020)
            .to(2024)
            .except(&[2022])
            .settled(2020, 2023);
        let all = expand(&[rule], None, 2018, 2026);
        let years: Vec<i32> = all.keys().map(Datelike::year).collect();
        assert_eq!(years, [2020, 2021, 2023, 2024]);
        assert_eq!(
            all.values()
                .filter(|h| h.status == Status::Provisional)
                .count(),
            1
        );
    }

    #[test]
    fn one_a_day_and_the_stronger_class_wins() {
        let rules = [
            Rule::fixed("Eve", 5, 2).class(Class::Eve),
            Rule::fixed("Day", 5, 2),
            Rule::fixed("Other", 5, 2),
        ];
        let all = expand(&rules, None, 2024, 2024);
        assert_eq!(
            all.values().map(|h| h.name.as_ref()).collect::<Vec<_>>(),
            ["Day"]
        );
    }
}
