//! The fuzz targets on stable: a few hundred inputs each, the same every time,
//! made from the seeds by cutting, joining and overwriting.

use std::fs;
use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

/// Changes of the seeds for each target.
const ROUNDS: u64 = 60;
/// Bytes of an input, at most.
const LARGEST: usize = 4096;

fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("a folder").flatten())
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let read = |path| fs::read(path).expect("readable").into_iter().take(LARGEST).collect();
    files.into_iter().map(read).collect()
}

/// Small numbers that look like chance (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }
}

/// Bytes that passes, parsers and decoders look at.
const ODD: &[u8] = b"\"'-\n\r\t[]{}|,.0lI\xff\xc3";

fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let one = &seeds[chance.below(seeds.len())];
    let other = &seeds[chance.below(seeds.len())];
    let mut bytes = [&one[..chance.below(one.len() + 1)], &other[chance.below(other.len() + 1)..]].concat();
    bytes.truncate(LARGEST);
    for _ in 0..chance.below(8) {
        if !bytes.is_empty() {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes[at] = chance.below(256) as u8,
                1 => bytes[at] ^= 1 << chance.below(8),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, ODD[chance.below(ODD.len())]),
            }
        }
    }
    bytes
}

fn smoke(folders: &[&str], target: fn(&[u8])) {
    let seeds = seeds(folders);
    seeds.iter().for_each(|seed| target(seed));
    let mut chance = Chance(0x5EED_0FDE_5CA1);
    for _ in 0..ROUNDS {
        target(&changed(&seeds, &mut chance));
    }
}

const TEXTS: &[&str] = &["fixtures", "fixtures/bad"];

#[test]
fn decode() {
    smoke(TEXTS, targets::decode);
}

#[test]
fn clean() {
    smoke(TEXTS, targets::clean);
}

#[test]
fn rule_file() {
    smoke(&["rules/letters", "rules/characters", "rules/spacing"], targets::rule_file);
}

#[test]
fn settings() {
    smoke(&["fuzz/seeds/settings"], targets::settings);
}

#[test]
fn records() {
    smoke(&["fuzz/seeds/records"], targets::records);
}

#[test]
fn diff() {
    smoke(TEXTS, targets::diff);
}
