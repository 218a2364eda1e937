//! Labour law as data with dates.
//!
//! A [`LabourLaw`] holds the parameters of one law: rest, hours, night, breaks, Sundays, overtime,
//! premiums, notice. [`LabourLaw::pack`] gives a ready one; every field may be set to something
//! else afterwards, and [`LabourLaw::check`] finds parameters that contradict each other. The
//! rules that read it are in `scheduling::law`.
//!
//! | pack | law | source |
//! |---|---|---|
//! | `EU` | the floor of the European Union | Directive 2003/88/EC, articles 3 to 8, 16 |
//! | `ES` | Spain | Estatuto de los Trabajadores, articles 34 to 37 |
//! | `ES-contact-centre` | Spain, outsourced contact centres, to 31 December 2026 | III Convenio colectivo estatal de contact center, BOE of 9 June 2023 |
//! | `FR` | France | Code du travail, L3121, L3122, L3131, L3132 |
//! | `DE` | Germany | Arbeitszeitgesetz |
//! | `IT` | Italy | Decreto legislativo 66/2003 |
//! | `PT` | Portugal | Código do Trabalho, articles 197 to 236, 266 to 269 |
//! | `PL` | Poland | Kodeks pracy, section six |
//! | `IE` | Ireland | Organisation of Working Time Act 1997 |
//! | `NL` | Netherlands | Arbeidstijdenwet, chapter 5; Wet flexibel werken is left out |
//! | `GB` | United Kingdom | Working Time Regulations 1998 |
//! | `US-WA` | Washington State | Fair Labor Standards Act; WAC 296-126-092 |
//! | `US-TX` | Texas | Fair Labor Standards Act |
//! | `CR` | Costa Rica | Código de Trabajo, articles 135 to 152 |
//! | `PH` | Philippines | Labor Code, book three, articles 83 to 96 |
//!
//! The packs are statute for adults in ordinary work. Collective agreements, permits and exempt
//! trades differ; each pack says in its sources how a doubtful point is read. Leave is not part of
//! them.

mod breaks;
mod check;
mod error;
mod hours;
mod labour_law;
mod packs;
mod premium;
mod rest;

pub use breaks::{BreakBand, BreakLaw, Pause, Stretch};
pub use error::LawError;
pub use hours::{
    AverageHours, ClassHours, ClassLimits, ClockClass, NightBand, NightWorker, Overtime,
};
pub use labour_law::LabourLaw;
pub use premium::{HolidayKind, LawPremium, OvertimeRange, Stacking};
pub use rest::{NightRest, RestPeriod, ShortRest, WeeklyRest};
