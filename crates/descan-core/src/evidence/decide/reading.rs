//! A reading of a place.

use std::ops::Range;
use std::rc::Rc;

use descan_lang::confusion::Candidate;
use descan_lang::terms::TermHash;

/// What kind of damage a reading undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters misread in a word that is none.
    Letters,
    /// Two words run together.
    RunOn,
    /// A word split in two.
    Split,
    /// Letters misread so that another real word came out.
    RealWord,
    /// The pronoun I read as another letter, a digit or a mark.
    Pronoun,
    /// A word that was split into two which are words too.
    Apart,
}

/// One way to read a place.
pub(super) struct Reading {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    pub(super) way: Way,
}

/// What a word is read as, wherever it stands.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) candidate: Rc<Candidate>,
    pub(super) terms: Rc<[TermHash]>,
    /// How well the terms go without neighbours, in nats.
    pub(super) alone: f32,
}

/// The reading that leads, as it is to be written.
pub(super) struct Best {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    pub(super) candidate: Candidate,
}
