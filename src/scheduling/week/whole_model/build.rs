use super::super::{StartOption, Week};
use crate::milp::{Kind, Model, Row, Sense, Variable};

/// The exact model of a week, and the way back from its points and multipliers.
#[derive(Debug, Clone)]
pub struct WholeModel<'w> {
    pub(super) week: &'w Week,
    model: Model,
    pub(super) shifts: Vec<ShiftVariables>,
    pub(super) cover: Vec<Priced>,
    pub(super) seats: Vec<Priced>,
    pub(super) paid: Vec<Priced>,
    pub(super) shares: Vec<Priced>,
}

/// The variables of one shift somebody could work.
#[derive(Debug, Clone)]
pub(super) struct ShiftVariables {
    pub(super) option: StartOption,
    pub(super) people: Variable,
    /// For each break, one variable for each position of its window.
    pub(super) breaks: Vec<Vec<Variable>>,
}

/// A row, and the place of its multiplier among the prices.
pub(super) type Priced = (usize, Row);

impl<'w> WholeModel<'w> {
    /// States the model.
    pub fn new(week: &'w Week) -> Self {
        Self::stated(week, Kind::Continuous)
    }

    /// States the model, with variables of some kind for breaks of one interval.
    pub(super) fn stated(week: &'w Week, short_breaks: Kind) -> Self {
        let mut whole = Self {
            week,
            model: Model::new(),
            shifts: Vec::new(),
            cover: Vec::new(),
            seats: Vec::new(),
            paid: Vec::new(),
            shares: Vec::new(),
        };
        let options = week.options();
        let agreed = week.agreed(&options);
        whole.shifts = (options.into_iter().zip(agreed))
            .map(|option| whole.add_shift(option, short_breaks))
            .collect();
        whole.add_cover();
        whole.add_seats();
        whole.add_days();
        whole.add_contracts();
        whole.add_shares();
        whole
    }

    /// The model itself.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// A shift with the people agreed on it.
    fn add_shift(
        &mut self,
        (option, agreed): (StartOption, i64),
        short_breaks: Kind,
    ) -> ShiftVariables {
        let kind = &self.week.shift_types[option.shift_type];
        let pool = &self.week.pools[option.pool].id;
        let name = format!("{pool} {} from {}", kind.id, option.start);
        let model = &mut self.model;
        let mut add = |name: String, cost: f64, kind: Kind| {
            model.add_variable(name, 0.0, f64::INFINITY, cost, kind)
        };
        let people = add(name.clone(), option.cost as f64, Kind::Integer);
        let changes = self.week.kept.as_ref().map(|kept| {
            let mut change = |what| {
                let price = kept.price_per_change as f64;
                add(format!("{name} {what}"), price, Kind::Continuous)
            };
            [
                (people, 1.0),
                (change("more"), -1.0),
                (change("fewer"), 1.0),
            ]
        });
        let breaks: Vec<Vec<Variable>> = (kind.breaks.iter())
            .map(|b| {
                let kind = if b.length == 1 {
                    short_breaks
                } else {
                    Kind::Integer
                };
                (b.first..=b.last)
                    .map(|offset| add(format!("{name} {} at {offset}", b.id), 0.0, kind))
                    .collect()
            })
            .collect();
        if let Some(terms) = changes {
            let name = format!("kept {name}");
            self.model.add_row(name, terms, Sense::Equal, agreed as f64);
        }
        for (b, places) in kind.breaks.iter().zip(&breaks) {
            let taken = places.iter().map(|&place| (place, 1.0));
            let terms = taken.chain([(people, -1.0)]);
            let name = format!("breaks {name} {}", b.id);
            self.model.add_row(name, terms, Sense::Equal, 0.0);
        }
        ShiftVariables {
            option,
            people,
            breaks,
        }
    }

    /// `D_pt`: the terms of those on duty, for each pool and interval.
    fn duty(&self) -> Vec<Vec<Vec<(Variable, f64)>>> {
        let week = self.week;
        let mut duty = vec![vec![Vec::new(); week.intervals]; week.pools.len()];
        for shift in &self.shifts {
            let o = &shift.option;
            let kind = &week.shift_types[o.shift_type];
            let mut note = |variable: Variable, from: usize, length: usize, sign: f64| {
                for j in from..from + length {
                    duty[o.pool][week.after(o.start, j)].push((variable, sign));
                }
            };
            note(shift.people, 0, kind.length, 1.0);
            for (b, places) in kind.breaks.iter().zip(&shift.breaks) {
                for (place, offset) in places.iter().zip(b.first..) {
                    note(*place, offset, b.length, -1.0);
                }
            }
        }
        duty
    }

    fn add_cover(&mut self) {
        let week = self.week;
        let duty = self.duty();
        for t in 0..week.intervals {
            let wanted = |l: &usize| week.languages[*l].required[t] > 0;
            let mut served: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); week.languages.len()];
            for (pool, duty) in week.pools.iter().zip(&duty) {
                if let [only] = pool.languages[..] {
                    served[only].extend(&duty[t]);
                    continue;
                }
                let mut given = Vec::new();
                for &l in pool.languages.iter().filter(|l| wanted(l)) {
                    let name = format!("{} serve {} in {t}", pool.id, week.languages[l].id);
                    let model = &mut self.model;
                    let flow = model.add_variable(name, 0.0, f64::INFINITY, 0.0, Kind::Continuous);
                    served[l].push((flow, 1.0));
                    given.push((flow, 1.0));
                }
                if !given.is_empty() {
                    given.extend(duty[t].iter().map(|&(v, a)| (v, -a)));
                    let name = format!("presence {} {t}", pool.id);
                    self.model.add_row(name, given, Sense::AtMost, 0.0);
                }
            }
            for l in (0..week.languages.len()).filter(wanted) {
                let mut terms = std::mem::take(&mut served[l]);
                let id = &week.languages[l].id;
                if let Some(price) = week.understaffing {
                    let (name, price) = (format!("missing {id} {t}"), price as f64);
                    let model = &mut self.model;
                    let missing =
                        model.add_variable(name, 0.0, f64::INFINITY, price, Kind::Continuous);
                    terms.push((missing, 1.0));
                }
                let required = f64::from(week.languages[l].required[t]);
                let name = format!("cover {id} {t}");
                let row = self.model.add_row(name, terms, Sense::AtLeast, required);
                self.cover.push((l * week.intervals + t, row));
            }
        }
    }

    fn add_seats(&mut self) {
        let week = self.week;
        for (s, site) in week.sites.iter().enumerate() {
            let Some(seats) = site.seats else { continue };
            let mut present = vec![Vec::new(); week.intervals];
            for shift in self.at_site(s) {
                for j in 0..week.shift_types[shift.option.shift_type].length {
                    present[week.after(shift.option.start, j)].push((shift.people, 1.0));
                }
            }
            for (t, terms) in present.into_iter().enumerate() {
                if !terms.is_empty() {
                    let name = format!("seats {} {t}", site.id);
                    let row = self
                        .model
                        .add_row(name, terms, Sense::AtMost, f64::from(seats));
                    self.seats.push((s * week.intervals + t, row));
                }
            }
        }
    }

    fn add_days(&mut self) {
        for (p, pool) in self.week.pools.iter().enumerate() {
            let Some(cap) = pool.shifts_per_day else {
                continue;
            };
            for day in 0..self.week.days() {
                let of_day = (self.shifts.iter())
                    .filter(|s| (s.option.pool, s.option.day) == (p, day))
                    .map(|s| (s.people, 1.0));
                let name = format!("day {} {day}", pool.id);
                let model = &mut self.model;
                model.add_row(name, of_day, Sense::AtMost, f64::from(cap));
            }
        }
    }

    fn add_contracts(&mut self) {
        for (s, site) in self.week.sites.iter().enumerate() {
            if site.paid_minimum == 0 {
                continue;
            }
            let paid = |kind: usize| self.week.shift_types[kind].paid() as f64;
            let terms: Vec<_> = (self.at_site(s))
                .map(|shift| (shift.people, paid(shift.option.shift_type)))
                .collect();
            let name = format!("paid {}", site.id);
            let minimum = site.paid_minimum as f64;
            let row = self.model.add_row(name, terms, Sense::AtLeast, minimum);
            self.paid.push((s, row));
        }
    }

    fn add_shares(&mut self) {
        for (c, cap) in self.week.share_caps.iter().enumerate() {
            let excess = |shift: &ShiftVariables| {
                let is_own = shift.option.shift_type == cap.shift_type;
                let own = if is_own { 100.0 } else { 0.0 };
                (shift.people, own - f64::from(cap.hundredths))
            };
            let name = format!("share {}", self.week.shift_types[cap.shift_type].id);
            let terms = self.shifts.iter().map(excess);
            let row = self.model.add_row(name, terms, Sense::AtMost, 0.0);
            self.shares.push((c, row));
        }
    }

    fn at_site(&self, site: usize) -> impl Iterator<Item = &ShiftVariables> {
        let pools = &self.week.pools;
        (self.shifts.iter()).filter(move |s| pools[s.option.pool].site == site)
    }
}
