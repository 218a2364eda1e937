//! Tours of schedules.

use wfm::scheduling::tours::{tours, verify_tours};
use wfm::workforce::{Contract, PoolKind};
