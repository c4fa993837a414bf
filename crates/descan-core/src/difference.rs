//! What an edit changes inside a word.

/// What two texts differ in, without what they begin and end with alike.
pub(crate) fn difference<'t>(old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let alike = |(a, b): &(char, char)| a.to_lowercase().eq(b.to_lowercase());
    let begin: usize = old.chars().zip(new.chars()).take_while(alike).map(|(a, _)| a.len_utf8()).sum();
    let begin_new: usize = old.chars().zip(new.chars()).take_while(alike).map(|(_, b)| b.len_utf8()).sum();
    let (old, new) = (&old[begin..], &new[begin_new..]);
    let backwards = || old.chars().rev().zip(new.chars().rev()).take_while(alike);
    let end: usize = backwards().map(|(a, _)| a.len_utf8()).sum();
    let end_new: usize = backwards().map(|(_, b)| b.len_utf8()).sum();
    (&old[..old.len() - end], &new[..new.len() - end_new])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        assert_eq!(difference("tbe", "the"), ("b", "h"));
        assert_eq!(difference("Power4", "power"), ("4", ""));
        assert_eq!(difference("too", "to"), ("o", ""));
    }
}
