//! Work shared among threads, with a result that does not depend on their number.

/// Hands each chunk of `items` to `work`, on the threads of the pool that the
/// caller is in, and returns what came of each in order. Without the feature
/// `parallel` the caller's thread does all.
#[cfg(feature = "parallel")]
pub(crate) fn map_chunks<T: Sync, R: Send>(items: &[T], length: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    use rayon::iter::ParallelIterator as _;
    use rayon::slice::ParallelSlice as _;

    items.par_chunks(length.max(1)).map(&work).collect()
}

/// Hands each chunk of `items` to `work`, and returns what came of each in order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_chunks<T, R>(items: &[T], length: usize, work: impl Fn(&[T]) -> R) -> Vec<R> {
    items.chunks(length.max(1)).map(work).collect()
}

/// The number of threads that work is shared among.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    return 1;
}
