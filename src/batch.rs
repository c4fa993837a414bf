//! Processes many files in parallel and delivers their results in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError, mpsc};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args;
use crate::error::{CliError, Result};
use crate::inputs::discover::Found;
use crate::inputs::list::{Input, Inputs};
use crate::inputs::read::read;
use crate::setup::session::Session;
use crate::terminal::progress::Progress;

/// How many results per worker may wait for an earlier one. More would cost
/// memory; fewer would leave workers idle.
const AHEAD: usize = 4;

/// Files of at least this many bytes may hold a text large enough to be cleaned by
/// several threads: decoding can make it four times as long.
const LARGE: usize = descan_core::pass::LARGE / 4;

/// The inputs of a run, and how its progress is shown.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'b> {
    pub session: &'b Session,
    pub inputs: &'b Inputs,
    /// Total size of all inputs, as far as known.
    pub bytes: u64,
    pub args: &'b args::Inputs,
    /// Whether results go to standard output as they arrive.
    pub streams: bool,
}

impl<'b> Batch<'b> {
    /// A run over all inputs found.
    pub(crate) fn new(session: &'b Session, found: &'b Found, args: &'b args::Inputs, streams: bool) -> Batch<'b> {
        Batch { session, inputs: &found.inputs, bytes: found.bytes, args, streams }
    }
}

/// Reads every input, runs `work` on its bytes on several threads, and passes the
/// results to `emit` in the order of the inputs. Only the files being worked on
/// and a few finished ones are held in memory.
///
/// # Errors
/// Any error of `emit`, and Ctrl-C.
pub(crate) fn in_order<T: Send>(
    batch: Batch<'_>,
    work: impl Fn(usize, &Input, &[u8]) -> std::result::Result<T, String> + Sync,
    mut emit: impl FnMut(&Input, std::result::Result<T, String>) -> Result<()>,
) -> Result<()> {
    let Batch { session, inputs, .. } = batch;
    let progress = Progress::new(batch.args.progress, inputs.len(), batch.bytes, batch.streams);
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let allowed = session.threads().unwrap_or_else(cores);
    let threads = allowed.min(inputs.len());
    // If files are read one at a time, all threads work on each large one.
    let pool = OnceLock::new();
    let within = |bytes: &[u8]| -> Option<&ThreadPool> {
        let start = || ThreadPoolBuilder::new().num_threads(allowed).build().ok();
        if threads <= 1 && bytes.len() >= LARGE { pool.get_or_init(start).as_ref() } else { None }
    };
    let one = |index: usize| -> (u64, std::result::Result<T, String>) {
        let input = inputs.get(index);
        let bytes = match read(&input, batch.args.text) {
            Ok(bytes) => bytes,
            Err(why) => return (0, Err(why)),
        };
        // A bug triggered by one file must not stop the others.
        let result = catch_unwind(AssertUnwindSafe(|| match within(&bytes) {
            Some(pool) => pool.install(|| work(index, &input, &bytes)),
            None => work(index, &input, &bytes),
        }));
        (bytes.len() as u64, result.unwrap_or_else(|panic| Err(describe(&*panic))))
    };
    let mut emit = |index: usize, (bytes, result): (u64, std::result::Result<T, String>)| {
        emit(&inputs.get(index), result)?;
        progress.file(index + 1, inputs.len(), bytes);
        Ok(())
    };
    let result = if threads <= 1 {
        in_turn(session, inputs.len(), one, &mut emit)
    } else {
        at_once(session, inputs.len(), threads, one, &mut emit)
    };
    progress.finish();
    session.warn_of_foreign();
    result
}

fn in_turn<T>(
    session: &Session,
    count: usize,
    one: impl Fn(usize) -> T,
    emit: &mut impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    for index in 0..count {
        if session.is_stopped() {
            return Err(CliError::Interrupted);
        }
        emit(index, one(index))?;
    }
    Ok(())
}

fn at_once<T: Send>(
    session: &Session,
    count: usize,
    threads: usize,
    one: impl Fn(usize) -> T + Sync,
    emit: &mut impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| CliError::Io(format!("cannot start {threads} threads: {e}; use fewer with --threads")))?;
    let queue =
        Queue { next: AtomicUsize::new(0), done: Mutex::new(0), moved: Condvar::new(), over: AtomicBool::new(false) };
    let (sender, receiver) = mpsc::channel();
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (queue, one) = (&queue, &one);
            scope.spawn(move |_| {
                while let Some(index) = queue.take(count, threads * AHEAD) {
                    if session.is_stopped() || sender.send((index, one(index))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                if let Err(stop) = emit(next, result) {
                    queue.stop();
                    return Err(stop);
                }
                next += 1;
                queue.advance(next);
            }
        }
        if next == count { Ok(()) } else { Err(CliError::Interrupted) }
    })
}

/// Hands out inputs one by one, never far ahead of the last result delivered.
struct Queue {
    next: AtomicUsize,
    done: Mutex<usize>,
    moved: Condvar,
    over: AtomicBool,
}

impl Queue {
    fn take(&self, count: usize, ahead: usize) -> Option<usize> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= count {
            return None;
        }
        let waits = |done: &mut usize| index >= *done + ahead && !self.over.load(Ordering::Relaxed);
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.moved.wait_while(done, waits).unwrap_or_else(PoisonError::into_inner));
        (!self.over.load(Ordering::Relaxed)).then_some(index)
    }

    fn advance(&self, done: usize) {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = done;
        self.moved.notify_all();
    }

    fn stop(&self) {
        let _held = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        self.over.store(true, Ordering::Relaxed);
        self.moved.notify_all();
    }
}

fn describe(panic: &(dyn Any + Send)) -> String {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("triggered a bug in descan ({}); please report it", what.unwrap_or("no message"))
}
