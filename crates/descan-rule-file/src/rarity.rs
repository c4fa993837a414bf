//! How rare bytes are in English text.

/// How rare a few bytes are: the sum of what each would be by itself, in nats.
/// The letters go by their frequency in English prose, which needs no more than
/// to be about right: it says which part of a literal is looked for.
pub(crate) fn rarity(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| of(byte)).sum()
}

/// In tenths of a nat.
fn of(byte: u8) -> u32 {
    match byte {
        b' ' => 17,
        b'e' => 22,
        b't' => 25,
        b'a' | b'o' => 27,
        b'i' | b'n' => 28,
        b'h' | b'r' | b's' => 29,
        b'd' => 33,
        b'l' => 34,
        b'u' => 38,
        b'c' | b'f' | b'm' | b'w' => 39,
        b'g' | b'y' => 41,
        b',' | b'.' | b'b' | b'p' | b'\n' => 43,
        b'v' => 48,
        b'k' => 50,
        b'I' | b'T' | b'\'' | b'"' => 60,
        0x80.. => 55,
        _ => 70,
    }
}
