//! What a pass sees.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use descan_lang::words::WordLists;
use descan_rules::{LazyRegex, PassName, RuleId, RuleSet};
use descan_text::analysis::{Analysis, Text};
use descan_text::edit::EditList;
use descan_text::layout::Layout;
use descan_text::level::Level;
use descan_text::measure::Measure;
use descan_text::token::Token;
use descan_text::types::Types;
use rustc_hash::FxHashMap;

use super::hits::Hits;
use super::kept::Kept;
use super::sought::Sought;
use super::tried::{Tried, TriedInPass};
use super::{BlockChars, LineChars, Options};
use crate::evidence::Evidence;
use crate::evidence::decide::{Judgement, garbled_runs, is_open};
use crate::evidence::typing::Typing;
use crate::evidence::vocabulary::fold;

/// Texts of so many bytes and more are judged by all threads of the pool that
/// the caller is in; the result is the same for any number of them.
pub const LARGE: usize = 1 << 20;

/// How dense the words are that lines of a printed text break, by [`Hand::broken`](crate::evidence::hand::Hand::broken):
/// a page has a few of them.
const PRINTED: f64 = 1.5;

/// The text as the passes before left it, with what is known about it. What is
/// worked out serves all passes that see the same text.
pub struct View<'v> {
    analysis: Analysis<'v>,
    evidence: Arc<Evidence>,
    rules: &'v RuleSet,
    options: &'v Options,
    open: OnceLock<Vec<bool>>,
    runs: OnceLock<Vec<Token>>,
    judged: OnceLock<Vec<(usize, Judgement)>>,
    written: OnceLock<FxHashMap<String, u32>>,
    hits: OnceLock<Hits>,
    in_tokens: OnceLock<[Vec<(u32, RuleId)>; PassName::ALL.len()]>,
    line_chars: OnceLock<LineChars>,
    block_chars: OnceLock<BlockChars>,
    tried: Mutex<Tried>,
    sought: Mutex<Sought>,
    typing: OnceLock<Typing>,
    has_form_feed: OnceLock<bool>,
}

/// What stands between two spaces without the marks at its ends.
pub(crate) fn core_of(chunk: &str) -> &str {
    chunk.trim_matches(|c: char| !c.is_alphanumeric())
}

impl<'v> View<'v> {
    /// A view of a text in the light of a document's evidence.
    pub fn new(analysis: Analysis<'v>, evidence: Arc<Evidence>, rules: &'v RuleSet, options: &'v Options) -> View<'v> {
        View {
            analysis,
            evidence,
            rules,
            options,
            open: OnceLock::new(),
            runs: OnceLock::new(),
            judged: OnceLock::new(),
            written: OnceLock::new(),
            hits: OnceLock::new(),
            in_tokens: OnceLock::new(),
            line_chars: OnceLock::new(),
            block_chars: OnceLock::new(),
            tried: Mutex::default(),
            sought: Mutex::default(),
            typing: OnceLock::new(),
            has_form_feed: OnceLock::new(),
        }
    }

    /// The same text in the light of other evidence.
    pub fn with_evidence(self, evidence: Arc<Evidence>) -> View<'v> {
        let View { hits, tried, sought, .. } = self;
        View { hits, tried, sought, ..View::new(self.analysis, evidence, self.rules, self.options) }
    }

    /// The text that edits make of this one, in the light of the same evidence.
    pub fn with_text(self, text: Text<'v>, edits: &EditList) -> View<'v> {
        let (evidence, rules, options) = (Arc::clone(&self.evidence), self.rules, self.options);
        let kept = self.into_kept().after(edits, &text, rules, &options.selection);
        let analysis = Analysis::new(text, evidence.language().part_names());
        View::new(analysis, evidence, rules, options).with_kept(kept)
    }

    /// The same view with what an earlier one of the same text found out.
    pub(crate) fn with_kept(self, kept: Kept) -> View<'v> {
        let Kept { hits, tried, sought } = kept;
        let hits = hits.map_or_else(OnceLock::new, |hits| OnceLock::from(self.with_tokens(hits)));
        View { hits, tried: tried.into(), sought: sought.into(), ..self }
    }

    /// What was found out of the text, for a later view.
    pub(crate) fn into_kept(self) -> Kept {
        let tried = self.tried.into_inner().unwrap_or_else(PoisonError::into_inner);
        let sought = self.sought.into_inner().unwrap_or_else(PoisonError::into_inner);
        Kept { hits: self.hits.into_inner(), tried, sought }
    }

    /// Where the patterns of a pass matched in an earlier iteration.
    pub(crate) fn tried(&self, pass: PassName) -> TriedInPass {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).take(pass)
    }

    /// Keeps where the patterns of a pass match.
    pub(crate) fn keep_tried(&self, pass: PassName, tried: TriedInPass) {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).keep(pass, tried);
    }

    /// Where the text has what patterns look for.
    pub(crate) fn hits(&self) -> &Hits {
        self.hits.get_or_init(|| self.with_tokens(Hits::of(self.text(), self.rules, &self.options.selection)))
    }

    /// The rules of a pass whose patterns match in tokens: each with the index of the token among the different
    /// ones, in their order.
    pub(crate) fn in_tokens(&self, pass: PassName) -> &[(u32, RuleId)] {
        let by_pass = self.in_tokens.get_or_init(|| {
            let mut by_pass: [Vec<(u32, RuleId)>; PassName::ALL.len()] = Default::default();
            let (_, types) = self.analysis.chunks();
            for (index, (first, _)) in types.iter().enumerate() {
                for &rule in self.hits().in_token(first.text(self.text())) {
                    by_pass[self.rules.get(rule).pass as usize].push((index as u32, rule));
                }
            }
            by_pass
        });
        &by_pass[pass as usize]
    }

    /// The characters of the lines.
    pub(crate) fn line_chars(&self) -> &LineChars {
        self.line_chars.get_or_init(|| LineChars::of(self.text(), self.layout().lines()))
    }

    /// The characters of blocks of the text.
    pub(crate) fn block_chars(&self) -> &BlockChars {
        self.block_chars.get_or_init(|| BlockChars::of(self.text()))
    }

    fn with_tokens(&self, mut hits: Hits) -> Hits {
        let (_, types) = self.analysis.chunks();
        hits.see(types.iter().map(|(first, _)| first.text(self.text())), self.rules, &self.options.selection);
        hits
    }

    /// What is worked out of the text alone.
    pub fn analysis(&self) -> &Analysis<'v> {
        &self.analysis
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.analysis.text()
    }

    /// What the whole document shows.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Whether the text has a match of a regex anywhere. Many rules ask the same.
    pub(crate) fn has(&self, regex: &LazyRegex) -> bool {
        let has = self.sought.lock().unwrap_or_else(PoisonError::into_inner).has(self.text(), regex);
        has || regex.identity() == self.rules.typed().identity() && self.typing().is_shown()
    }

    /// What its words show of a text that was typed and never scanned.
    pub(crate) fn typing(&self) -> &Typing {
        self.typing.get_or_init(|| {
            if self.is_printed() {
                return Typing::default();
            }
            let hand = self.evidence.hand().document();
            let misread = if self.evidence.is_damaged() { hand.of_scan as usize } else { 0 };
            Typing::of(&self.analysis, self.rules.machine_word(), misread)
        })
    }

    /// Whether form feeds part pages in the text.
    pub(crate) fn has_form_feed(&self) -> bool {
        *self.has_form_feed.get_or_init(|| self.text().contains('\x0c'))
    }

    /// Whether lines break words as often as on printed pages.
    pub(crate) fn is_printed(&self) -> bool {
        self.evidence.hand().broken() > PRINTED
    }

    /// Words of the language by what they do in a sentence.
    pub fn lists(&self) -> &WordLists {
        self.evidence.language().words()
    }

    /// The rules of the run.
    pub fn rules(&self) -> &'v RuleSet {
        self.rules
    }

    /// What the run is asked to do.
    pub fn options(&self) -> &'v Options {
        self.options
    }

    /// Whether the run makes an edit that a pass proposes by `rule` at `level`:
    /// the rule is on, and the edit sure enough with what the settings say about
    /// the rule.
    pub fn makes(&self, rule: RuleId, level: Level) -> bool {
        self.options.selection.has_rule(rule) && self.rules.get(rule).judged(level).0 <= self.options.level
    }

    /// The words of the text in order.
    pub fn words(&self) -> &[Token] {
        self.analysis.words()
    }

    /// Which of the words are alike.
    pub fn types(&self) -> &Types {
        self.analysis.types()
    }

    /// The pairs of neighbouring words between which more stands than a blank or a
    /// line break, each with the index of its first word.
    pub fn marked_pairs(&self) -> impl Iterator<Item = (usize, Token, Token)> {
        let words = self.words();
        self.analysis.marked().iter().map(|&index| (index, words[index], words[index + 1]))
    }

    /// The words, by index, of which something is true that is asked only once for
    /// all that are alike.
    pub fn words_that(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<usize> {
        let wanted: Vec<bool> = self.types().iter().map(|(first, _)| is_wanted(first.text(self.text()))).collect();
        if !wanted.contains(&true) {
            return Vec::new();
        }
        let of = self.types().of_words().iter().enumerate();
        of.filter(|&(_, &of)| wanted[of as usize]).map(|(index, _)| index).collect()
    }

    /// Which of the types are open to all readings, in their order.
    pub fn open_types(&self) -> &[bool] {
        let vocabulary = self.evidence.vocabulary();
        let is_open = |word: Token| is_open(vocabulary, word.text(self.text()));
        self.open.get_or_init(|| self.types().iter().map(|(first, _)| is_open(first)).collect())
    }

    /// The runs of letters and marks that were words, in order. Only garbled documents have any.
    pub fn runs(&self) -> &[Token] {
        let is_garbled = self.evidence.is_garbled();
        self.runs.get_or_init(|| if is_garbled { garbled_runs(self.text()) } else { Vec::new() })
    }

    /// The words that are open to all readings and have any, by their index,
    /// each with its best one: what an earlier caller was given by `judge`, or
    /// else what it gives now.
    pub fn judged_or(&self, judge: impl FnOnce() -> Vec<(usize, Judgement)>) -> &[(usize, Judgement)] {
        self.judged.get_or_init(judge)
    }

    /// How often the text has something between two spaces, without the marks at
    /// its ends; `core` is folded.
    pub(crate) fn written(&self, core: &str) -> u32 {
        let written = self.written.get_or_init(|| {
            let mut counts = FxHashMap::default();
            for (first, count) in self.analysis.chunks().1.iter() {
                *counts.entry(fold(core_of(first.text(self.text())))).or_default() += count;
            }
            counts
        });
        written.get(core).copied().unwrap_or_default()
    }

    /// The lines of the text and the regions they make.
    pub fn layout(&self) -> &Layout {
        self.analysis.layout()
    }

    /// How wide the lines of the text are.
    pub fn measure(&self) -> &Measure {
        self.analysis.measure()
    }
}
