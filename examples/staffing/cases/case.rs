//! One row of a cases file.

use std::collections::HashMap;
use std::str::FromStr;
use std::time::Duration;

use wfm::queueing::Traffic;
use wfm::units::{Erlangs, Probability};

use super::Failure;

/// One number to recompute: a quantity of a model for the inputs of the row.
#[derive(Debug)]
pub(crate) struct Case(pub(crate) HashMap<String, String>);

impl Case {
    /// The text of a column, empty where there is none.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", |text| text.trim())
    }

    pub(crate) fn model(&self) -> &str {
        self.text("model")
    }

    pub(crate) fn quantity(&self) -> &str {
        self.text("quantity")
    }

    /// A number that the row must have.
    pub(crate) fn number(&self, column: &str) -> Result<f64, Failure> {
        self.parse(column, self.text(column))
    }

    /// A number, or `default` where the column is empty.
    pub(crate) fn number_or(&self, column: &str, default: f64) -> Result<f64, Failure> {
        match self.text(column) {
            "" => Ok(default),
            text => self.parse(column, text),
        }
    }

    /// A whole number that the row must have.
    pub(crate) fn count(&self, column: &str) -> Result<u32, Failure> {
        let number = self.number(column)?;
        let whole = wfm::units::whole::round(number);
        if f64::from(whole) == number {
            Ok(whole)
        } else {
            Err(self.complain(column, self.text(column)))
        }
    }

    /// The text behind `key=` in the column of further inputs.
    pub(crate) fn extra(&self, key: &str) -> Option<&str> {
        self.text("extra")
            .split(';')
            .filter_map(|part| part.split_once('='))
            .find_map(|(name, value)| (name.trim() == key).then(|| value.trim()))
    }

    /// The number behind `key=` in the column of further inputs.
    pub(crate) fn extra_number(&self, key: &str) -> Result<f64, Failure> {
        self.parse(key, self.extra(key).unwrap_or(""))
    }

    /// The numbers behind `key=`, separated by `|`.
    pub(crate) fn extra_list<T: FromStr>(&self, key: &str) -> Result<Vec<T>, Failure> {
        let text = self.extra(key).unwrap_or("");
        text.split('|')
            .map(|part| self.parse(key, part.trim()))
            .collect()
    }

    /// Offered load: given, or arrivals an hour times the handling time.
    pub(crate) fn load(&self) -> Result<Erlangs, Failure> {
        let load = match self.text("load_erl") {
            "" => self.number("lambda_per_hour")? * self.number("aht_s")? / 3600.0,
            _ => self.number("load_erl")?,
        };
        Ok(Erlangs::new(load)?)
    }

    /// Handling time; one second where the row has none and only ratios matter.
    pub(crate) fn aht(&self) -> Result<Duration, Failure> {
        seconds(self.number_or("aht_s", 1.0)?)
    }

    pub(crate) fn traffic(&self) -> Result<Traffic, Failure> {
        Ok(Traffic::new(self.load()?, self.aht()?))
    }

    /// Threshold of the service level; zero where the row has none.
    pub(crate) fn answer_within(&self) -> Result<Duration, Failure> {
        seconds(self.number_or("target_s", 0.0)?)
    }

    pub(crate) fn patience(&self) -> Result<Duration, Failure> {
        seconds(self.number("patience_s")?)
    }

    /// Patience, where the row has one.
    pub(crate) fn optional_patience(&self) -> Result<Option<Duration>, Failure> {
        match self.text("patience_s") {
            "" => Ok(None),
            _ => self.patience().map(Some),
        }
    }

    pub(crate) fn share(&self) -> Result<Probability, Failure> {
        Ok(Probability::new(self.number("target_frac")?)?)
    }

    /// The error of a quantity that this model does not have.
    pub(crate) fn unknown<T>(&self) -> Result<T, Failure> {
        let (id, model, quantity) = (self.text("id"), self.model(), self.quantity());
        Err(format!("row {id}: no quantity `{quantity}` of model `{model}` is known").into())
    }

    /// Whether a computed value is as near to the expected one as the row asks.
    pub(crate) fn accepts(&self, computed: f64) -> Result<bool, Failure> {
        let (expected, tolerance) = (self.number("value")?, self.number("tolerance")?);
        let off = (computed - expected).abs();
        match self.text("tolerance_kind") {
            "rel" => Ok(off <= tolerance * expected.abs()),
            "abs" => Ok(off <= tolerance),
            "exact" => Ok(computed == expected),
            other => Err(self.complain("tolerance_kind", other)),
        }
    }

    fn parse<T: FromStr>(&self, column: &str, text: &str) -> Result<T, Failure> {
        text.parse().map_err(|_| self.complain(column, text))
    }

    fn complain(&self, column: &str, text: &str) -> Failure {
        let id = self.text("id");
        format!("row {id}: `{text}` cannot be used for `{column}`").into()
    }
}

/// A duration from a number of seconds.
pub(crate) fn seconds(value: f64) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(value).map_err(|e| format!("{value} seconds: {e}").into())
}
