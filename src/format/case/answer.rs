//! The answer to a case.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::simulation::Measure;

/// What is said about a run beside its measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseFacts<'a> {
    /// Name of the case.
    pub case: &'a str,
    /// Replications done.
    pub replications: u32,
    /// Seed of the run.
    pub seed: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Contacts simulated.
    pub contacts: u64,
}

#[derive(Debug, Serialize)]
struct AnswerFile<'a> {
    case: &'a str,
    replications: u32,
    seed: u64,
    seconds: f64,
    contacts: u64,
    measures: MeasuresFile<'a>,
}

#[derive(Debug)]
struct MeasuresFile<'a>(&'a [Measure]);

#[derive(Debug, Serialize)]
struct EstimateFile {
    mean: f64,
    half_width: Option<f64>,
}

impl Serialize for MeasuresFile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for measure in self.0 {
            let estimate = EstimateFile {
                mean: measure.estimate.mean,
                half_width: measure.estimate.half_width,
            };
            map.serialize_entry(&measure.name, &estimate)?;
        }
        map.end()
    }
}

/// The text of the answer, measures in their order. The half-width of a single sample is `null`.
///
/// # Errors
/// An error of the JSON writer, which measures do not cause.
pub fn case_result_json(
    facts: &CaseFacts<'_>,
    measures: &[Measure],
) -> Result<String, serde_json::Error> {
    let file = AnswerFile {
        case: facts.case,
        replications: facts.replications,
        seed: facts.seed,
        seconds: facts.seconds,
        contacts: facts.contacts,
        measures: MeasuresFile(measures),
    };
    let mut text = serde_json::to_string_pretty(&file)?;
    text.push('\n');
    Ok(text)
}
