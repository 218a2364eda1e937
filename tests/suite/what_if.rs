//! What-ifs planned side by side move the cost in the directions that are known.

use wfm::format::{CHANGE_WORDS, read_change};
use wfm::milp::Silent;
use wfm::planning::{Change, what_if};
use wfm::reporting::{html_what_if, what_if_summary, what_if_table};
use wfm::scheduling::Strategy;

use super::reference::{read, solvers};

fn changes(words: &[&str]) -> Vec<Vec<Change>> {
    let one = |word: &&str| vec![read_change(word).unwrap()];
    words.iter().map(one).collect()
}

#[test]
fn changes_move_the_cost_as_they_must() {
    let Some(solvers) = solvers() else { return };
    let scenario = read("belgium").scenario;
    let list = [
        "volume=1.2",
        "service_level=0.7",
        "close=BPO",
        "close=nobody",
        "aht=0.9",
    ];
    let made = what_if(&scenario, &changes(&list), &Strategy::new(solvers), &Silent);
    assert_eq!(made.len(), 6);
    let cost = |k: usize| made[k].plan.as_ref().unwrap().cost().get();
    assert_eq!(cost(0), 2616.0);
    assert!(cost(1) > cost(0), "a fifth more contacts cost more");
    assert!(cost(2) <= cost(0), "a looser promise never costs more");
    assert!(cost(3) >= cost(0), "fewer pools never cost less");
    assert!(made[4].plan.is_err(), "there is no such pool");
    let left = &made[3].plan.as_ref().unwrap().solved.schedule.shifts;
    assert!(left.iter().all(|shift| shift.pool.as_str() != "BPO"));
    assert!(cost(5) < cost(0), "shorter calls cost less");
    // The same plans, one after the other.
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let strategy = Strategy::new(solvers);
    let again = alone.install(|| what_if(&scenario, &changes(&list), &strategy, &Silent));
    assert_eq!(what_if_summary(&again), what_if_summary(&made));
    let table = what_if_table(&made);
    assert_eq!(table.rows.len(), 6);
    assert_eq!(table.rows[0][1], "2616.000000");
    assert!(table.rows[4][6].contains("nobody"));
    let page = html_what_if(&made, &scenario);
    assert!(page.contains("<svg") && page.contains("volume × 1.2") && page.ends_with("</html>\n"));
}

#[test]
fn every_word_is_read_and_others_are_refused_with_help() {
    for (word, _) in CHANGE_WORDS {
        let value = match word {
            "staffing" => "silo",
            "close" => "PHL",
            "week_hours_max" => "PHL:0.5",
            _ => "0.9",
        };
        assert!(read_change(&format!("{word}={value}")).is_ok(), "{word}");
        assert!(
            read_change(&format!("{word}=")).is_err(),
            "{word} without a value"
        );
    }
    for bad in [
        "",
        "volume",
        "volume=-1",
        "volume=NaN",
        "occupancy_cap=1.5",
        "staffing=both",
        "x=1",
    ] {
        let told = read_change(bad).unwrap_err();
        assert!(!told.is_empty(), "{bad}");
    }
}
