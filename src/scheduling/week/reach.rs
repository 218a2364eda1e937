use super::problem::{StartOption, Week};

/// Rules of a week that no plan can keep.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// More agents must be on duty in an interval than ever can be.
    Coverage {
        /// Position of the language.
        language: usize,
        /// The interval.
        interval: usize,
        /// Agents wanted.
        wanted: u32,
        /// Most agents who can be there, were all other languages left alone.
        reachable: u32,
    },
    /// A contract asks for more paid intervals than its site can work.
    Contract {
        /// Position of the site.
        site: usize,
        /// Paid intervals the contract asks for.
        minimum: u64,
        /// Most that can be worked.
        reachable: u64,
    },
    /// The share caps of all kinds of shift that can be worked add up to less than the whole.
    Shares {
        /// The sum in hundredths.
        hundredths: u32,
    },
    /// Rules contradict each other together: prices prove that every plan would cost more than
    /// the dearest. The languages and intervals that are hardest to serve.
    Together(Vec<(usize, usize)>),
}

/// Rules that cannot be kept, one by one; empty when none is found.
pub(super) fn obstacles(week: &Week, options: &[StartOption]) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if week.understaffing.is_none() {
        found.extend(coverage(week, options));
    }
    found.extend(contracts(week, options));
    let must_work = week.sites.iter().any(|site| site.paid_minimum > 0)
        || (week.understaffing.is_none() && wants_agents(week));
    if must_work {
        found.extend(shares(week, options));
    }
    found
}

/// Whether anybody is wanted at all, or a contract asks for hours.
pub(super) fn asks_for_work(week: &Week) -> bool {
    wants_agents(week) || week.sites.iter().any(|site| site.paid_minimum > 0)
}

fn wants_agents(week: &Week) -> bool {
    let mut required = week.languages.iter().flat_map(|l| &l.required);
    required.any(|&r| r > 0)
}

/// The most any plan within the rules can cost before missing agents; nothing where pools may
/// work without limit.
pub(super) fn dearest_plan(week: &Week, options: &[StartOption]) -> Option<i64> {
    let change = week.change_price();
    let price = |o: &StartOption| o.cost.max(0).saturating_add(change);
    let dropped: i64 = week.agreed(options).iter().sum();
    let mut total = dropped.saturating_mul(change);
    for of_pool in options.chunk_by(|a, b| a.pool == b.pool) {
        let pool = &week.pools[of_pool[0].pool];
        let seats = week.sites[pool.site].seats;
        let costs = of_pool.iter().map(price);
        let of_pool = match (pool.shifts_per_day, seats) {
            (Some(cap), _) => {
                let mut dearest = vec![0; week.days()];
                for o in of_pool {
                    dearest[o.day] = price(o).max(dearest[o.day]);
                }
                let days: i64 = dearest.iter().sum();
                days.saturating_mul(i64::from(cap))
            }
            (None, Some(seats)) => costs.sum::<i64>().saturating_mul(i64::from(seats)),
            (None, None) => return None,
        };
        total = total.saturating_add(of_pool);
    }
    let agents = week.languages.iter().flat_map(|l| &l.required);
    let agents = agents.fold(0_i64, |sum, &r| sum.saturating_add(i64::from(r)));
    let missing = agents.saturating_mul(week.understaffing.unwrap_or(0));
    Some(total.saturating_add(missing))
}

/// Intervals in which a language wants more agents than can be there.
fn coverage(week: &Week, options: &[StartOption]) -> Vec<Obstacle> {
    let n = week.intervals;
    let mut reachable = vec![0_u32; week.languages.len() * n];
    for of_pool in options.chunk_by(|a, b| a.pool == b.pool) {
        let pool = &week.pools[of_pool[0].pool];
        let seats = week.sites[pool.site].seats.unwrap_or(u32::MAX);
        let cap = pool.shifts_per_day.unwrap_or(u32::MAX);
        // Days whose shifts may be on duty in the interval.
        let mut days = vec![vec![false; week.days()]; n];
        for o in of_pool {
            for j in (0..week.shift_types[o.shift_type].length).filter(|&j| may_serve(week, o, j)) {
                days[week.after(o.start, j)][o.day] = true;
            }
        }
        for (t, days) in days.iter().enumerate() {
            let able = days.iter().filter(|day| **day);
            let able = able
                .fold(0_u32, |sum, _| sum.saturating_add(cap))
                .min(seats);
            for l in &pool.languages {
                let own = &mut reachable[l * n + t];
                *own = own.saturating_add(able);
            }
        }
    }
    let required = week.languages.iter().flat_map(|l| &l.required);
    let short = required.zip(reachable).enumerate();
    short
        .filter(|(_, (wanted, reachable))| *wanted > reachable)
        .map(|(at, (&wanted, reachable))| Obstacle::Coverage {
            language: at / n,
            interval: at % n,
            wanted,
            reachable,
        })
        .collect()
}

/// Whether some placement of the breaks leaves interval `j` of a shift on duty.
fn may_serve(week: &Week, o: &StartOption, j: usize) -> bool {
    let breaks = &week.shift_types[o.shift_type].breaks;
    // A break covers `j` wherever it starts when its first and its last place both do.
    breaks.iter().all(|b| b.last > j || b.first + b.length <= j)
}

/// Contracts for more than caps and seats allow.
fn contracts(week: &Week, options: &[StartOption]) -> Vec<Obstacle> {
    let paid = |o: &StartOption| week.shift_types[o.shift_type].paid() as u64;
    let reachable = |s: usize| -> u64 {
        let mut total = 0_u64;
        let of_site = options.iter().filter(|o| week.pools[o.pool].site == s);
        let of_site: Vec<StartOption> = of_site.copied().collect();
        for of_pool in of_site.chunk_by(|a, b| a.pool == b.pool) {
            let mut most = vec![0_u64; week.days()];
            for o in of_pool {
                most[o.day] = most[o.day].max(paid(o));
            }
            let cap = week.pools[of_pool[0].pool].shifts_per_day;
            let cap = cap.map_or(u64::MAX, u64::from);
            let of_pool = most
                .iter()
                .fold(0_u64, |sum, p| sum.saturating_add(p.saturating_mul(cap)));
            total = total.saturating_add(of_pool);
        }
        let seats = week.sites[s].seats.map_or(u64::MAX, u64::from);
        total.min(seats.saturating_mul(week.intervals as u64))
    };
    let sites = week.sites.iter().enumerate();
    let asking = sites.filter(|(_, site)| site.paid_minimum > 0);
    asking
        .map(|(site, s)| (site, s.paid_minimum, reachable(site)))
        .filter(|(_, minimum, reachable)| minimum > reachable)
        .map(|(site, minimum, reachable)| Obstacle::Contract {
            site,
            minimum,
            reachable,
        })
        .collect()
}

/// Share caps that leave room for no shift at all.
fn shares(week: &Week, options: &[StartOption]) -> Option<Obstacle> {
    let mut kinds: Vec<usize> = options.iter().map(|o| o.shift_type).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let cap = |k: &usize| {
        let own = week.share_caps.iter().filter(|cap| cap.shift_type == *k);
        own.map(|cap| cap.hundredths).min().unwrap_or(100)
    };
    let hundredths = kinds.iter().map(cap).sum();
    (!kinds.is_empty() && hundredths < 100).then_some(Obstacle::Shares { hundredths })
}
