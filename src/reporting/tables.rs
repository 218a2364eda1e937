use super::named_roster;
use crate::planning::{Plan, QueueOutlook, QueueTrial};
use crate::units::Money;

/// A table of a plan: a file name, column names with units, and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the file without its ending.
    pub name: &'static str,
    /// Column names.
    pub columns: Vec<&'static str>,
    /// One text for each column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV: UTF-8, comma, point, one header.
    ///
    /// # Errors
    /// An error of the CSV writer, which does not happen in memory.
    pub fn to_csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|e| e.into_error().into())
    }
}

/// Every table of a plan.
pub fn tables(plan: &Plan) -> Vec<Table> {
    let mut tables = vec![
        queues(plan),
        requirement(plan),
        queue_requirement(plan),
        shifts(plan),
        super::tour_table::tours(plan),
        coverage(plan),
        costs(plan),
    ];
    if !plan.rosters.is_empty() {
        tables.push(named_roster::roster(plan));
        tables.push(named_roster::open_shifts(plan));
    }
    tables
}

pub(super) fn stamp(at: crate::calendar::DateTime<crate::calendar::Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn queues(plan: &Plan) -> Table {
    let cell = |q: &QueueOutlook, value: fn(&QueueTrial) -> f64| {
        let simulated = q.simulated.as_ref();
        simulated.map_or(String::new(), |s| format!("{:.6}", value(s)))
    };
    let rows = plan.queues.iter().map(|q| {
        vec![
            q.id.to_string(),
            format!("{:.4}", q.offered),
            q.actual
                .as_ref()
                .map_or(String::new(), |a| format!("{:.4}", a.total())),
            q.target.share().get().to_string(),
            format!("{:.6}", q.service_level.get()),
            cell(q, |s| s.service_level.get()),
            cell(q, |s| s.half_width),
            cell(q, |s| s.day.get()),
            cell(q, |s| s.week.get()),
            cell(q, |s| s.month.get()),
            format!("{:.6}", q.occupancy.get()),
        ]
    });
    Table {
        name: "queues",
        columns: vec![
            "queue",
            "contacts_offered",
            "contacts_actual",
            "service_level_target",
            "service_level_planned",
            "service_level_simulated",
            "service_level_half_width",
            "chance_of_a_day",
            "chance_of_a_week",
            "chance_of_a_month",
            "occupancy",
        ],
        rows: rows.collect(),
    }
}

fn requirement(plan: &Plan) -> Table {
    let requirement = &plan.requirement;
    let mut rows = Vec::new();
    for group in &requirement.groups {
        for (t, need) in group.live.iter().enumerate() {
            let arriving: f64 = group
                .deferred
                .iter()
                .filter_map(|k| k.jobs.get(t))
                .map(|j| j.work)
                .sum();
            rows.push(vec![
                group.name.clone(),
                stamp(requirement.grid.instant(t)),
                format!("{:.6}", need.volume),
                format!("{:.6}", need.load),
                need.agents.to_string(),
                format!("{:.6}", need.fractional),
                format!("{arriving:.6}"),
            ]);
        }
    }
    Table {
        name: "requirement",
        columns: vec![
            "group",
            "start",
            "live_contacts",
            "live_load_erlangs",
            "live_agents",
            "live_agents_fractional",
            "deferred_work_arriving_agent_intervals",
        ],
        rows,
    }
}

fn queue_requirement(plan: &Plan) -> Table {
    let rows = plan.queue_intervals().into_iter().map(|row| {
        vec![
            plan.scenario.queues[row.queue].id.to_string(),
            plan.requirement.groups[row.group].name.clone(),
            stamp(plan.requirement.grid.instant(row.interval)),
            format!("{:.6}", row.volume),
            format!("{:.6}", row.agents),
            format!("{:.6}", row.fractional),
        ]
    });
    Table {
        name: "queue_requirement",
        columns: vec![
            "queue",
            "group",
            "start",
            "contacts",
            "agents",
            "agents_fractional",
        ],
        rows: rows.collect(),
    }
}

fn shifts(plan: &Plan) -> Table {
    let mut rows = Vec::new();
    for shift in &plan.solved.schedule.shifts {
        let zone = plan
            .scenario
            .pools
            .iter()
            .find(|p| p.id == shift.pool)
            .map(|p| p.zone);
        let local = zone.map_or(String::new(), |z| {
            z.local(shift.start).format("%Y-%m-%dT%H:%M").to_string()
        });
        let breaks: Vec<String> = (shift.breaks.iter())
            .map(|b| format!("{}x{}", b.count, stamp(b.start)))
            .collect();
        rows.push(vec![
            shift.pool.to_string(),
            shift.shift_type.to_string(),
            stamp(shift.start),
            stamp(shift.end),
            local,
            zone.map_or(String::new(), |z| z.to_string()),
            shift.count.to_string(),
            breaks.join(" "),
        ]);
    }
    Table {
        name: "shifts",
        columns: vec![
            "pool",
            "shift_type",
            "start",
            "end",
            "start_local",
            "timezone",
            "count",
            "breaks",
        ],
        rows,
    }
}

fn coverage(plan: &Plan) -> Table {
    let grid = &plan.problem.grid;
    let mut rows = Vec::new();
    for a in &plan.solved.schedule.assignments {
        rows.push(vec![
            stamp(grid.instant(a.interval)),
            plan.problem.groups[a.group].name.clone(),
            plan.problem.pools[a.pool].id.to_string(),
            format!("{:.6}", a.agents),
        ]);
    }
    for s in &plan.solved.schedule.shortages {
        let group = plan.problem.groups[s.group].name.clone();
        rows.push(vec![
            stamp(grid.instant(s.interval)),
            group,
            "missing".to_owned(),
            format!("{:.6}", s.agents),
        ]);
    }
    rows.sort();
    Table {
        name: "coverage",
        columns: vec!["start", "group", "pool", "agents"],
        rows,
    }
}

fn costs(plan: &Plan) -> Table {
    // So exact that the sum of all rows is the cost of the plan to the cent.
    let exact = |amount: Money| format!("{:.6}", amount.get());
    let cost = &plan.solved.schedule.cost;
    let mut rows: Vec<Vec<String>> = (plan.scenario.pools.iter().zip(&cost.pools))
        .map(|(pool, c)| {
            vec![
                pool.id.to_string(),
                format!("{:.4}", c.hours),
                format!("{:.4}", pool.paid_hours(c.hours)),
                exact(c.shifts),
                exact(c.languages),
                exact(c.unused),
                exact(c.guaranteed),
                exact(c.premiums),
                exact(c.total()),
            ]
        })
        .collect();
    let blank = String::new;
    rows.push(vec![
        "missing agents".to_owned(),
        format!("{:.4}", plan.missing_hours()),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        exact(cost.understaffing),
    ]);
    if plan.scenario.kept.is_some() {
        rows.push(vec![
            "changes".to_owned(),
            blank(),
            blank(),
            blank(),
            blank(),
            blank(),
            blank(),
            blank(),
            exact(cost.changes),
        ]);
    }
    Table {
        name: "costs",
        columns: vec![
            "pool",
            "hours",
            "paid_hours",
            "cost_shifts",
            "cost_languages",
            "cost_unused_commitment",
            "cost_guaranteed_hours",
            "cost_law_premiums",
            "cost_total",
        ],
        rows,
    }
}
