//! The exact whole model of a week: every break of every shift has its own variables, so any
//! backend can be asked for the optimum.
//!
//! Sets: shifts `o` somebody could work (pool, kind, start), their breaks `b` and positions `q`,
//! languages `l`, intervals `t`, pools `p`, sites `s`.
//!
//! ```text
//! x_o    whole            people on the shift                        its price
//! u_obq  whole (note)     those who begin break b at position q
//! f_plt  ≥ 0              agents of p who serve l in t, for pools of several languages
//! m_lt   ≥ 0              agents missing, where they have a price    that price
//!
//! breaks     Σ_q u_obq = x_o                                         each o, b
//! duty       D_pt = Σ_o present(o,t) x_o − Σ_obq away(o,b,q,t) u_obq
//! presence   Σ_l f_plt ≤ D_pt                                        each p, t
//! cover      Σ_p (f_plt, or D_pt for a pool of one language) + m_lt ≥ r_lt
//! seats      Σ_{o at s} present(o,t) x_o ≤ seats_s                   each s, t
//! day        Σ_{o of p on d} x_o ≤ shifts_per_day_p                  each p, day d
//! paid       Σ_{o at s} paid_o x_o ≥ minimum_s                       each s
//! share      Σ_o (100 [o is of the kind of c] − h_c) x_o ≤ 0         each cap c
//! ```
//!
//! Breaks of one interval need no whole variables: with `x` and the longer breaks fixed, what is
//! left is a transportation problem from breaks and languages to the intervals of each pool, whose
//! corners are whole. A point between corners is made whole by one more, small solve.
//!
//! **Source.** Aykin (1996), implicit modelling of breaks; languages as flows.

mod build;
mod read;
mod solve;

pub use build::WholeModel;
pub use solve::{WholeModelOutcome, solve_whole_model};
