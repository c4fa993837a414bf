//! Undoes decisions, also those of earlier reviews.

use anstyle::Style;

use crate::commands::describe::describe;
use crate::commands::review::item::Item;
use crate::commands::review::session::{Review, View};
use crate::commands::review::terminal::Terminal;
use crate::error::Result;
use crate::terminal::layout::wrapped;
use crate::terminal::output::counted;

/// What was undone.
pub(super) enum Undone {
    /// What was decided at this view.
    Here(View),
    /// Something that is not on the list now.
    Elsewhere,
    Nothing,
}

/// Undoes the last thing that was decided.
///
/// # Errors
/// The decisions file cannot be written.
pub(super) fn undo(terminal: &mut Terminal<'_>, review: &mut Review, items: &mut [Item]) -> Result<Undone> {
    let Some((count, view)) = review.undo(items)? else { return earlier(terminal, review) };
    let many = if count == 1 { String::new() } else { format!(", {count} decisions") };
    terminal.put(&format!("undone{many}\n"))?;
    Ok(view.map_or(Undone::Elsewhere, Undone::Here))
}

/// Asks whether to undo the last decisions of earlier reviews.
fn earlier(terminal: &mut Terminal<'_>, review: &mut Review) -> Result<Undone> {
    let run = review.earlier();
    let Some(last) = run.first() else {
        terminal.put("nothing to undo\n")?;
        return Ok(Undone::Nothing);
    };
    let what = format!("the last decision of an earlier review: {} {}", last.name(), describe(last));
    let columns = terminal.size().0;
    terminal.put(&wrapped(&[(Style::new(), what)], columns, "", "  "))?;
    let keys: &[char] = if run.len() > 1 { &['y', 'a', 'n'] } else { &['y', 'n'] };
    let question = match run.len() {
        1 => "Undo it? [y,n] ".to_owned(),
        count => format!("Undo it [y], the last {count} of its kind [a], or nothing [n]? "),
    };
    let count = match terminal.choose(&question, keys)? {
        'y' => 1,
        'a' => run.len(),
        _ => return Ok(Undone::Nothing),
    };
    review.undo_earlier(&run[..count])?;
    terminal.put(&format!("{} undone\n", counted(count, "decision")))?;
    Ok(Undone::Elsewhere)
}
