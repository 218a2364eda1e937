//! Israel: Days of Rest Ordinance 1948, Independence Day Act 1949, Remembrance Day Acts 1959 and
//! 1963, Jerusalem Day Act 1998.
//!
//! The Jewish feasts of the Hebrew calendar, with the eves on which work ends early. A date means
//! the civil day; the feast begins at sunset the evening before. Independence Day, 5 Iyar, and the
//! remembrance days are moved away from the Sabbath (since 2004 also from Sunday evening).

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu};

use super::super::Class;
use super::super::hebrew::HebrewMonth::{self, Adar, Av, Elul, Iyar, Nisan, Sivan, Tishri};
use super::super::rule::{Moves, Rule, Shift, When};

const INDEPENDENCE: Rule = Rule::hebrew("Independence Day", Iyar, 5);
const INDEPENDENCE_UNTIL_2003: Moves = &[(Fri, -1), (Sat, -2)];
const INDEPENDENCE_SINCE_2004: Moves = &[(Fri, -1), (Sat, -2), (Mon, 1)];

const MEMORIAL: Rule = Rule::hebrew("Memorial Day", Iyar, 4).class(Class::Observance);
const MEMORIAL_UNTIL_2003: Moves = &[(Thu, -1), (Fri, -2)];
const MEMORIAL_SINCE_2004: Moves = &[(Thu, -1), (Fri, -2), (Sun, 1)];

const fn eve(name: &'static str, month: HebrewMonth, day: u32) -> Rule {
    Rule::hebrew(name, month, day).class(Class::Eve)
}

pub(crate) const RULES: &[Rule] = &[
    eve("Rosh Hashanah eve", Elul, 29),
    Rule::new("Rosh Hashanah", When::Hebrew(Tishri, 1, 2)),
    eve("Yom Kippur eve", Tishri, 9),
    Rule::hebrew("Yom Kippur", Tishri, 10),
    eve("Sukkot eve", Tishri, 14),
    Rule::hebrew("Sukkot", Tishri, 15),
    Rule::new("Sukkot week", When::Hebrew(Tishri, 16, 20)).class(Class::Observance),
    eve("Simchat Torah eve", Tishri, 21),
    Rule::hebrew("Simchat Torah", Tishri, 22),
    Rule::hebrew("Purim", Adar, 14).class(Class::Observance),
    eve("Passover eve", Nisan, 14),
    Rule::hebrew("Passover", Nisan, 15),
    Rule::new("Passover week", When::Hebrew(Nisan, 16, 19)).class(Class::Observance),
    eve("Seventh day of Passover eve", Nisan, 20),
    Rule::hebrew("Seventh day of Passover", Nisan, 21),
    Rule::hebrew("Holocaust Remembrance Day", Nisan, 27)
        .class(Class::Observance)
        .to(1996)
        .shift(Shift::Move(&[(Fri, -1)])),
    Rule::hebrew("Holocaust Remembrance Day", Nisan, 27)
        .class(Class::Observance)
        .from(1997)
        .shift(Shift::Move(&[(Fri, -1), (Sun, 1)])),
    MEMORIAL.to(2003).shift(Shift::Move(MEMORIAL_UNTIL_2003)),
    MEMORIAL.from(2004).shift(Shift::Move(MEMORIAL_SINCE_2004)),
    INDEPENDENCE
        .to(2003)
        .shift(Shift::Move(INDEPENDENCE_UNTIL_2003)),
    INDEPENDENCE
        .from(2004)
        .shift(Shift::Move(INDEPENDENCE_SINCE_2004)),
    Rule::hebrew("Jerusalem Day", Iyar, 28).class(Class::Observance),
    eve("Shavuot eve", Sivan, 5),
    Rule::hebrew("Shavuot", Sivan, 6),
    Rule::hebrew("Tisha B'Av", Av, 9)
        .class(Class::Observance)
        .shift(Shift::Move(&[(Sat, 1)])),
];
