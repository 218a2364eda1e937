//! The parts of the report against the plan they tell of: totals, tables behind charts, locales.

use wfm::format::plan_json;
use wfm::planning::{Plan, Stress};
use wfm::reporting::{Locale, charts, html, html_in};

use super::report::{assert_balanced, assert_sound, planned};

/// The part of a report from its anchor to the next part.
fn part<'a>(report: &'a str, id: &str) -> &'a str {
    let start = report.find(&format!("<section id=\"{id}\""));
    let from = &report[start.unwrap_or_else(|| panic!("no part {id}"))..];
    &from[..from.find("</section>").expect("a part ends")]
}

/// Texts of the cells of a row of a table, by what the row begins with; every such row.
fn rows(markup: &str, head: &str) -> Vec<Vec<String>> {
    let lines = markup.split("<tr>").skip(1);
    let cells = lines.map(|line| {
        let row = line.split("</tr>").next().unwrap_or_default();
        row.split("</t")
            .filter_map(|cell| cell.rsplit_once('>').map(|(_, text)| text.to_owned()))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
    });
    cells
        .filter(|cells| cells.first().is_some_and(|first| first == head))
        .collect()
}

/// The file of a plan.
fn file(plan: &Plan) -> serde_json::Value {
    serde_json::from_str(&plan_json(plan, "x").unwrap()).unwrap()
}

/// Sum of some numbers of it.
fn sum<'a>(
    values: impl IntoIterator<Item = &'a serde_json::Value>,
    of: impl Fn(&serde_json::Value) -> &serde_json::Value,
) -> f64 {
    values.into_iter().filter_map(|v| of(v).as_f64()).sum()
}

#[test]
fn there_are_ten_parts_in_order_and_two_lists() {
    let Some(plan) = planned(900.0) else { return };
    let report = html(&plan, "none");
    let parts = [
        "decision",
        "coverage",
        "curves",
        "heat",
        "allocation",
        "forecast",
        "cost",
        "queues",
        "risks",
        "assumptions",
        "shifts",
        "tours",
    ];
    let mut last = 0;
    for (place, id) in parts.into_iter().enumerate() {
        let at = report.find(&format!("<section id=\"{id}\"")).unwrap();
        assert!(at > last, "{id}");
        last = at;
        let heading = format!("<h2>{} ", place + 1);
        assert!(part(&report, id).contains(&heading), "{id}");
        assert!(id == "decision" || report.contains(&format!("href=\"#{id}\"")));
    }
    let decision = part(&report, "decision");
    for words in [
        "Cost of the plan",
        "Cost per contact",
        "What to decide",
        "Chance to keep each promise",
    ] {
        assert!(decision.contains(words), "{words}");
    }
}

#[test]
fn a_table_stands_behind_every_chart() {
    let Some(plan) = planned(900.0) else { return };
    let report = html(&plan, "none");
    let mut rest = report.as_str();
    let mut seen = 0;
    while let Some(at) = rest.find("<div class=\"chart\"") {
        rest = &rest[at..];
        let end = rest.find("</div>").unwrap() + "</div>".len();
        rest = &rest[end..];
        let next = rest.trim_start();
        assert!(next.starts_with("<details><summary>"), "after chart {seen}");
        let table = &next[..next.find("</details>").unwrap()];
        assert!(table.contains("<table>") && table.contains("<tbody>\n<tr>"));
        seen += 1;
    }
    assert_eq!(seen, charts(&plan, Locale::default()).len());
    assert!(seen >= 12, "{seen} charts");
}

#[test]
fn totals_are_those_of_the_plan_file() {
    let Some(plan) = planned(900.0) else { return };
    let words = Locale::default();
    let report = html(&plan, "none");
    let file = file(&plan);
    let paid = sum(file["cost"]["by_pool"].as_object().unwrap().values(), |v| v);
    let amount = words.amount(paid, "EUR", if paid >= 1000.0 { 0 } else { 2 });
    // By pool, by language and by channel.
    let cost = rows(part(&report, "cost"), "All");
    assert_eq!(cost.len(), 3);
    assert_eq!(cost[0][5], amount);
    assert_eq!([&cost[1][1], &cost[2][1]], [&amount, &amount]);
    assert!(part(&report, "decision").contains(&format!("<dd>{amount}</dd>")));
    let contacts = words.number(file["contacts"]["total"].as_f64().unwrap(), 0);
    assert_eq!(rows(part(&report, "forecast"), "All")[0][1], contacts);
    for row in &cost[1..] {
        assert_eq!(row[3], contacts);
    }
    let coverage = &rows(part(&report, "coverage"), "All")[0];
    assert!(coverage.contains(&contacts));
    let hours = file["horizon"]["interval_minutes"].as_f64().unwrap() / 60.0;
    let short = file["shortages"].as_array().unwrap();
    let missing = sum(short, |s| &s["agents"]) * hours;
    assert!(missing > 0.0);
    let missing = words.number(missing, usize::from(missing.fract().abs() > 0.05));
    assert!(coverage.contains(&missing), "{missing} in {coverage:?}");
}

#[test]
fn numbers_follow_the_locale_and_nothing_else_does() {
    let Some(plan) = planned(900.0) else { return };
    let plain = html(&plan, "none");
    assert_eq!(plain, html_in(&plan, "none", Locale::default()));
    for tag in ["de-DE", "fr-FR", "en-GB", "es-ES"] {
        let locale: Locale = tag.parse().unwrap();
        let report = html_in(&plan, "none", locale);
        assert_sound(&report);
        assert_eq!(report, html_in(&plan, "none", locale));
        let share = locale.percent(0.8, 1);
        assert!(
            report.contains(&format!("{share} answered within")),
            "{tag}"
        );
        let words = |text: &str| -> String {
            let visible = text
                .split('<')
                .filter_map(|t| t.split_once('>').map(|(_, t)| t));
            visible
                .flat_map(|t| t.chars().filter(char::is_ascii_lowercase))
                .collect()
        };
        assert_eq!(words(&report), words(&plain), "{tag}");
    }
}

#[test]
fn charts_stand_alone() {
    let Some(plan) = planned(900.0) else { return };
    let files = charts(&plan, Locale::default());
    assert_eq!(files, charts(&plan, Locale::default()));
    let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    for file in &files {
        assert_balanced(&file.svg);
        let local = file.svg.replace("http://www.w3.org/2000/svg", "");
        for outside in ["http", "href", "url(", "@import", "var("] {
            assert!(!local.contains(outside), "{}: {outside}", file.name);
        }
        let (style, body) = file.svg.split_once("</style>").expect("a style");
        for class in body.split("class=\"").skip(1) {
            let class = class.split('"').next().unwrap_or_default();
            let rule = format!(".{class}{{");
            assert!(
                class.is_empty() || style.contains(&rule),
                "{}: {class}",
                file.name
            );
        }
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), files.len());
}

/// Pixels that are clearly darker than paper in the line of the title.
#[cfg(feature = "png")]
fn ink(png: &[u8]) -> usize {
    let picture = resvg::tiny_skia::Pixmap::decode_png(png).expect("a picture");
    let line = picture.width() as usize * 35;
    let pixels = picture.pixels().iter().take(line);
    pixels.filter(|pixel| pixel.red() < 128).count()
}

#[cfg(feature = "png")]
#[test]
fn words_are_in_the_pixels_without_any_font_of_the_machine() {
    let Some(plan) = planned(900.0) else { return };
    for file in charts(&plan, "fr-FR".parse().unwrap()) {
        let picture = file.png(1.0).unwrap();
        assert_eq!(picture, file.png(1.0).unwrap());
        assert!(ink(&picture) > 150, "{} has no title", file.name);
    }
}

#[cfg(feature = "png")]
#[test]
fn letters_that_the_font_has_not_are_told() {
    let Some(plan) = planned(900.0) else { return };
    let mut file = charts(&plan, Locale::default()).remove(0);
    file.svg = file.svg.replacen("</text>", "電話</text>", 1);
    let error = file.png(1.0).expect_err("no such letter").to_string();
    assert!(
        error.contains('電') && error.contains(&file.name),
        "{error}"
    );
}

#[test]
fn worse_days_never_bring_better_service() {
    let Some(plan) = planned(900.0) else { return };
    let level = |volume, aht, agents| {
        let stress = Stress {
            volume,
            aht,
            agents,
        };
        let levels = plan.under(stress);
        assert_eq!(levels.len(), 1, "one live queue");
        levels[0].1.get()
    };
    let planned = level(1.0, 1.0, 1.0);
    assert_eq!(planned, plan.queues[0].service_level.get());
    let mut last = planned;
    for worse in [1.05, 1.1, 1.2, 2.0] {
        let all = [
            level(worse, 1.0, 1.0),
            level(1.0, worse, 1.0),
            level(1.0, 1.0, 1.0 / worse),
        ];
        assert!(
            all.iter().all(|l| *l < last.max(1e-9)),
            "{all:?} after {last}"
        );
        last = all.into_iter().fold(0.0, f64::max);
    }
    assert!(level(0.9, 1.0, 1.0) > planned);
    assert_eq!(level(100.0, 1.0, 1.0), 0.0);
}
