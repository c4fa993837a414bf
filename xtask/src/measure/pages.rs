//! Texts cut in pages, as users bring them.

/// A page has so many words.
const WORDS: usize = 600;
/// Every so many pages one is taken.
const STEP: usize = 4;

/// Pages of a text, each cut at the ends of lines.
pub(crate) fn pages(text: &str) -> Vec<String> {
    let mut pages = vec![(String::new(), 0)];
    for line in text.split_inclusive('\n') {
        if pages.last().is_some_and(|(_, words)| *words >= WORDS) {
            pages.push((String::new(), 0));
        }
        if let Some((page, words)) = pages.last_mut() {
            page.push_str(line);
            *words += line.split_whitespace().count();
        }
    }
    pages.into_iter().step_by(STEP).map(|(page, _)| page).collect()
}
