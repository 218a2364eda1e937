//! A heap whose nodes have four children: fewer levels than two, and siblings share a cache line.

/// Something that happens at a time.
pub(super) trait Timed: Copy {
    fn time(&self) -> f64;
}

/// Earliest first.
#[derive(Debug, Clone)]
pub(super) struct Heap<E>(Vec<E>);

impl<E: Timed> Heap<E> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// When the earliest happens; infinite when nothing does.
    #[inline]
    pub(super) fn next(&self) -> f64 {
        self.0.first().map_or(f64::INFINITY, Timed::time)
    }

    #[inline]
    pub(super) fn push(&mut self, entry: E) {
        let mut hole = self.0.len();
        self.0.push(entry);
        let time = entry.time();
        while hole > 0 {
            let above = (hole - 1) / 4;
            if self.0[above].time() <= time {
                break;
            }
            self.0[hole] = self.0[above];
            hole = above;
        }
        self.0[hole] = entry;
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<E> {
        let last = self.0.pop()?;
        match self.0.first().copied() {
            Some(first) => {
                self.sink(last);
                Some(first)
            }
            None => Some(last),
        }
    }

    /// Puts an entry in the place of the earliest one.
    #[inline]
    pub(super) fn replace(&mut self, entry: E) {
        if self.0.is_empty() {
            self.0.push(entry);
        } else {
            self.sink(entry);
        }
    }

    /// The earliest.
    #[inline]
    pub(super) fn peek(&self) -> Option<E> {
        self.0.first().copied()
    }

    /// Lets an entry sink from the top, whose entry is overwritten.
    #[inline]
    fn sink(&mut self, entry: E) {
        let entries = &mut self.0[..];
        let count = entries.len();
        let time = entry.time();
        let mut hole = 0;
        loop {
            let first = 4 * hole + 1;
            if first >= count {
                break;
            }
            let mut least = first;
            let mut soonest = entries[first].time();
            for (i, child) in entries[first..count.min(first + 4)]
                .iter()
                .enumerate()
                .skip(1)
            {
                let at = child.time();
                if at < soonest {
                    (least, soonest) = (first + i, at);
                }
            }
            if soonest >= time {
                break;
            }
            entries[hole] = entries[least];
            hole = least;
        }
        entries[hole] = entry;
    }
}

impl Timed for f64 {
    #[inline]
    fn time(&self) -> f64 {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_out_in_order() {
        let mut heap = Heap::new();
        let mut numbers: Vec<f64> = (0..500).map(|i| f64::from(i * 7919 % 1009)).collect();
        for number in &numbers {
            heap.push(*number);
        }
        heap.replace(2000.0);
        numbers.sort_by(f64::total_cmp);
        numbers[0] = 2000.0;
        numbers.sort_by(f64::total_cmp);
        let out: Vec<f64> = std::iter::from_fn(|| heap.pop()).collect();
        assert_eq!(out, numbers);
        assert_eq!(heap.next(), f64::INFINITY);
    }
}
