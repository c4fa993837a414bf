//! Characters that deceive the eye: invisible ones, and those that look like others.

/// Whether a character would not show, or would act instead of show.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a character may be taken for a Latin letter or for several: a letter
/// of another alphabet, a ligature, a mark that joins the letter before.
pub fn is_look_alike(c: char) -> bool {
    let greek_to_cherokee = '\u{300}'..='\u{13ff}';
    let presentation_forms = '\u{fb00}'..='\u{fb06}';
    let full_width = '\u{ff01}'..='\u{ff5e}';
    greek_to_cherokee.contains(&c) || presentation_forms.contains(&c) || full_width.contains(&c)
}
