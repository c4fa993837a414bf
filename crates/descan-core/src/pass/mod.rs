//! The interface of a pass: it sees a view of a text and proposes edits.

mod block_chars;
mod decided;
mod hits;
mod kept;
mod line_chars;
mod moves;
mod options;
mod proposals;
mod reflow;
mod selection;
mod sought;
mod tried;
mod view;

pub(crate) use block_chars::BlockChars;
pub use decided::{Decided, Decider, Ruled};
pub(crate) use kept::Kept;
pub(crate) use line_chars::{LINE_REACH, LineChars, LineEnds};
pub use options::Options;
pub use proposals::{Basis, Proposal, Proposals, Resolved};
pub use reflow::Reflow;
pub use selection::{Selection, UnknownName};
pub(crate) use tried::TriedInPass;
pub(crate) use view::core_of;
pub use view::{LARGE, View};
