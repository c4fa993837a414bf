//! A lexicon as a trie, unpacked as far as searches have gone.
//!
//! The finite-state map that stores a lexicon packs each node into a few bits. Searches
//! visit the same nodes again and again; here each is unpacked once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::entry::Words;

/// One map of a lexicon, with the nodes that are unpacked so far.
pub struct Trie {
    map: Arc<Words>,
    nodes: Vec<Node>,
    branches: Vec<Branch>,
    /// The node that is unpacked from an address of the map.
    known: FxHashMap<usize, u32>,
}

/// The index of a node, which stands for a prefix of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(u32);

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The [`letter`]s on the branches.
    letters: u32,
    first: u32,
    count: u16,
    is_word: bool,
    /// Whether all of them are lower-case letters: their bits are then in the order of the branches.
    is_plain: bool,
}

/// A transition from a node along one byte.
#[derive(Clone, Copy, Debug)]
struct Branch {
    /// The node that it leads to, or the node's address in the map while that is packed.
    to: u32,
    /// The [`letter`]s with which words continue there, and [`ENDS`]; none while the node is packed.
    next: u32,
    byte: u8,
}

/// Stands among the [`letter`]s behind a branch where a word ends, and tells a node from a packed one: a node has
/// branches, or a word ends there.
pub const ENDS: u32 = 1;

/// A bit for a byte of a folded word. Different letters have different bits;
/// other bytes may share one, so that a bit set only says that a letter may be there.
pub fn letter(byte: u8) -> u32 {
    1 << (byte & 31)
}

impl Trie {
    /// A trie of the words of `map`; nothing is unpacked yet.
    pub fn new(map: Arc<Words>) -> Trie {
        Trie { map, nodes: Vec::new(), branches: Vec::new(), known: FxHashMap::default() }
    }

    /// The node of the empty prefix.
    pub fn root(&mut self) -> NodeId {
        self.unpack(self.map.as_fst().root().addr())
    }

    /// The node that `byte` leads to, if any word continues with it and then with one of some [`letter`]s, among
    /// which [`ENDS`] says that it may end there. Different bytes may share a bit, so the node may still have none
    /// of those meant.
    #[inline]
    pub fn step(&mut self, from: NodeId, byte: u8, then: u32) -> Option<NodeId> {
        let node = self.nodes[from.0 as usize];
        let bit = letter(byte);
        if node.letters & bit == 0 {
            return None;
        }
        let first = node.first as usize;
        let at = if node.is_plain {
            first + (node.letters & (bit - 1)).count_ones() as usize
        } else {
            first
                + self.branches[first..first + usize::from(node.count)].iter().position(|branch| branch.byte == byte)?
        };
        let mut branch = self.branches[at];
        if branch.byte != byte {
            return None;
        }
        if branch.next == 0 {
            let NodeId(to) = self.unpack(branch.to as usize);
            let Node { letters, is_word, .. } = self.nodes[to as usize];
            branch = Branch { to, next: letters | if is_word { ENDS } else { 0 }, byte };
            self.branches[at] = branch;
        }
        (branch.next & then != 0).then_some(NodeId(branch.to))
    }

    /// The node that `letters` lead to, if any word continues with them and then as [`Trie::step`] asks.
    #[inline]
    pub fn follow(&mut self, from: NodeId, letters: &[u8], then: u32) -> Option<NodeId> {
        let mut node = from;
        for (index, &byte) in letters.iter().enumerate() {
            node = self.step(node, byte, letters.get(index + 1).map_or(then, |&next| letter(next)))?;
        }
        Some(node)
    }

    /// The [`letter`]s with which words continue.
    pub fn letters(&self, node: NodeId) -> u32 {
        self.nodes[node.0 as usize].letters
    }

    /// Whether a word ends here.
    pub fn is_word(&self, node: NodeId) -> bool {
        self.nodes[node.0 as usize].is_word
    }

    fn unpack(&mut self, address: usize) -> NodeId {
        if let Some(&known) = self.known.get(&address) {
            return NodeId(known);
        }
        let map = Arc::clone(&self.map);
        let packed = map.as_fst().node(address);
        let first = self.branches.len() as u32;
        // A lexicon of 4 GB or more would not fit the addresses; it is refused when it is built.
        let branch = |t: fst::raw::Transition| Branch { to: t.addr as u32, next: 0, byte: t.inp };
        self.branches.extend(packed.transitions().map(branch));
        let branches = &self.branches[first as usize..];
        let letters = branches.iter().fold(0, |all, branch| all | letter(branch.byte));
        let is_plain = branches.iter().all(|branch| branch.byte.is_ascii_lowercase());
        let node = self.nodes.len() as u32;
        self.nodes.push(Node { letters, first, count: packed.len() as u16, is_word: packed.is_final(), is_plain });
        self.known.insert(address, node);
        NodeId(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_letter_by_letter() {
        let map = fst::Map::from_iter([("quay", 1), ("quayside", 2), ("é", 3)]).expect("in order");
        let map: Words = map.map_data(std::borrow::Cow::Owned).expect("the same bytes");
        let mut trie = Trie::new(Arc::new(map));
        // Twice: packed, and as unpacked by the first time.
        for _ in 0..2 {
            let root = trie.root();
            let mut follow = |word: &str| {
                let end = trie.follow(root, word.as_bytes(), u32::MAX)?;
                Some(trie.is_word(end))
            };
            assert_eq!(follow("quay"), Some(true));
            assert_eq!(follow("quays"), Some(false));
            assert_eq!(follow("quayside"), Some(true));
            assert_eq!(follow("é"), Some(true));
            assert_eq!(follow("key"), None);
            assert_eq!(trie.follow(root, b"quays", ENDS), None);
            assert!(trie.follow(root, b"quays", letter(b'i')).is_some());
        }
    }
}
