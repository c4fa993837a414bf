//! Many files at once, their results in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError, mpsc};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args;
use crate::display::plain;
use crate::error::{CliError, Result};
use crate::inputs::discover::Found;
use crate::inputs::list::{Input, Inputs};
use crate::setup::session::Session;
use crate::terminal::progress::Progress;

/// Results that may wait, for each worker, until an earlier one is ready. More
/// would cost memory, fewer would let workers stand idle.
const AHEAD: usize = 4;

/// Files of so many bytes may hold a text that is cleaned by several threads:
/// decoded it may be four times as long.
const LARGE: usize = descan_core::pass::LARGE / 4;

/// Where the results of a run go, and how it is told how far it is.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'b> {
    pub session: &'b Session,
    pub inputs: &'b Inputs,
    /// Bytes of all inputs, as far as known.
    pub bytes: u64,
    pub args: &'b args::Inputs,
    /// Whether the results go to the standard output as they come.
    pub streams: bool,
}

impl<'b> Batch<'b> {
    /// The run over all that was found.
    pub(crate) fn new(session: &'b Session, found: &'b Found, args: &'b args::Inputs, streams: bool) -> Batch<'b> {
        Batch { session, inputs: &found.inputs, bytes: found.bytes, args, streams }
    }
}

/// Reads every input and runs `work` on its bytes, on several threads, and hands
/// the results to `emit` in the order of the inputs. Only the files in work and
/// a few finished ones are held in memory.
///
/// # Errors
/// What `emit` returns, and Ctrl-C.
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
    // Where files are read one by one, all threads work on each that is large.
    let pool = OnceLock::new();
    let within = |bytes: &[u8]| -> Option<&ThreadPool> {
        let start = || ThreadPoolBuilder::new().num_threads(allowed).build().ok();
        if threads <= 1 && bytes.len() >= LARGE { pool.get_or_init(start).as_ref() } else { None }
    };
    let one = |index: usize| -> (u64, std::result::Result<T, String>) {
        let input = inputs.get(index);
        let bytes = match input.read() {
            Ok(bytes) => bytes,
            Err(error) => return (0, Err(format!("cannot be read: {}", plain(&error)))),
        };
        // One file that trips a defect must not take the others down.
        let result = catch_unwind(AssertUnwindSafe(|| match within(&bytes) {
            Some(pool) => pool.install(|| work(index, &input, &bytes)),
            None => work(index, &input, &bytes),
        }));
        (bytes.len() as u64, result.unwrap_or_else(|panic| Err(told(&*panic))))
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
        .map_err(|e| CliError::Usage(format!("cannot start {threads} threads: {e}; ask for fewer with --threads")))?;
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

/// Gives out the inputs one by one, never far ahead of what is done.
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

fn told(panic: &(dyn Any + Send)) -> String {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("met a defect of descan ({}); please report it", what.unwrap_or("no message"))
}
