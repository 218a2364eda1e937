//! What a layout must keep, every fault with the path of its key in a case file.

use super::{Arrivals, ContactType, Group, Layout};
use crate::simulation::Law;
use crate::workforce::{Fault, FaultCode, Faults};

/// The most periods, so that their number fits where contacts keep it.
const MOST_PERIODS: usize = 65_000;
/// The most types or groups.
const MOST: usize = 10_000;
/// The most contacts expected in one day.
const MOST_CONTACTS: f64 = 2e7;
/// The most agents of a group at once.
const MOST_AGENTS: u32 = 10_000_000;

pub(super) fn check(layout: &Layout) -> Result<(), Faults> {
    let mut found = Found::default();
    found.day(layout);
    for (k, contact) in layout.types.iter().enumerate() {
        found.contact_type(layout, k, contact);
    }
    for (g, group) in layout.groups.iter().enumerate() {
        found.group(layout, g, group);
    }
    found.names(layout);
    found.service(layout);
    if found.0.is_empty() {
        found.volume(layout);
        found.warm_circles(layout);
    }
    Faults::check(found.0)
}

#[derive(Default)]
struct Found(Vec<Fault>);

impl Found {
    fn say(
        &mut self,
        path: impl Into<String>,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.0.push(Fault::at(path, code, what, action));
    }

    /// A number that must be in a range.
    fn range(&mut self, path: &str, value: f64, holds: bool, wanted: &str) {
        if !(holds && value.is_finite()) {
            let what = format!("{value} is out of range");
            self.say(path, FaultCode::OutOfRange, what, format!("give {wanted}"));
        }
    }

    fn share(&mut self, path: &str, value: f64) {
        let holds = (0.0..=1.0).contains(&value);
        self.range(path, value, holds, "a fraction from 0 to 1");
    }

    fn not_negative(&mut self, path: &str, value: f64) {
        self.range(path, value, value >= 0.0, "a finite number, 0 or above");
    }

    /// A list with one value, or one for each period.
    fn length(&mut self, path: &str, given: usize, layout: &Layout) {
        let periods = layout.periods.len();
        if given != 1 && given != periods {
            let what = format!("{given} values for {periods} periods");
            let action = "give one value that holds for all periods, or one for each";
            self.say(path, FaultCode::WrongLength, what, action);
        }
    }

    fn law(&mut self, path: &str, law: &Law) {
        for (parameter, value, wanted) in law.faults() {
            let path = format!("{path}.{parameter}");
            let what = format!("{value} is out of range");
            self.say(path, FaultCode::OutOfRange, what, format!("give {wanted}"));
        }
    }

    fn laws(&mut self, path: &str, laws: &[Law], layout: &Layout) {
        self.length(path, laws.len(), layout);
        for (p, law) in laws.iter().enumerate() {
            // A wrong value that holds for all periods is told once.
            if p == 0 || law != &laws[p - 1] {
                self.law(path, law);
            }
        }
    }

    fn day(&mut self, layout: &Layout) {
        if layout.periods.is_empty() || layout.periods.len() > MOST_PERIODS {
            let what = format!("{} periods", layout.periods.len());
            let action = format!("give 1 to {MOST_PERIODS} periods");
            self.say("period_lengths", FaultCode::OutOfRange, what, action);
        }
        for (p, length) in layout.periods.iter().enumerate() {
            let path = format!("period_lengths[{p}]");
            self.range(&path, *length, *length > 0.0, "a finite length above 0");
        }
        if layout.days == 0 {
            let what = "a replication without a day";
            self.say(
                "days_per_replication",
                FaultCode::OutOfRange,
                what,
                "give 1 or more",
            );
        }
        let day = layout.length();
        self.range(
            "warm_up",
            layout.warm_up,
            (0.0..day.max(f64::MIN_POSITIVE)).contains(&layout.warm_up),
            "0 or more, and less than the length of the day",
        );
        if let Some(law) = &layout.busyness {
            self.law("busyness", law);
        }
        if layout.lines == Some(0) {
            let what = "no line at all, so every contact is blocked";
            self.say(
                "lines",
                FaultCode::OutOfRange,
                what,
                "give 1 or more, or null",
            );
        }
        for (list, count) in [
            ("types", layout.types.len()),
            ("groups", layout.groups.len()),
        ] {
            if count == 0 || count > MOST {
                let what = format!("{count} {list}");
                self.say(
                    list,
                    FaultCode::OutOfRange,
                    what,
                    format!("give 1 to {MOST}"),
                );
            }
        }
    }

    fn contact_type(&mut self, layout: &Layout, k: usize, contact: &ContactType) {
        let at = |key: &str| format!("types[{k}].{key}");
        self.arrivals(layout, &at, &contact.arrivals);
        if !contact.patience.is_empty() {
            self.laws(&at("patience"), &contact.patience, layout);
        }
        self.share(&at("balk_probability"), contact.balk_probability);
        self.not_negative(&at("answer_within"), contact.answer_within);
        if let Some(wait) = contact.max_wait {
            self.not_negative(&at("max_wait"), wait);
        }
        if let Some(deadline) = contact.deadline {
            self.not_negative(&at("deadline"), deadline);
        }
        if let Some(retry) = &contact.retry {
            self.share(&at("retry.probability"), retry.probability);
            self.law(&at("retry.delay"), &retry.delay);
        }
        for (i, waited) in contact.carried_over.iter().enumerate() {
            self.not_negative(&at(&format!("carried_over[{i}]")), *waited);
        }
        let mut sum = 0.0;
        for (i, transfer) in contact.transfers.iter().enumerate() {
            let path = at(&format!("transfers[{i}]"));
            self.share(&format!("{path}.probability"), transfer.probability);
            sum += transfer.probability;
            if transfer.to >= layout.types.len() {
                self.say(
                    path,
                    FaultCode::UnknownReference,
                    "no such type",
                    "name a type",
                );
            }
        }
        if sum > 1.0 + 1e-12 {
            let what = format!("the probabilities add up to {sum}");
            self.say(
                at("transfers"),
                FaultCode::OutOfRange,
                what,
                "keep their sum at most 1",
            );
        }
        self.route(layout, k, contact);
    }

    fn arrivals(&mut self, layout: &Layout, at: &dyn Fn(&str) -> String, arrivals: &Arrivals) {
        match arrivals {
            Arrivals::Poisson(rates) => {
                self.length(&at("arrival_rate"), rates.len(), layout);
                for (p, rate) in rates.iter().enumerate() {
                    self.not_negative(&at(&format!("arrival_rate[{p}]")), *rate);
                }
            }
            Arrivals::Counts(counts) => self.length(&at("arrival_counts"), counts.len(), layout),
            Arrivals::Times(times) => {
                let day = layout.length();
                for (i, time) in times.iter().enumerate() {
                    let path = at(&format!("arrival_times[{i}]"));
                    let holds = (0.0..=day).contains(time);
                    self.range(&path, *time, holds, "a time within the day");
                }
                if let Some(i) = times.windows(2).position(|w| w[0] > w[1]) {
                    let path = at(&format!("arrival_times[{}]", i + 1));
                    let what = "earlier than the time before it";
                    self.say(path, FaultCode::OutOfRange, what, "put the times in order");
                }
            }
        }
    }

    fn route(&mut self, layout: &Layout, k: usize, contact: &ContactType) {
        let path = format!("routing.arrival.{}", contact.id);
        for (i, g) in contact.route.iter().enumerate() {
            if *g >= layout.groups.len() {
                self.say(
                    &path,
                    FaultCode::UnknownReference,
                    "no such group",
                    "name a group",
                );
            } else if contact.route[..i].contains(g) {
                let what = format!("`{}` is named twice", layout.groups[*g].id);
                self.say(&path, FaultCode::Duplicate, what, "name it once");
            } else {
                self.served(layout, k, *g, &path);
            }
        }
        let taken = |group: &Group| group.takes.iter().any(|t| t.contact_type == k);
        if contact.route.is_empty() && !layout.groups.iter().any(taken) {
            let what = format!("no group ever serves `{}`", contact.id);
            let action = "route it to a group, or leave the type out";
            self.say(path, FaultCode::UnservedQueue, what, action);
        }
    }

    fn group(&mut self, layout: &Layout, g: usize, group: &Group) {
        let at = |key: &str| format!("groups[{g}].{key}");
        self.length(&at("agents"), group.agents.len(), layout);
        if let Some(most) = group.agents.iter().find(|a| **a > MOST_AGENTS) {
            let what = format!("{most} agents");
            let action = format!("give at most {MOST_AGENTS}");
            self.say(at("agents"), FaultCode::OutOfRange, what, action);
        }
        if group.concurrency == 0 || group.concurrency > 32 {
            let what = format!("{} chats at once", group.concurrency);
            self.say(
                at("concurrency"),
                FaultCode::OutOfRange,
                what,
                "give 1 to 32",
            );
        }
        let factors = group.slowdown.len();
        if factors != 0 && factors as u64 != u64::from(group.concurrency) {
            let what = format!("{factors} factors for {} chats at once", group.concurrency);
            let action = "give one factor for each number of chats, or none";
            self.say(at("slowdown"), FaultCode::WrongLength, what, action);
        }
        for (j, factor) in group.slowdown.iter().enumerate() {
            let path = at(&format!("slowdown[{j}]"));
            self.range(&path, *factor, *factor > 0.0, "a finite factor above 0");
        }
        let path = format!("routing.agent.{}", group.id);
        for (i, take) in group.takes.iter().enumerate() {
            let k = take.contact_type;
            if k >= layout.types.len() {
                self.say(
                    &path,
                    FaultCode::UnknownReference,
                    "no such type",
                    "name a type",
                );
            } else if group.takes[..i].iter().any(|t| t.contact_type == k) {
                let what = format!("`{}` is named twice", layout.types[k].id);
                self.say(&path, FaultCode::Duplicate, what, "name it once");
            } else {
                self.served(layout, k, g, &path);
            }
        }
    }

    /// A type that a group serves has a service time there.
    fn served(&mut self, layout: &Layout, k: usize, g: usize, path: &str) {
        let known = (layout.service.iter()).any(|s| (s.contact_type, s.group) == (k, g));
        if known {
            return;
        }
        let (contact, group) = (&layout.types[k].id, &layout.groups[g].id);
        let what = format!("`{group}` may serve `{contact}`, but has no service time for it");
        if !self.0.iter().any(|fault| fault.what == what) {
            let action = "add the service time, or take the pair out of the routing";
            self.say(path, FaultCode::MissingKey, what, action);
        }
    }

    fn names(&mut self, layout: &Layout) {
        let types: Vec<&str> = layout.types.iter().map(|t| t.id.as_str()).collect();
        let groups: Vec<&str> = layout.groups.iter().map(|g| g.id.as_str()).collect();
        for (list, names) in [("types", types), ("groups", groups)] {
            for (i, name) in names.iter().enumerate() {
                if names[..i].contains(name) {
                    let what = format!("`{name}` is taken");
                    let path = format!("{list}[{i}].id");
                    self.say(path, FaultCode::Duplicate, what, "give it another name");
                }
            }
        }
    }

    fn service(&mut self, layout: &Layout) {
        for (i, service) in layout.service.iter().enumerate() {
            let path = format!("service[{i}]");
            if service.contact_type >= layout.types.len() || service.group >= layout.groups.len() {
                let what = "no such type or group";
                self.say(
                    &path,
                    FaultCode::UnknownReference,
                    what,
                    "name a type and a group",
                );
            }
            let pair = (service.contact_type, service.group);
            if (layout.service[..i].iter()).any(|s| (s.contact_type, s.group) == pair) {
                let what = "the type and the group have a service time already";
                self.say(&path, FaultCode::Duplicate, what, "keep one of them");
            }
            self.laws(&path, &service.law, layout);
        }
    }

    /// A day must not be longer than what a computer can walk through.
    fn volume(&mut self, layout: &Layout) {
        let types = 0..layout.types.len();
        let expected: f64 = types.flat_map(|k| layout.expected(k)).sum();
        if expected > MOST_CONTACTS {
            let what = format!("{expected:.0} contacts are expected in a day");
            let action =
                format!("shorten the day or lower the rates to at most {MOST_CONTACTS:.0}");
            self.say("types", FaultCode::OutOfRange, what, action);
        }
    }

    /// Agents who wait for agents who wait for them would wait for ever: warm transfers may not lead
    /// in a circle of groups.
    fn warm_circles(&mut self, layout: &Layout) {
        let groups = layout.groups.len();
        let servers = |k: usize| -> Vec<usize> {
            let serves = |g: &usize| {
                layout.types[k].route.contains(g)
                    || layout.groups[*g].takes.iter().any(|t| t.contact_type == k)
            };
            (0..groups).filter(serves).collect()
        };
        let mut waits_for = vec![Vec::new(); groups];
        for (k, contact) in layout.types.iter().enumerate() {
            for transfer in contact.transfers.iter().filter(|t| t.warm) {
                for g in servers(k) {
                    waits_for[g].extend(servers(transfer.to));
                }
            }
        }
        // Groups that wait for nobody are taken away until none is left, or a circle is.
        let mut open: Vec<usize> = (0..groups).collect();
        loop {
            let before = open.len();
            let left = open.clone();
            open.retain(|g| waits_for[*g].iter().any(|other| left.contains(other)));
            if open.is_empty() {
                return;
            }
            if open.len() == before {
                break;
            }
        }
        let names: Vec<&str> = open.iter().map(|g| layout.groups[*g].id.as_str()).collect();
        let what = format!(
            "warm transfers lead in a circle, so agents of {} could wait for each other for ever",
            names.join(", ")
        );
        let action =
            "make one of the transfers cold, or give the receiving type a group of its own";
        self.say("types", FaultCode::ImpossibleLimits, what, action);
    }
}
