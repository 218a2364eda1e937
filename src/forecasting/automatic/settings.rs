//! What the caller may say beside the history.

use super::Automatic;
use super::days::Days;
use crate::forecasting::ForecastError;

/// A planner's regressor on the logarithmic scale, such as a campaign's size.
#[derive(Debug, Clone, PartialEq)]
pub struct Regressor {
    /// Name for reports.
    pub name: String,
    /// One value for every calendar day of the history and the horizon.
    pub values: Vec<f64>,
}

/// Checks the settings; probabilities come back ascending.
pub(crate) fn checked(days: &Days, settings: &Automatic) -> Result<Vec<f64>, ForecastError> {
    let horizon = settings.horizon_days;
    if horizon == 0 {
        return Err(ForecastError::EmptyHorizon);
    }
    let mut probabilities = settings.probabilities.clone();
    if let Some(bad) = probabilities.iter().find(|p| !(**p > 0.0 && **p < 1.0)) {
        return Err(ForecastError::InvalidProbability(*bad));
    }
    probabilities.sort_by(f64::total_cmp);
    if let Some(name) = &settings.only
        && !Automatic::MODELS.contains(&plain_name(name).as_str())
        && !plain_name(name).starts_with("calendar + ")
    {
        return Err(ForecastError::UnknownModel {
            name: name.clone(),
            known: Automatic::MODELS.join(", "),
        });
    }
    for regressor in &settings.regressors {
        let finite = regressor.values.iter().all(|value| value.is_finite());
        if !finite || regressor.values.len() != days.len() + horizon {
            return Err(ForecastError::InvalidRegressor(regressor.name.clone()));
        }
    }
    Ok(probabilities)
}

/// A model's name as it is listed: small letters and blanks.
pub(crate) fn plain_name(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}
