//! A tree of volumes: queue, language, market, total, with residual parts where totals exceed
//! what their parts explain.
//!
//! A residual part is a leaf of its own: the reported total minus the reported parts, forecast
//! like any other series. The sum of a node's children, residual part included, then equals the
//! node in the past, and reconciled forecasts may be held to the same.

mod reconcile;

pub use reconcile::Reconciliation;
use std::collections::BTreeSet;

use crate::forecasting::input_error::{InputError, not_negative, same_length};

/// One node of a hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Name, used once in a hierarchy.
    pub name: String,
    /// Place of the parent in the list, which comes before its children; `None` at the top.
    pub parent: Option<usize>,
}

impl Node {
    /// A node below the node with the given place.
    pub fn new(name: &str, parent: Option<usize>) -> Self {
        Self {
            name: name.to_owned(),
            parent,
        }
    }
}

/// Nodes in an order in which every parent comes before its children. Several trees may stand
/// side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    nodes: Vec<Node>,
    children: Vec<Vec<usize>>,
}

impl Hierarchy {
    /// A hierarchy from its nodes.
    ///
    /// # Errors
    ///
    /// [`InputError::Empty`] without nodes, [`InputError::DuplicateName`],
    /// [`InputError::NotATree`] for a parent that does not come before its child.
    pub fn new(nodes: Vec<Node>) -> Result<Self, InputError> {
        if nodes.is_empty() {
            return Err(InputError::Empty("hierarchy"));
        }
        let mut names = BTreeSet::new();
        let mut children = vec![Vec::new(); nodes.len()];
        for (index, node) in nodes.iter().enumerate() {
            if !names.insert(node.name.as_str()) {
                return Err(InputError::DuplicateName(node.name.clone()));
            }
            match node.parent {
                Some(parent) if parent < index => children[parent].push(index),
                Some(_) => return Err(InputError::NotATree(node.name.clone())),
                None => {}
            }
        }
        Ok(Self { nodes, children })
    }

    /// The nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Places of the children of a node.
    pub fn children(&self, node: usize) -> &[usize] {
        self.children.get(node).map_or(&[], Vec::as_slice)
    }

    /// Whether the node has no parts.
    pub fn is_leaf(&self, node: usize) -> bool {
        self.children(node).is_empty()
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never true for a hierarchy made by [`Hierarchy::new`].
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Largest difference between a node and the sum of its children.
    pub fn incoherence(&self, values: &[f64]) -> f64 {
        let value = |node: usize| values.get(node).copied().unwrap_or(0.0);
        (0..self.len())
            .filter(|node| !self.is_leaf(*node))
            .map(|node| {
                let sum: f64 = self.children(node).iter().map(|child| value(*child)).sum();
                (value(node) - sum).abs()
            })
            .fold(0.0, f64::max)
    }

    /// Checks one value a node.
    pub(crate) fn check(&self, what: &'static str, values: &[f64]) -> Result<(), InputError> {
        same_length(what, self.len(), values.len())?;
        for (index, value) in values.iter().enumerate() {
            not_negative(what, index, *value)?;
        }
        Ok(())
    }

    /// Replaces every node that has parts by their sum, from the bottom up.
    pub(crate) fn sum_up(&self, values: &mut [f64]) {
        for node in (0..self.len()).rev() {
            if !self.is_leaf(node) {
                values[node] = self.children(node).iter().map(|child| values[*child]).sum();
            }
        }
    }
}

/// The residual part of a total: total minus parts, where all are known.
///
/// # Errors
///
/// [`InputError::UnequalLength`] for series of different lengths,
/// [`InputError::NegativeResidual`] where parts exceed their total: then the total is wrong, or
/// a part is counted twice, and no residual part can mend it.
pub fn residual_part(
    total: &[Option<f64>],
    parts: &[Vec<Option<f64>>],
) -> Result<Vec<Option<f64>>, InputError> {
    for part in parts {
        same_length("part of a total", total.len(), part.len())?;
    }
    let mut residual = Vec::with_capacity(total.len());
    for (position, total) in total.iter().enumerate() {
        let sum: Option<f64> = parts.iter().map(|part| part[position]).sum();
        let (Some(total), Some(sum)) = (*total, sum) else {
            residual.push(None);
            continue;
        };
        let value = total - sum;
        if !value.is_finite() {
            return Err(InputError::InvalidNumber {
                what: "residual part",
                position,
                value,
            });
        }
        if value < -1e-9 * total.abs().max(1.0) {
            return Err(InputError::NegativeResidual { position, value });
        }
        residual.push(Some(value.max(0.0)));
    }
    Ok(residual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_tree() {
        assert!(Hierarchy::new(vec![]).is_err());
        let twice = vec![Node::new("a", None), Node::new("a", Some(0))];
        assert!(matches!(
            Hierarchy::new(twice),
            Err(InputError::DuplicateName(_))
        ));
        for parent in [1, 2, 9] {
            let nodes = vec![Node::new("a", None), Node::new("b", Some(parent))];
            assert!(matches!(
                Hierarchy::new(nodes),
                Err(InputError::NotATree(_))
            ));
        }
    }

    #[test]
    fn residual_parts_close_the_gap() {
        let total = [Some(10.0), None, Some(7.0)];
        let parts = [
            vec![Some(4.0), Some(1.0), Some(3.0)],
            vec![Some(5.0), Some(1.0), Some(4.0)],
        ];
        let residual = residual_part(&total, &parts).unwrap();
        assert_eq!(residual, vec![Some(1.0), None, Some(0.0)]);
        let low = [Some(1.0), None, Some(7.0)];
        assert_eq!(
            residual_part(&low, &parts),
            Err(InputError::NegativeResidual {
                position: 0,
                value: -8.0
            })
        );
        assert!(residual_part(&total[..2], &parts).is_err());
    }
}
