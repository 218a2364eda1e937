//! The tree of a search: what is open, what is proven, and the certificate it grows into.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::certificate::{DesignCertificate, DesignChoice, DesignNode, DesignPrices, DesignRow};
use super::layout::Layout;
use super::limits::Limits;
use crate::scheduling::ScheduleError;

/// A node whose plans are not done with.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// Proven by its prices.
    pub(super) bound: i64,
    pub(super) prices: usize,
    /// Position in the certificate.
    node: usize,
    /// The splits above it, and the side of each one.
    path: Vec<(DesignChoice, bool)>,
}

impl Open {
    pub(super) fn is_root(&self) -> bool {
        self.path.is_empty()
    }

    /// The plans of the node; `None` when there are none.
    pub(super) fn limits(&self, layout: &Layout<'_>) -> Result<Option<Limits>, ScheduleError> {
        let mut limits = Limits::all(layout);
        for &(choice, is_high) in &self.path {
            let [low, high] = limits.split(layout, choice)?;
            match if is_high { high } else { low } {
                Some(part) => limits = part,
                None => return Ok(None),
            }
        }
        Ok(Some(limits))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    /// The greatest is looked at first: the lowest bound, the deepest and newest among equals.
    fn cmp(&self, other: &Self) -> Ordering {
        let bounds = other.bound.cmp(&self.bound);
        let depths = self.path.len().cmp(&other.path.len());
        bounds.then(depths).then(self.node.cmp(&other.node))
    }
}

/// Open nodes and the certificate so far.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    certificate: DesignCertificate,
    /// Positions of the rows.
    numbers: HashMap<DesignRow, usize>,
    open: BinaryHeap<Open>,
    /// The least bound of the nodes that are done with.
    closed: i64,
}

impl Tree {
    /// All plans in one node, which no price proves to cost 0 or more.
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let mut tree = Self {
            certificate: DesignCertificate::default(),
            numbers: HashMap::new(),
            open: BinaryHeap::new(),
            closed: i64::MAX,
        };
        tree.certificate.prices.push(DesignPrices {
            cover: vec![0; layout.intervals],
            rows: Vec::new(),
        });
        tree.certificate.nodes.push(DesignNode::Leaf { prices: 0 });
        tree.open.push(Open {
            bound: 0,
            prices: 0,
            node: 0,
            path: Vec::new(),
        });
        tree
    }

    /// No plan costs less, but those of the node somebody has taken out.
    pub(super) fn bound(&self) -> i64 {
        let open = self.open.peek().map_or(i64::MAX, |o| o.bound);
        open.min(self.closed)
    }

    pub(super) fn next(&mut self) -> Option<Open> {
        self.open.pop()
    }

    /// The rows, and the position of one of them.
    pub(super) fn number(&mut self, row: &DesignRow) -> usize {
        let rows = &mut self.certificate.rows;
        if let Some(&known) = self.numbers.get(row) {
            return known;
        }
        rows.push(row.clone());
        self.numbers.insert(row.clone(), rows.len() - 1);
        rows.len() - 1
    }

    pub(super) fn rows(&self) -> &[DesignRow] {
        &self.certificate.rows
    }

    pub(super) fn keep(&mut self, prices: DesignPrices) -> usize {
        self.certificate.prices.push(prices);
        self.certificate.prices.len() - 1
    }

    /// Puts a node back with what is known of it now.
    pub(super) fn put_back(&mut self, open: Open) {
        self.certificate.nodes[open.node] = DesignNode::Leaf {
            prices: open.prices,
        };
        self.open.push(open);
    }

    /// Is done with a node.
    pub(super) fn close(&mut self, open: &Open) {
        self.certificate.nodes[open.node] = DesignNode::Leaf {
            prices: open.prices,
        };
        self.closed = self.closed.min(open.bound);
    }

    /// Splits a node; a part without plans becomes a leaf that nobody has to look at.
    pub(super) fn split(
        &mut self,
        layout: &Layout<'_>,
        open: &Open,
        limits: &Limits,
        choice: DesignChoice,
    ) -> Result<(), ScheduleError> {
        let parts = limits.split(layout, choice)?;
        let first = self.certificate.nodes.len();
        for (side, part) in parts.iter().enumerate() {
            self.certificate.nodes.push(DesignNode::Leaf {
                prices: open.prices,
            });
            if part.is_some() {
                let mut path = open.path.clone();
                path.push((choice, side == 1));
                self.open.push(Open {
                    bound: open.bound,
                    prices: open.prices,
                    node: first + side,
                    path,
                });
            }
        }
        self.certificate.nodes[open.node] = DesignNode::Split {
            choice,
            low: first,
            high: first + 1,
        };
        Ok(())
    }

    /// The certificate, without prices and rows that no leaf needs.
    pub(super) fn finish(self) -> DesignCertificate {
        let mut whole = self.certificate;
        let mut prices = Vec::new();
        let mut rows = Vec::new();
        let mut price_at = vec![None; whole.prices.len()];
        let mut row_at = vec![None; whole.rows.len()];
        for node in &mut whole.nodes {
            let DesignNode::Leaf { prices: named } = node else {
                continue;
            };
            *named = *price_at[*named].get_or_insert_with(|| {
                let mut kept = std::mem::take(&mut whole.prices[*named]);
                for (row, _) in &mut kept.rows {
                    *row = *row_at[*row].get_or_insert_with(|| {
                        rows.push(whole.rows[*row].clone());
                        rows.len() - 1
                    });
                }
                prices.push(kept);
                prices.len() - 1
            });
        }
        DesignCertificate {
            rows,
            prices,
            nodes: whole.nodes,
        }
    }
}
