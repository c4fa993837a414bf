//! SARIF 2.1.0, the [OASIS standard](https://docs.oasis-open.org/sarif/sarif/v2.1.0/)
//! for analysis results, read by code scanning and editors.
//!
//! Levels map to SARIF levels: `certain` is `error`, `probable` is `warning`,
//! `suspect` is `note`. Columns are code points, as `columnKind` states.

use descan_rules::{Rule, RuleSet};
use descan_text::escape;
use descan_text::level::Level;
use serde_json::{Value, json};

use super::{Checked, ReportedFinding, Run, Totals, uri};

/// The property that holds descan's fingerprint of a result.
pub const FINGERPRINT: &str = "descanFingerprint/v1";

/// The log up to the first result: the tool and its rules.
pub fn head(run: Run<'_>) -> String {
    let on = run.rules.iter().filter(|(id, _)| run.selection.has_rule(*id));
    let rules: Vec<Value> = on.map(|(_, rule)| described(rule)).collect();
    let tool = json!({
        "driver": {
            "name": "descan",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
            "rules": rules,
        }
    });
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    format!(
        "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\
         \"columnKind\":\"unicodeCodePoints\",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\"results\":[\n",
        escape::json(tool.to_string())
    )
}

/// The results of a file, the known ones as `unchanged`.
pub fn results(file: &Checked<'_>) -> String {
    let uri = uri(file.path);
    let results: Vec<String> = file
        .with_known()
        .map(|reported| {
            let mut result = result(&uri, &reported);
            // The standard requires the state on every result or on none.
            if file.has_baseline {
                result["baselineState"] = json!(if reported.known { "unchanged" } else { "new" });
            }
            escape::json(result.to_string())
        })
        .collect();
    results.join(",\n")
}

/// The end of the log: whether the run succeeded, and the inputs it could not read.
pub fn foot(totals: &Totals) -> String {
    let notification = |(path, why): &(std::path::PathBuf, String)| {
        json!({
            "level": "error",
            "message": { "text": text(&format!("{} {why}", path.to_string_lossy())) },
            "locations": [{ "physicalLocation": { "artifactLocation": location(&uri(path)) } }],
        })
    };
    let invocation = json!({
        "executionSuccessful": totals.failures.is_empty(),
        "toolExecutionNotifications": totals.failures.iter().map(notification).collect::<Vec<_>>(),
    });
    format!("\n],\"invocations\":[{}]}}]}}\n", escape::json(invocation.to_string()))
}

fn result(uri: &str, reported: &ReportedFinding<'_>) -> Value {
    let (start, end) = (reported.start(), reported.end());
    let region = json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    });
    let mut shown = region.clone();
    shown["snippet"] = json!({ "text": reported.finding.before });
    let reasons: Vec<Value> =
        reported.record.reasons.iter().map(|r| json!({ "what": r.what, "value": r.value })).collect();
    json!({
        "ruleId": reported.rule.name,
        "level": level(reported.finding.level),
        "message": { "text": text(&reported.sentence()) },
        "locations": [{ "physicalLocation": { "artifactLocation": location(uri), "region": shown } }],
        "partialFingerprints": { FINGERPRINT: reported.record.fingerprint },
        "rank": reported.record.confidence * 100.0,
        "fixes": [{
            "description": { "text": if reported.finding.applied { "as `descan clean` writes it" } else { "suggested, not applied" } },
            "artifactChanges": [{
                "artifactLocation": location(uri),
                "replacements": [{ "deletedRegion": region, "insertedContent": { "text": reported.record.after } }],
            }],
        }],
        "properties": { "confidence": reported.record.confidence, "applied": reported.finding.applied, "reasons": reasons },
    })
}

fn described(rule: &Rule) -> Value {
    let why = rule.why();
    let why = why.trim();
    let (mut plain, mut marked) = (why.to_owned(), why.to_owned());
    if let Some((changes, keeps)) = RuleSet::examples(&rule.name) {
        for change in changes.iter().filter(|c| !c.from.contains('\n')).take(3) {
            plain.push_str(&format!("\nRepairs: {} → {}", change.from, change.to));
            marked.push_str(&format!("\n\n{} becomes {}", code(&change.from), code(&change.to)));
        }
        for keep in keeps.iter().filter(|k| !k.text.contains('\n')).take(3) {
            plain.push_str(&format!("\nLeaves: {}", keep.text));
            marked.push_str(&format!("\n\n{} stays", code(&keep.text)));
        }
    }
    json!({
        "id": rule.name,
        "shortDescription": { "text": text(&rule.summary) },
        "fullDescription": { "text": text(why) },
        "help": { "text": text(&plain), "markdown": marked },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "tags": [rule.pass.as_str()], "level": rule.level.name() },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Certain => "error",
        Level::Probable => "warning",
        Level::Suspect => "note",
    }
}

/// Text as a message: brackets would become links, and braces argument
/// placeholders (§3.11.5 and §3.11.6 of the standard).
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            c => out.push(c),
        }
    }
    out
}

/// Text as Markdown code, with a fence longer than any run of backticks in it.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

fn location(uri: &str) -> Value {
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_hold_no_links_and_no_arguments() {
        assert_eq!(text("[a](b) {0}\\"), "\\[a\\](b) {{0}}\\\\");
        assert_eq!(code("a``b"), "``` a``b ```");
    }
}
