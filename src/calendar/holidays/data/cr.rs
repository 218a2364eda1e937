//! Costa Rica: Labour Code, article 148 (as amended by laws 8442, 8753, 9803, 9875 and 10050).
//!
//! 2 August, 31 August and 1 December are holidays whose pay is not compulsory. Law 9875 moved
//! some days to Mondays from 2020 to 2024; since 2025 all are kept on their own date.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

use super::super::rule::{Moves, Rule, Shift};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

/// From a working day to the Monday after it (law 8442 of 2005).
const NEXT_MONDAY: Moves = &[(Tue, 6), (Wed, 5), (Thu, 4), (Fri, 3)];
/// Tuesday and Wednesday back, the later days forward (law 9875 of 2020).
const A_MONDAY: Moves = &[(Tue, -1), (Wed, -2), (Thu, 4), (Fri, 3), (Sat, 2), (Sun, 1)];
/// To the Sunday after it (law 10050 of 2021, transitory).
const NEXT_SUNDAY: Moves = &[(Mon, 6), (Tue, 5), (Wed, 4), (Thu, 3), (Fri, 2), (Sat, 1)];

const SANTAMARIA: Rule = Rule::fixed("Juan Santamaría Day", 4, 11);
const LABOUR: Rule = Rule::fixed("Labour Day", 5, 1);
const NICOYA: Rule = Rule::fixed("Annexation of Nicoya", 7, 25);
const MOTHER: Rule = Rule::fixed("Mother's Day", 8, 15);
const AFRO: Rule = Rule::fixed("Afro-Costa Rican Culture Day", 8, 31).from(2021);
const INDEPENDENCE: Rule = Rule::fixed("Independence Day", 9, 15);
const ARMY: Rule = Rule::fixed("Army Abolition Day", 12, 1).from(2020);

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::easter("Maundy Thursday", -3),
    Rule::easter("Good Friday", -2),
    SANTAMARIA.except(&[2006, 2007, 2008, 2009, 2010, 2023, 2024]),
    SANTAMARIA
        .from(2006)
        .to(2010)
        .shift(Shift::Move(NEXT_MONDAY)),
    SANTAMARIA.from(2023).to(2024).shift(Shift::Move(A_MONDAY)),
    LABOUR.except(&[2021]),
    LABOUR.only(&[2021]).shift(Shift::Move(A_MONDAY)),
    NICOYA.except(&[2005, 2006, 2007, 2008, 2020, 2021, 2022, 2023, 2024]),
    NICOYA.from(2005).to(2008).shift(Shift::Move(NEXT_MONDAY)),
    NICOYA.from(2020).to(2024).shift(Shift::Move(A_MONDAY)),
    Rule::fixed("Our Lady of the Angels", 8, 2),
    MOTHER.except(&[2005, 2006, 2007, 2020, 2023, 2024]),
    MOTHER.from(2005).to(2007).shift(Shift::Move(NEXT_MONDAY)),
    MOTHER
        .only(&[2020, 2023, 2024])
        .shift(Shift::Move(A_MONDAY)),
    AFRO.except(&[2021, 2022, 2023]),
    AFRO.to(2023).shift(Shift::Move(NEXT_SUNDAY)),
    INDEPENDENCE.except(&[2020, 2021, 2022]),
    INDEPENDENCE
        .from(2020)
        .to(2022)
        .shift(Shift::Move(A_MONDAY)),
    Rule::fixed("Cultures Day", 10, 12)
        .to(2019)
        .shift(Shift::Move(NEXT_MONDAY)),
    ARMY.except(&[2020, 2021, 2022]),
    ARMY.to(2022).shift(Shift::Move(A_MONDAY)),
    Rule::fixed("Christmas Day", 12, 25),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
