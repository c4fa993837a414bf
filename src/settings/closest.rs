//! The name that a mistyped one was probably meant to be.

/// The known name closest to a mistyped one, if any is close.
pub(super) fn closest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let (distance, near) = known.map(|k| (strsim::osa_distance(name, k), k)).min()?;
    (distance <= 1 + near.len() / 4).then_some(near)
}
