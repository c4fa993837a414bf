//! Decisions in words, for messages and lists.

use descan_core::decisions::{Context, Decision};
use descan_text::escape::visible;

/// A human-readable decision, without its type.
pub(super) fn describe(decision: &Decision) -> String {
    let reading = |rule: &str, before: &str, after: &str, with: Option<&String>| {
        let with = with.map_or_else(String::new, |with| format!(", but `{}`", visible(with)));
        format!("{}: `{}` → `{}`{with}", visible(rule), visible(before), visible(after))
    };
    let because = |reason: &Option<String>| reason.as_ref().map_or_else(String::new, |r| format!(" ({})", visible(r)));
    match decision {
        Decision::Accept(p) | Decision::Refuse(p) | Decision::Replace(p) => {
            let Context(left, right) = &p.context;
            let reading = reading(&p.rule, &p.before, &p.after, p.with.as_ref());
            format!("{reading} between `{}` and `{}`", visible(left), visible(right))
        }
        Decision::AcceptAlike(a) | Decision::RefuseAlike(a) | Decision::ReplaceAlike(a) => {
            reading(&a.rule, &a.before, &a.after, a.with.as_ref())
        }
        Decision::Never(never) => format!("`{}`{}", visible(&never.word), because(&never.reason)),
        Decision::Right(right) => {
            let what = right.word.as_ref().or(right.pattern.as_ref()).map_or("", String::as_str);
            let kind = if right.pattern.is_some() { "pattern " } else { "" };
            format!("{kind}`{}`{}", visible(what), because(&right.reason))
        }
    }
}
