//! Builds the bytes of a [`FuseMap`](descan_lang::fuse::FuseMap).

use descan_lang::fuse::{HEADER, Shape, fingerprint};

/// The bytes of a map from `entries`, in the order given, to be read by `FuseMap::split_from`.
///
/// `W` is the size of a cell in bytes; values take its low `value_bits` bits, the
/// fingerprint the others. The same entries give the same bytes. Returns `None` if a key
/// occurs twice, since no seed can then tell the two apart.
pub fn build<const W: usize>(entries: &[(u64, u32)], value_bits: u32) -> Option<Vec<u8>> {
    (0..100).find_map(|seed| try_build::<W>(entries, value_bits, seed))
}

fn try_build<const W: usize>(entries: &[(u64, u32)], value_bits: u32, seed: u32) -> Option<Vec<u8>> {
    let shape = shape_for(entries.len(), seed);
    let length = shape.length()? as usize;
    let order = peel(entries, &shape, length)?;
    let mut cells = vec![0u32; length];
    for &(entry, own) in order.iter().rev() {
        let (key, value) = entries[entry as usize];
        let hash = shape.hash(key);
        let others = shape.cells(hash).iter().fold(0, |sum, &cell| sum ^ cells[cell as usize]);
        cells[own as usize] ^= others ^ fingerprint::<W>(hash, value_bits) ^ value;
    }
    let mut bytes = Vec::with_capacity(HEADER + length * W);
    for number in [shape.seed, shape.segment, shape.segments, W as u32, value_bits] {
        bytes.extend(number.to_le_bytes());
    }
    for cell in cells {
        bytes.extend(&cell.to_le_bytes()[..W]);
    }
    Some(bytes)
}

/// The sizes the paper recommends for three cells a key.
fn shape_for(keys: usize, seed: u32) -> Shape {
    let n = keys.max(2) as f64;
    let segment = 1u32 << ((n.ln() / 3.33f64.ln() + 2.25) as u32).min(18);
    let factor = (0.875 + 0.25 * 1e6f64.ln() / n.ln()).max(1.125);
    let cells = (n * factor).round() as u32;
    let segments = cells.div_ceil(segment).saturating_sub(2).max(1);
    Shape { seed, segment, segments }
}

/// The entries in the order in which each has a cell that no entry after it uses, with that cell.
fn peel(entries: &[(u64, u32)], shape: &Shape, length: usize) -> Option<Vec<(u32, u32)>> {
    let mut users = vec![0u32; length];
    let mut sums = vec![0u32; length];
    for (index, &(key, _)) in entries.iter().enumerate() {
        for cell in shape.cells(shape.hash(key)) {
            users[cell as usize] += 1;
            sums[cell as usize] ^= index as u32;
        }
    }
    let mut order = Vec::with_capacity(entries.len());
    let mut alone: Vec<u32> = (0..length as u32).filter(|&cell| users[cell as usize] == 1).collect();
    while let Some(cell) = alone.pop() {
        if users[cell as usize] != 1 {
            continue;
        }
        let entry = sums[cell as usize];
        order.push((entry, cell));
        for cell in shape.cells(shape.hash(entries[entry as usize].0)) {
            users[cell as usize] -= 1;
            sums[cell as usize] ^= entry;
            if users[cell as usize] == 1 {
                alone.push(cell);
            }
        }
    }
    (order.len() == entries.len()).then_some(order)
}

#[cfg(test)]
mod tests {
    use super::build;
    use descan_lang::fuse::FuseMap;
    use descan_lang::terms::mix;

    #[test]
    fn every_key_answers_with_its_value_and_others_rarely_answer() {
        for keys in [0u64, 1, 2, 10, 1000, 50_000] {
            let entries: Vec<_> = (0..keys).map(|k| (mix(k), (k % 32) as u32)).collect();
            let bytes = build::<2>(&entries, 5).expect("distinct keys");
            let (map, rest) = FuseMap::<2>::split_from(bytes.into()).expect("a sound map");
            assert!(rest.is_empty());
            assert!(entries.iter().all(|&(key, value)| map.get(key) == Some(value)));
            let wrong = (0..100_000).filter(|k| map.get(mix(k + 1_000_000)).is_some()).count();
            assert!(wrong < 100, "{wrong} strangers in 100,000 were let in");
        }
    }

    #[test]
    fn broken_bytes_are_refused_or_answer_nothing_useful() {
        let bytes = build::<3>(&[(1, 1), (2, 2)], 8).expect("distinct keys");
        for cut in 0..bytes.len() {
            assert!(FuseMap::<3>::split_from(bytes[..cut].to_vec().into()).is_none());
        }
        assert!(FuseMap::<3>::split_from(vec![0xff; 64].into()).is_none());
        assert!(build::<2>(&[(7, 1), (7, 2)], 5).is_none());
    }
}
