//! A binary fuse map: values for a fixed set of keys, in little more space than the values
//! themselves.
//!
//! After Graf and Lemire, “Binary Fuse Filters: Fast and Smaller Than Xor Filters”
//! (2022). Every key has three cells; their exclusive or is the key's fingerprint and
//! value. A key that was not stored gets a value by mistake once in 2^(fingerprint bits)
//! lookups. The crate `descan-train` builds the bytes that are read here.

use std::borrow::Cow;

/// A map read in place from its bytes, with cells of `W` bytes.
#[derive(Clone, Debug)]
pub struct FuseMap<const W: usize> {
    shape: Shape,
    value_bits: u32,
    cells: Cow<'static, [u8]>,
}

/// Where the cells of a key lie: what the builder and the reader must agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Changes the hash of every key; the builder tries seeds until one works.
    pub seed: u32,
    /// Cells in a segment, a power of two.
    pub segment: u32,
    /// Number of segments a first cell may lie in.
    pub segments: u32,
}

/// Bytes of the header in front of the cells.
pub const HEADER: usize = 20;

impl<const W: usize> FuseMap<W> {
    /// Reads the header of `bytes` and returns the map and what follows it.
    ///
    /// Returns `None` when the bytes are too short or no such map.
    pub fn split_from(bytes: Cow<'static, [u8]>) -> Option<(FuseMap<W>, Cow<'static, [u8]>)> {
        let word = |i: usize| Some(u32::from_le_bytes(bytes.get(i * 4..i * 4 + 4)?.try_into().ok()?));
        let shape = Shape { seed: word(0)?, segment: word(1)?, segments: word(2)? };
        let value_bits = word(4)?;
        let sound = shape.segment.is_power_of_two()
            && shape.segments > 0
            && word(3)? as usize == W
            && (1..=4).contains(&W)
            && value_bits <= 8 * W as u32;
        let length = (shape.length()? as usize).checked_mul(W)?;
        let end = HEADER.checked_add(length)?;
        if !sound || bytes.len() < end {
            return None;
        }
        let (cells, rest) = match bytes {
            Cow::Borrowed(bytes) => (Cow::Borrowed(&bytes[HEADER..end]), Cow::Borrowed(&bytes[end..])),
            Cow::Owned(bytes) => (Cow::Owned(bytes[HEADER..end].to_vec()), Cow::Owned(bytes[end..].to_vec())),
        };
        Some((FuseMap { shape, value_bits, cells }, rest))
    }

    /// The value stored for `key`, or nothing (or, rarely, any value) if none was.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let hash = self.shape.hash(key);
        let [a, b, c] = self.shape.cells(hash);
        let found = self.cell(a) ^ self.cell(b) ^ self.cell(c) ^ fingerprint::<W>(hash, self.value_bits);
        // With the fingerprint taken out, a stored key leaves nothing above its value.
        (u64::from(found) >> self.value_bits == 0).then_some(found)
    }

    #[inline]
    fn cell(&self, index: u32) -> u32 {
        let start = index as usize * W;
        let Some(cell) = self.cells.get(start..start + W) else { return 0 };
        let mut bytes = [0; 4];
        bytes[..W].copy_from_slice(cell);
        u32::from_le_bytes(bytes)
    }
}

impl Shape {
    /// The number of cells, or nothing if it does not fit.
    pub fn length(&self) -> Option<u32> {
        self.segments.checked_add(2)?.checked_mul(self.segment)
    }

    /// The hash of a key under this seed.
    #[inline]
    pub fn hash(&self, key: u64) -> u64 {
        super::terms::mix(key ^ (u64::from(self.seed) << 32 | u64::from(self.seed)))
    }

    /// The three cells of a hashed key, in three neighbouring segments.
    #[inline]
    pub fn cells(&self, hash: u64) -> [u32; 3] {
        let span = u64::from(self.segments) * u64::from(self.segment);
        let first = ((u128::from(hash) * u128::from(span)) >> 64) as u32;
        let mask = self.segment - 1;
        let second = (first + self.segment) ^ ((hash >> 18) as u32 & mask);
        let third = (first + 2 * self.segment) ^ (hash as u32 & mask);
        [first, second, third]
    }
}

/// The fingerprint of a hashed key for cells of `W` bytes, above `value_bits` bits of nothing.
#[inline]
pub fn fingerprint<const W: usize>(hash: u64, value_bits: u32) -> u32 {
    // The cells come from the high and low bits; a multiplication keeps the print apart from them.
    let print = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let cell = u64::MAX >> (64 - 8 * W);
    ((print << value_bits) & cell) as u32
}
