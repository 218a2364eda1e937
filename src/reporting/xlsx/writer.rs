//! Sheets into the bytes of a workbook.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DocProperties,
    ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
    utility::column_number_to_name,
};

use super::sheet::{Cell, Form, Mark, Sheet};
use crate::calendar::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Rows of a sheet below its heads; what is beyond goes on in another sheet.
const MOST_ROWS: usize = 1_048_575;
/// Characters that a cell can hold.
const MOST_CHARACTERS: usize = 32_767;
/// Widest column, in characters.
const WIDEST: usize = 60;
/// Differences of shares that are not shown.
const SHOWN: f64 = 5e-4;

// Vermilion and blue stay apart for colour-blind eyes; words keep their contrast on both.
const MISSING: u32 = 0x00F7_C6A3;
const SPARE: u32 = 0x00CF_E3F5;
const HEAD: u32 = 0x00E7_EAEE;

/// The workbook; its date of creation is the day that is given, so that bytes repeat.
pub(super) fn write(
    sheets: &[Sheet],
    title: &str,
    created: NaiveDate,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(title.chars().take(255).collect::<String>())
        .set_author(concat!(
            env!("CARGO_PKG_NAME"),
            " ",
            env!("CARGO_PKG_VERSION")
        ))
        .set_creation_datetime(&moment(created.and_time(NaiveTime::MIN))?);
    book.set_properties(&properties);
    let formats = Formats::new();
    for sheet in sheets {
        let mut parts: Vec<&[Vec<Cell>]> = sheet.rows.chunks(MOST_ROWS).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        for (part, rows) in parts.iter().enumerate() {
            let name = match part {
                0 => sheet.name.to_owned(),
                _ => format!("{} {}", sheet.name, part + 1),
            };
            let is_last = part + 1 == parts.len();
            let sums = if is_last { sheet.sums } else { 0 };
            let page = book.add_worksheet();
            page.set_name(name)?;
            fill(page, sheet, rows, sums, &formats)?;
        }
    }
    book.save_to_buffer()
}

/// One format for each form, plain and for sums.
struct Formats {
    /// Above words, and above numbers.
    heads: [Format; 2],
    text: [Format; 2],
    moment: Format,
    day: Format,
    numbers: BTreeMap<(Form, bool), Format>,
}

impl Formats {
    fn new() -> Self {
        let plain = |is_sum: bool| {
            let format = Format::new();
            if is_sum { format.set_bold() } else { format }
        };
        let mut numbers = BTreeMap::new();
        for (form, shown) in [
            (Form::Whole, "#,##0"),
            (Form::Two, "#,##0.00"),
            (Form::Four, "#,##0.0000"),
            (Form::Share, "0.0%"),
            (Form::FineShare, "0.000%"),
        ] {
            for is_sum in [false, true] {
                numbers.insert((form, is_sum), plain(is_sum).set_num_format(shown));
            }
        }
        Self {
            heads: [FormatAlign::Left, FormatAlign::Right].map(|side| {
                let head = Format::new().set_bold().set_background_color(HEAD);
                head.set_align(side)
            }),
            text: [plain(false), plain(true)],
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            day: Format::new().set_num_format("ddd yyyy-mm-dd"),
            numbers,
        }
    }
}

fn fill(
    page: &mut Worksheet,
    sheet: &Sheet,
    rows: &[Vec<Cell>],
    sums: usize,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let mut widths: Vec<usize> = sheet.heads.iter().map(|h| h.chars().count()).collect();
    for ((column, head), place) in (0u16..).zip(&sheet.heads).zip(0usize..) {
        let cells = rows.iter().filter_map(|row| row.get(place));
        let first = cells.into_iter().find(|cell| **cell != Cell::Empty);
        let is_text = first.is_none_or(|cell| matches!(cell, Cell::Text(_)));
        page.write_string_with_format(0, column, head, &formats.heads[usize::from(!is_text)])?;
    }
    let first_sum = rows.len().saturating_sub(sums);
    for ((line, row), place) in (1u32..).zip(rows).zip(0usize..) {
        let is_sum = place >= first_sum;
        for ((column, cell), width) in (0u16..).zip(row).zip(&mut widths) {
            let shown = put(page, (line, column), cell, is_sum, formats)?;
            *width = (*width).max(shown);
        }
    }
    for (column, width) in (0u16..).zip(widths) {
        page.set_column_width(column, width.min(WIDEST) as f64 + 2.0)?;
    }
    page.set_freeze_panes(1, sheet.frozen)?;
    let last_column = u16::try_from(sheet.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_line = u32::try_from(first_sum).unwrap_or(u32::MAX);
    if last_line > 0 {
        page.autofilter(0, 0, last_line, last_column)?;
        for (column, mark) in &sheet.marks {
            colour(page, *column, last_line, *mark)?;
        }
    }
    page.set_landscape();
    page.set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Writes a cell; the characters it takes on the screen, about.
fn put(
    page: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    is_sum: bool,
    formats: &Formats,
) -> Result<usize, XlsxError> {
    let text = &formats.text[usize::from(is_sum)];
    match cell {
        Cell::Empty => Ok(0),
        Cell::Text(words) => {
            let words: String = words.chars().take(MOST_CHARACTERS).collect();
            page.write_string_with_format(line, column, &words, text)?;
            Ok(words.chars().count())
        }
        Cell::Number(number, form) => {
            let format = formats.numbers.get(&(*form, is_sum)).unwrap_or(text);
            page.write_number_with_format(line, column, *number, format)?;
            let whole = format!("{:.0}", number.abs()).len();
            Ok(whole + whole / 3 + 6)
        }
        Cell::Moment(at) => {
            page.write_datetime_with_format(line, column, moment(*at)?, &formats.moment)?;
            Ok("2027-03-28 08:00".len())
        }
        Cell::Day(day) => {
            let at = moment(day.and_time(NaiveTime::MIN))?;
            page.write_datetime_with_format(line, column, at, &formats.day)?;
            Ok("Sun 2027-03-28".len())
        }
    }
}

/// A local time as spreadsheets store it, without a zone.
fn moment(at: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    // A year before zero is before 1900 as well.
    let year = u16::try_from(at.year()).unwrap_or(0);
    let small = |n: u32| u8::try_from(n).unwrap_or(0);
    let day = ExcelDateTime::from_ymd(year, small(at.month()), small(at.day()))?;
    let hour = u16::from(small(at.hour()));
    day.and_hms(hour, small(at.minute()), f64::from(at.second()))
}

fn colour(page: &mut Worksheet, column: u16, last: u32, mark: Mark) -> Result<(), XlsxError> {
    let fill = |colour: u32| Format::new().set_background_color(colour);
    let above = |colour| {
        ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(1e-6))
            .set_format(fill(colour))
    };
    match mark {
        Mark::Missing => {
            page.add_conditional_format(1, column, last, column, &above(MISSING))?;
        }
        Mark::Spare => {
            page.add_conditional_format(1, column, last, column, &above(SPARE))?;
        }
        Mark::Below(other) => {
            let (own, other) = (column_number_to_name(column), column_number_to_name(other));
            let rule =
                format!("=AND(ISNUMBER(${own}2),ISNUMBER(${other}2),${own}2<${other}2-{SHOWN})");
            let rule = ConditionalFormatFormula::new()
                .set_rule(rule.as_str())
                .set_format(fill(MISSING));
            page.add_conditional_format(1, column, last, column, &rule)?;
        }
    }
    Ok(())
}
