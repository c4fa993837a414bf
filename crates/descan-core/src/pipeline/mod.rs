//! Runs the passes over a text and composes their edits.

mod outcome;
mod scatter;
mod sections;
mod trace;
mod withheld;

pub use outcome::Outcome;

use std::ops::Range;
use std::sync::Arc;

use descan_lang::candidates::CandidateCache;
use descan_rules::{PassName, RuleSet};
use descan_source::{Document, FileFormat};
use descan_text::analysis::Analysis;
use descan_text::edit::EditList;

use crate::apart;
use crate::engines_word;
use crate::evidence::Evidence;
use crate::evidence::engine::Engine;
use crate::evidence::signs::ShownSigns;
use crate::guardian;
use crate::pass::{Kept, Options, Proposal, Proposals, Reflow, Resolved, View};
use crate::passes::PASSES;
use crate::passes::patterns;
use crate::shares::map_chunks;
use crate::style_or_damage;
use crate::typed;
use trace::Trace;

/// Runs all selected passes over a document.
///
/// In a file whose cleaned bytes would be decoded differently ([`Document::reads_back`]), and
/// would then be changed again, nothing is repaired: what its bytes mean is in doubt. In
/// mark-up that would not be read as the cleaned text, those repairs are not made that
/// keep it from being read so. They are still found, at [`descan_text::level::Level::Suspect`].
///
/// ```
/// use descan_core::{pass::Options, pipeline::clean};
/// use descan_rules::RuleSet;
/// use descan_source::Document;
///
/// let document = Document::decode(&b"She was of\xEF\xAC\x81ce clerk at the mill."[..]);
/// let outcome = clean(&document, &RuleSet::built_in(), &Options::default());
/// assert_eq!(outcome.edits.apply(document.text()), "She was office clerk at the mill.");
/// ```
pub fn clean(document: &Document<'_>, rules: &RuleSet, options: &Options) -> Outcome {
    let outcome = clean_once(document, rules, options);
    if document.reads_back(&outcome.edits) {
        return outcome;
    }
    if document.format() != FileFormat::Plain {
        let reads_back = |edits: &EditList| document.reads_back(edits);
        return withheld::without_unreadable(outcome, reads_back);
    }
    let written = document.write(&outcome.edits).bytes;
    let again = clean_once(&Document::decode(&written[..]), rules, options);
    if again.edits.is_empty() { outcome } else { withheld::without_any(outcome) }
}

fn clean_once(document: &Document<'_>, rules: &RuleSet, options: &Options) -> Outcome {
    let text = document.text();
    let sections = sections::cut(text);
    let one = |section: &Range<usize>| clean_section(document, section.clone(), rules, options);
    match &sections[..] {
        [whole] => one(whole),
        _ => sections::join(&sections, map_chunks(&sections, 1, |section| one(&section[0]))),
    }
}

/// Runs all selected passes over a section of a document, as over a whole document.
fn clean_section(document: &Document<'_>, section: Range<usize>, rules: &RuleSet, options: &Options) -> Outcome {
    let engine = Arc::new(Engine::of(document, section.clone(), options.searcher.language().lexicon()));
    let mut trace = Trace::new(document, section);
    let candidates = Arc::new(CandidateCache::new(Arc::clone(&options.searcher)));
    let gather = |analysis: &Analysis<'_>, earlier: &ShownSigns| {
        let evidence = Evidence::gather(analysis, &candidates, options.archive.as_ref());
        Arc::new(evidence.in_style(options.style).with_engine(&engine).remembering(earlier))
    };
    let mut known = Known::default();
    for _ in 0..MAX_ITERATIONS {
        trace.forget_suggestions();
        let start = trace.edits();
        known = run_passes(&mut trace, known, &gather, rules, options);
        if trace.edits() == start {
            break;
        }
    }
    trace.finish()
}

/// How often the passes run over a text, at most.
///
/// A repair makes its neighbours easier to judge, so the passes run again, with
/// evidence gathered anew, until they change nothing. Right text takes one
/// iteration; a scan takes two or three. Without this, cleaning a cleaned text
/// would change it again. A text that still changes in the last iteration is left
/// as it then is.
const MAX_ITERATIONS: usize = 6;

/// What an iteration knows of a text when it ends.
#[derive(Default)]
struct Known {
    kept: Kept,
    signs: ShownSigns,
}

/// Runs all selected passes once, with what the iteration before knew of the text. `gather`
/// gathers the evidence of a text, with the signs that it showed earlier.
fn run_passes(
    trace: &mut Trace<'_>,
    known: Known,
    gather: &dyn Fn(&Analysis<'_>, &ShownSigns) -> Arc<Evidence>,
    rules: &RuleSet,
    options: &Options,
) -> Known {
    let start = trace.edits();
    let analysis = Analysis::new(trace.text(), options.searcher.language().part_names());
    let evidence = gather(&analysis, &known.signs);
    let mut view = View::new(analysis, evidence, rules, options).with_kept(known.kept);
    for (pass, run) in PASSES {
        // Misdecoded quotes and ligatures hide the document's style, so once the
        // first two passes have restored them the evidence is gathered again.
        if pass == PassName::Pages && trace.edits() != start {
            let evidence = gather(view.analysis(), &known.signs);
            view = view.with_evidence(evidence);
        }
        // On a page that has an image, heads and lines stay where they are.
        let is_about_pages = matches!(pass, PassName::Pages | PassName::Lines);
        if !options.selection.has_pass(pass) || (is_about_pages && trace.is_page_image()) {
            continue;
        }
        let mut proposals = Proposals::new(pass, rules, options);
        run(&view, &mut proposals);
        // Pattern rules, built-in ones and a user's, run in every pass.
        patterns::run(pass, &view, trace.findings(), &mut proposals);
        let edits = apply(trace, &view, proposals, options);
        if !edits.is_empty() {
            view = view.with_text(trace.text(), &edits);
        }
    }
    if let Reflow::Wrapped(width) = options.reflow
        && !trace.is_page_image()
    {
        let edits = wrap(trace, &view, rules, options, width);
        view = view.with_text(trace.text(), &edits);
    }
    let signs = view.evidence().signs().shown();
    Known { kept: view.into_kept(), signs }
}

/// Settles which of a pass's proposals stand and applies those that are sure
/// enough; returns the edits that were made.
fn apply(trace: &mut Trace<'_>, view: &View<'_>, mut proposals: Proposals<'_>, options: &Options) -> EditList {
    guardian::guard(proposals.list_mut(), view);
    typed::lower(proposals.list_mut(), view);
    apart::lower(proposals.list_mut(), view);
    scatter::lower(proposals.list_mut(), view, trace);
    style_or_damage::weigh(proposals.list_mut(), view);
    engines_word::weigh(proposals.list_mut(), view.text(), view.evidence().engine(), &trace.edits().origin());
    let mut decided = trace.decided().clone();
    let resolved =
        proposals.resolve(view, trace.decider(&options.decisions).as_ref(), &mut decided, trace.is_decoded());
    let Resolved { proposals, held_back } = resolved;
    trace.hold_back(held_back);
    let with_region = |proposal: Proposal| {
        let region = view.layout().region_at(proposal.span.start);
        (proposal, region)
    };
    trace.take(proposals.into_iter().map(with_region), options.level, decided)
}

/// Wraps the lines anew once all passes have changed their words; returns the edits.
fn wrap(trace: &mut Trace<'_>, view: &View<'_>, rules: &RuleSet, options: &Options, width: u16) -> EditList {
    if !options.selection.has_pass(PassName::Lines) {
        return EditList::default();
    }
    let mut proposals = Proposals::new(PassName::Lines, rules, options);
    crate::passes::wrap(view, usize::from(width), &mut proposals);
    apply(trace, view, proposals, options)
}
