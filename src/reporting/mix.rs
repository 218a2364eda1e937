use std::fmt::Write;

use super::text::{aligned, number, percent};
use crate::planning::{Mix, MixEnd, MixProblem};
use crate::simulation::{Layout, Quantity, Scope};

/// Least-cost sizes of groups, in a terminal: agents by group beside those of the layout, cost and
/// what bounds it, and every target.
pub fn mix_summary(problem: &MixProblem, mix: &Mix) -> String {
    let layout = &problem.layout;
    let agents = |sizes: &[u32]| {
        let words: Vec<String> = sizes.iter().map(u32::to_string).collect();
        words.join(" ")
    };
    let header = ["group", "agents", "now", "cost of one"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (g, group) in layout.groups.iter().enumerate() {
        rows.push(vec![
            group.id.clone(),
            agents(&mix.sizes[g]),
            agents(&group.agents),
            number(problem.prices[g].cost, 2),
        ]);
    }
    let mut out = format!("Groups\n{}\nTargets\n", aligned(&rows));
    let header = ["contacts", "what", "target", "simulated", "holds"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for level in &mix.levels {
        let condition = &level.condition;
        let (what, sign) = match condition.quantity {
            Quantity::PAbandon => ("abandoned", "≤"),
            _ => ("in time", "≥"),
        };
        rows.push(vec![
            contacts(layout, condition.scope),
            what.to_owned(),
            format!("{sign} {}", percent(condition.share.get(), 1)),
            format!(
                "{} ± {:.2}",
                percent(level.mean, 2),
                level.half_width * 100.0
            ),
            if level.holds { "yes" } else { "NO" }.to_owned(),
        ]);
    }
    out.push_str(&aligned(&rows));
    let _ = write!(
        out,
        "\n  Cost              {}\n  Pooled at best    {}\n  Fluid bound       {}\n  \
         Simulations       {} of {} contacts\n\n{}\n",
        number(mix.cost, 2),
        number(mix.pooled, 2),
        number(mix.fluid, 2),
        number(mix.simulations as f64, 0),
        number(mix.contacts as f64, 0),
        match mix.end {
            MixEnd::LocalMinimum =>
                "No exchange of one or two agents against others is cheaper in simulation.",
            MixEnd::Unreachable =>
                "Not even the most agents keep every target: raise `agents_max`, let more groups \
                 serve the types that miss theirs, or lower the target.",
            MixEnd::NotProven =>
                "The targets hold in the search and could not be shown to hold with fresh random \
                 numbers; ask for more replications.",
            MixEnd::TimeLimit => "The time was over before the search was done.",
            MixEnd::Cancelled => "The search was stopped before it was done.",
        }
    );
    out
}

fn contacts(layout: &Layout, scope: Scope) -> String {
    let id = |k: usize| layout.types.get(k).map_or("", |contact| &contact.id);
    match scope {
        Scope::Type(k) => id(k).to_owned(),
        Scope::Period(p) => format!("period {p}"),
        Scope::TypeIn(k, p) => format!("{} in period {p}", id(k)),
        _ => "all".to_owned(),
    }
}
