//! What would be saved by a looser rule.

use super::round;
use super::sheet::{Cell, Form, Sheet};
use crate::reporting::html::rules::priced;
use crate::reporting::html::view::View;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let saved = format!("Saved, {}", view.currency());
    let mut sheet = Sheet::new("Rules", &["Rule", "What is loosened", &saved]);
    for rule in priced(view) {
        sheet.rows.push(vec![
            Cell::Text(rule.rule),
            Cell::Text(rule.unit),
            Cell::Number(round(rule.saves, 4), Form::Two),
        ]);
    }
    sheet
}
