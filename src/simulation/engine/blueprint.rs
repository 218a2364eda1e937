//! A centre made ready for the engines: every value at a place where it is found without a search.

use super::super::centre::{AgentRule, ArrivalRule, Arrivals, Close, Layout, at};
use super::super::random::{Law, Purpose, Sampler, Stream};
use super::arrivals::Arrival;

/// Laws of all periods: where they begin, and by how much the next period is further.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Laws {
    first: usize,
    step: usize,
}

/// What the engines ask of a contact type.
#[derive(Debug)]
pub(in crate::simulation) struct TypePlan {
    pub(in crate::simulation) arrivals: Arrivals,
    pub(in crate::simulation) patience: Option<Laws>,
    pub(in crate::simulation) balk: f64,
    pub(in crate::simulation) max_wait: f64,
    pub(in crate::simulation) within: f64,
    pub(in crate::simulation) deadline: Option<f64>,
    pub(in crate::simulation) due: f64,
    pub(in crate::simulation) retry: Option<(f64, Sampler)>,
    /// Whether whoever tries again is like somebody else.
    pub(in crate::simulation) forgets: bool,
    /// Cumulative probability, type it becomes, whether the agent stays.
    pub(in crate::simulation) transfers: Vec<(f64, usize, bool)>,
    pub(in crate::simulation) chat: bool,
    pub(in crate::simulation) carried_over: Vec<f64>,
    /// Group and the free agents it keeps back.
    pub(in crate::simulation) route: Vec<(usize, i64)>,
    pub(in crate::simulation) rule: ArrivalRule,
    /// Whether hanging up must be seen when it happens, not only when an agent looks.
    pub(in crate::simulation) is_watched: bool,
}

/// What the engines ask of a group.
#[derive(Debug)]
pub(in crate::simulation) struct GroupPlan {
    pub(in crate::simulation) agents: Vec<u32>,
    /// Type, the free agents kept back, and whether it is a chat.
    pub(in crate::simulation) takes: Vec<(usize, i64, bool)>,
    pub(in crate::simulation) rule: AgentRule,
    pub(in crate::simulation) concurrency: usize,
    pub(in crate::simulation) slowdown: Vec<f64>,
    /// Whether some type asks who has been idle longest.
    pub(in crate::simulation) tells_idle: bool,
}

/// A moment at which the day changes by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::simulation) struct Mark {
    pub(in crate::simulation) time: f64,
    /// The period from here on.
    pub(in crate::simulation) period: usize,
    /// Where busy time counts from here on: batch and period as one number, if anywhere.
    pub(in crate::simulation) cell: Option<usize>,
}

/// Everything the engines need to know.
#[derive(Debug)]
pub(in crate::simulation) struct Blueprint {
    pub(in crate::simulation) types: Vec<TypePlan>,
    pub(in crate::simulation) groups: Vec<GroupPlan>,
    pub(in crate::simulation) lines: u32,
    pub(in crate::simulation) busyness: Option<Sampler>,
    pub(in crate::simulation) days: u32,
    pub(in crate::simulation) close: Close,
    pub(in crate::simulation) warm_up: f64,
    /// Length of the day.
    pub(in crate::simulation) length: f64,
    /// Begin of each period, and the end of the day.
    pub(in crate::simulation) bounds: Vec<f64>,
    /// Parts of the day that count as samples of their own.
    pub(in crate::simulation) batches: usize,
    /// The first at 0, the last at the close.
    pub(in crate::simulation) marks: Vec<Mark>,
    samplers: Vec<Sampler>,
    /// By type and group.
    service: Vec<Option<Laws>>,
}

impl Blueprint {
    pub(in crate::simulation) fn new(layout: &Layout, batches: usize) -> Self {
        let mut samplers = Vec::new();
        let groups = layout.groups.len();
        let mut service = vec![None; layout.types.len() * groups];
        for law in &layout.service {
            let place = law.contact_type * groups + law.group;
            service[place] = Some(keep(&mut samplers, &law.law));
        }
        let types: Vec<TypePlan> = (0..layout.types.len())
            .map(|k| type_plan(layout, k, &mut samplers))
            .collect();
        let mut bounds = vec![0.0];
        for length in &layout.periods {
            bounds.push(bounds[bounds.len() - 1] + length);
        }
        let length = bounds[bounds.len() - 1];
        Self {
            types,
            groups: (0..groups).map(|g| group_plan(layout, g)).collect(),
            lines: layout.lines.unwrap_or(u32::MAX),
            busyness: layout.busyness.as_ref().map(Sampler::new),
            days: layout.days,
            close: layout.close,
            warm_up: layout.warm_up,
            length,
            marks: marks(&bounds, layout.warm_up, batches),
            bounds,
            batches,
            samplers,
            service,
        }
    }

    /// Number of periods.
    pub(in crate::simulation) fn periods(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Places for counts of a type: batches and periods, whoever was carried over, and whoever does
    /// not count.
    pub(in crate::simulation) fn cells(&self) -> usize {
        self.batches * self.periods() + 2
    }

    /// The place of contacts carried over.
    pub(in crate::simulation) fn carried(&self) -> usize {
        self.batches * self.periods()
    }

    /// The place of contacts that arrive at a time in a period.
    #[inline]
    pub(in crate::simulation) fn cell(&self, time: f64, period: usize) -> usize {
        if time < self.warm_up {
            self.carried() + 1
        } else if self.batches == 1 {
            period
        } else {
            let share = (time - self.warm_up) / (self.length - self.warm_up);
            let batch = crate::units::whole::floor(share * self.batches as f64) as usize;
            batch.min(self.batches - 1) * self.periods() + period
        }
    }

    /// The batch of a place, unless its contacts do not count.
    #[inline]
    pub(in crate::simulation) fn batch(&self, cell: usize) -> Option<usize> {
        if cell >= self.carried() {
            None
        } else if self.batches == 1 {
            Some(0)
        } else {
            Some(cell / self.periods())
        }
    }

    #[inline]
    pub(in crate::simulation) fn service(&self, k: usize, g: usize, period: usize) -> &Sampler {
        match self.service[k * self.groups.len() + g] {
            Some(laws) => self.law(laws, period),
            None => &Sampler::Constant(0.0),
        }
    }

    /// How long a contact is willing to wait.
    #[inline]
    pub(super) fn patience(&self, contact: &Arrival) -> f64 {
        let Some(laws) = self.types[contact.kind].patience else {
            return f64::INFINITY;
        };
        (contact.memory.patience).unwrap_or_else(|| {
            let mut random = Stream::of(contact.key, Purpose::Patience);
            self.law(laws, contact.period).draw(&mut random)
        })
    }

    #[inline]
    fn law(&self, laws: Laws, period: usize) -> &Sampler {
        &self.samplers[laws.first + laws.step * period]
    }

    /// Scheduled agent time of a group in a place of busy time.
    pub(in crate::simulation) fn staffed(&self, g: usize, cell: usize) -> f64 {
        let spans = self.marks.windows(2);
        spans
            .filter(|pair| pair[0].cell == Some(cell))
            .map(|pair| {
                let agents = f64::from(self.groups[g].agents[pair[0].period]);
                agents * (pair[1].time - pair[0].time)
            })
            .sum()
    }
}

fn keep(samplers: &mut Vec<Sampler>, laws: &[Law]) -> Laws {
    let first = samplers.len();
    samplers.extend(laws.iter().map(Sampler::new));
    let step = usize::from(laws.len() > 1);
    Laws { first, step }
}

fn type_plan(layout: &Layout, k: usize, samplers: &mut Vec<Sampler>) -> TypePlan {
    let contact = &layout.types[k];
    let periods = layout.periods.len();
    let arrivals = match &contact.arrivals {
        Arrivals::Poisson(rates) => Arrivals::Poisson((0..periods).map(|p| at(rates, p)).collect()),
        Arrivals::Counts(counts) => Arrivals::Counts((0..periods).map(|p| at(counts, p)).collect()),
        Arrivals::Times(times) => Arrivals::Times(times.clone()),
    };
    let kept_back = |g: usize| {
        let take = layout.groups[g].takes.iter().find(|t| t.contact_type == k);
        take.map_or(0, |take| i64::from(take.reserve))
    };
    let mut sum = 0.0;
    let transfers = contact.transfers.iter().map(|transfer| {
        sum += transfer.probability;
        (sum, transfer.to, transfer.warm)
    });
    let others = layout.types.iter().flat_map(|other| &other.transfers);
    let is_awaited = others.into_iter().any(|t| t.warm && t.to == k);
    TypePlan {
        arrivals,
        patience: (!contact.patience.is_empty()).then(|| keep(samplers, &contact.patience)),
        balk: contact.balk_probability,
        max_wait: contact.max_wait.unwrap_or(f64::INFINITY),
        within: contact.answer_within,
        deadline: contact.deadline,
        due: contact.due(),
        retry: (contact.retry.filter(|retry| retry.probability > 0.0))
            .map(|retry| (retry.probability, Sampler::new(&retry.delay))),
        forgets: contact.retry.is_some_and(|retry| retry.fresh),
        transfers: transfers.collect(),
        chat: contact.chat,
        carried_over: contact.carried_over.clone(),
        route: contact.route.iter().map(|&g| (g, kept_back(g))).collect(),
        rule: contact.rule,
        is_watched: layout.lines.is_some() || contact.retry.is_some() || is_awaited,
    }
}

fn group_plan(layout: &Layout, g: usize) -> GroupPlan {
    let group = &layout.groups[g];
    let asks = layout
        .types
        .iter()
        .any(|contact| contact.rule == ArrivalRule::LongestIdle && contact.route.contains(&g));
    let takes = group.takes.iter().map(|take| {
        let chat = layout.types[take.contact_type].chat;
        (take.contact_type, i64::from(take.reserve), chat)
    });
    GroupPlan {
        agents: (0..layout.periods.len())
            .map(|p| at(&group.agents, p))
            .collect(),
        takes: takes.collect(),
        rule: group.rule,
        concurrency: group.concurrency as usize,
        slowdown: group.slowdown.clone(),
        tells_idle: asks,
    }
}

fn marks(bounds: &[f64], warm_up: f64, batches: usize) -> Vec<Mark> {
    let periods = bounds.len() - 1;
    let end = bounds[periods];
    let batch_begin = |b: usize| warm_up + (end - warm_up) * b as f64 / batches as f64;
    let mut times: Vec<f64> = bounds[..periods].to_vec();
    times.extend((0..batches).map(batch_begin));
    times.sort_by(f64::total_cmp);
    times.dedup();
    let mut marks: Vec<Mark> = (times.into_iter())
        .map(|time| {
            let period = bounds[1..periods].iter().filter(|b| **b <= time).count();
            let batch = (0..batches).rev().find(|b| batch_begin(*b) <= time);
            Mark {
                time,
                period,
                cell: batch.map(|batch| batch * periods + period),
            }
        })
        .collect();
    marks.push(Mark {
        time: end,
        period: periods - 1,
        cell: None,
    });
    marks
}
