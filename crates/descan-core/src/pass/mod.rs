//! The interface of a pass: it sees a view of a text and proposes edits.

mod block_chars;
mod decided;
mod hits;
mod line_chars;
mod options;
mod proposals;
mod reflow;
mod selection;
mod view;

pub(crate) use block_chars::BlockChars;
pub use decided::{Decided, Decider, Ruled};
pub(crate) use hits::Hits;
pub(crate) use line_chars::{LINE_REACH, LineChars};
pub use options::Options;
pub use proposals::{Basis, Proposal, Proposals, Resolved};
pub use reflow::Reflow;
pub use selection::{Selection, UnknownName};
pub(crate) use view::core_of;
pub use view::{LARGE, View};
