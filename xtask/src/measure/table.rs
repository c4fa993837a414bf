//! Markdown tables that read well on a terminal.

/// A table with its first column aligned left and the others right.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..head.len())
        .map(|i| rows.iter().map(|r| r[i].chars().count()).chain([head[i].chars().count()]).max().unwrap_or(0))
        .collect();
    let line = |cells: &[&str]| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(i, (cell, &width))| match i {
            0 => format!(" {cell:<width$} "),
            _ => format!(" {cell:>width$} "),
        });
        format!("|{}|\n", cells.collect::<Vec<_>>().join("|"))
    };
    let rule = widths.iter().enumerate().map(|(i, w)| match i {
        0 => "-".repeat(w + 2),
        _ => format!("{}:", "-".repeat(w + 1)),
    });
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    let body: String = rows.iter().map(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>())).collect();
    format!("{}{rule}{body}", line(head))
}

/// A rate before and after cleaning.
pub(crate) fn arrow(rates: [f64; 2]) -> String {
    format!("{:.2} → {:.2}", rates[0], rates[1])
}
