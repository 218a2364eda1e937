//! The verifier finds what is wrong with rosters.

use wfm::calendar::TimeDelta;
use wfm::scheduling::named::{PoolRoster, verify_rosters};
use wfm::workforce::{WishDay, WishFor};

use super::super::support::{monday, utc};
use super::{absence, day, rostered, schedule, staff, week, wish, worked};

#[test]
fn faults_in_rosters_are_found() {
    let mut problem = week(3);
    let own = staff(&mut problem);
    own.fairness.weight = 1.0;
    own.absences = vec![absence("a", day(3), 1)];
    own.worked = vec![worked("b", utc(monday(), 14, 0) - TimeDelta::days(1), 8)];
    own.wishes = vec![wish("c", WishDay::Every, WishFor::Early, true, 2.0)];
    let plan = schedule(&problem, &[(0, 9, 0, 2), (1, 9, 0, 1), (3, 9, 0, 3)]);
    let good = rostered(&problem, &plan);
    assert_eq!(good.open.len(), 1);
    let spoilt = |spoil: &dyn Fn(&mut PoolRoster)| {
        let mut bad = good.clone();
        spoil(&mut bad);
        !verify_rosters(&problem, &plan, &[bad]).is_empty()
    };
    assert!(!spoilt(&|_| {}));
    assert!(spoilt(&|own| drop(own.tours.pop())));
    assert!(spoilt(&|own| own.tours[1].shifts.clear()));
    assert!(spoilt(&|own| own.open.clear()));
    assert!(spoilt(&|own| own.open[0].against.clear()));
    assert!(spoilt(&|own| own.tours[0].agent = "x".to_owned()));
    assert!(spoilt(&|own| own.tours[0].contract = "x".to_owned()));
    assert!(spoilt(&|own| own.wishes.0 += 1));
    assert!(spoilt(&|own| own.wishes.1 += 1));
    assert!(spoilt(&|own| own.penalty.wishes += 1.0));
    assert!(spoilt(&|own| own.penalty.fairness += 0.01));
    assert!(spoilt(&|own| own.penalty.unworked_hours += 0.01));
    assert!(spoilt(&|own| own.weekends_over += 1));
    assert!(spoilt(&|own| own.loads[1].nights += 1));
    assert!(spoilt(&|own| own.past[1].hours += 1.0));
    // Agent a on leave works the open shift.
    assert!(spoilt(&|own| {
        let shift = own.open.pop().unwrap().shift;
        own.tours[0].shifts.push(shift);
    }));
    // Monday's work of b and c changes hands with somebody else's; loads follow, rests do not.
    assert!(spoilt(&|own| own.tours.reverse()));
    assert!(!verify_rosters(&problem, &plan, &[]).is_empty());
    assert!(!verify_rosters(&problem, &plan, &[good.clone(), good.clone()]).is_empty());
}
