//! Who serves which language in one interval: the allocation that leaves fewest agents missing.

/// Shares agents out by augmenting paths. `duty` are the agents of each pool, `speaks` the
/// languages of each pool, `required` the agents wanted in each language. The answer says for each
/// pool how many serve each of its languages, in the order of `speaks`.
pub(super) fn serve(duty: &[u32], speaks: &[&[usize]], required: &[u32]) -> Vec<Vec<u32>> {
    let mut left: Vec<u32> = required.to_vec();
    let mut serving: Vec<Vec<u32>> = speaks.iter().map(|l| vec![0; l.len()]).collect();
    let mut idle: Vec<u32> = duty.to_vec();
    // First everybody takes what is left, pools of few languages before those of many.
    let mut order: Vec<usize> = (0..duty.len()).collect();
    order.sort_by_key(|&p| speaks[p].len());
    for &p in &order {
        for (i, &l) in speaks[p].iter().enumerate() {
            let take = idle[p].min(left[l]);
            serving[p][i] += take;
            idle[p] -= take;
            left[l] -= take;
        }
    }
    // Then agents are passed on along chains from a pool with somebody idle to a language short.
    for &source in &order {
        while idle[source] > 0 {
            let Some((path, amount)) = chain(source, idle[source], &serving, speaks, &left) else {
                break;
            };
            idle[source] -= amount;
            let mut pool = source;
            for step in path {
                serving[pool][step.takes] += amount;
                match step.frees {
                    Some((other, index)) => {
                        serving[other][index] -= amount;
                        pool = other;
                    }
                    None => left[speaks[pool][step.takes]] -= amount,
                }
            }
        }
    }
    serving
}

/// One pool takes agents of a language over, from another pool or from those missing.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Which of its languages the pool takes.
    takes: usize,
    /// The pool that is freed, with the language's place there; none at the end of a chain.
    frees: Option<(usize, usize)>,
}

/// The shortest chain from a pool to a language that is short, and how many it can pass on.
fn chain(
    source: usize,
    idle: u32,
    serving: &[Vec<u32>],
    speaks: &[&[usize]],
    left: &[u32],
) -> Option<(Vec<Step>, u32)> {
    let mut reached: Vec<Option<(usize, Step, u32)>> = vec![None; speaks.len()];
    let mut seen = vec![false; left.len()];
    let mut queue = std::collections::VecDeque::from([(source, idle)]);
    while let Some((pool, amount)) = queue.pop_front() {
        for (takes, &language) in speaks[pool].iter().enumerate() {
            if seen[language] {
                continue;
            }
            seen[language] = true;
            if left[language] > 0 {
                let mut path = vec![Step { takes, frees: None }];
                let mut at = pool;
                while at != source {
                    let (before, step, _) = reached[at]?;
                    path.push(step);
                    at = before;
                }
                path.reverse();
                return Some((path, amount.min(left[language])));
            }
            for (other, languages) in speaks.iter().enumerate() {
                if other == source || reached[other].is_some() {
                    continue;
                }
                let Some(index) = languages.iter().position(|&l| l == language) else {
                    continue;
                };
                let passed = amount.min(serving[other][index]);
                if passed > 0 {
                    let step = Step {
                        takes,
                        frees: Some((other, index)),
                    };
                    reached[other] = Some((pool, step, passed));
                    queue.push_back((other, passed));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_passed_on_along_chains() {
        // One pool of either language takes the first; the second pool speaks only that one.
        let speaks: Vec<&[usize]> = vec![&[0, 1], &[0]];
        let serving = serve(&[2, 3], &speaks, &[3, 2]);
        assert_eq!(serving, vec![vec![0, 2], vec![3]]);
        let speaks: Vec<&[usize]> = vec![&[0, 1], &[1, 2], &[0, 2]];
        let serving = serve(&[4, 4, 4], &speaks, &[6, 6, 0]);
        let served = |l: usize| -> u32 {
            let pairs = speaks.iter().zip(&serving);
            pairs
                .flat_map(|(s, n)| s.iter().zip(n).filter(|(x, _)| **x == l).map(|(_, n)| *n))
                .sum()
        };
        assert_eq!((served(0), served(1)), (6, 6));
    }
}
