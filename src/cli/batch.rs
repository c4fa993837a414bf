//! Many files at once, their results in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

use super::discover::{Input, plain};
use super::exit::{Result, Stop};
use super::session::Session;

/// Results that may wait, for each worker, until an earlier one is ready. More
/// would cost memory, fewer would let workers stand idle.
const AHEAD: usize = 4;

/// Reads every input and runs `work` on its bytes, on several threads, and hands
/// the results to `emit` in the order of the inputs. Only the files in work and
/// a few finished ones are held in memory.
///
/// # Errors
/// What `emit` returns, and Ctrl-C.
pub fn in_order<T: Send>(
    session: &Session,
    inputs: &[Input],
    threads: Option<u16>,
    work: impl Fn(usize, &Input, &[u8]) -> std::result::Result<T, String> + Sync,
    mut emit: impl FnMut(&Input, std::result::Result<T, String>) -> Result<()>,
) -> Result<()> {
    let one = |index: usize| -> std::result::Result<T, String> {
        let input = &inputs[index];
        let bytes = input.read().map_err(|e| format!("cannot be read: {}", plain(&e)))?;
        // One file that trips a defect must not take the others down.
        catch_unwind(AssertUnwindSafe(|| work(index, input, &bytes))).unwrap_or_else(|panic| Err(told(&*panic)))
    };
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = session.threads().or(threads.map(usize::from)).unwrap_or_else(cores).min(inputs.len());
    if threads <= 1 {
        for (index, input) in inputs.iter().enumerate() {
            if session.is_stopped() {
                return Err(Stop::Interrupted);
            }
            emit(input, one(index))?;
        }
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Stop::Usage(format!("cannot start {threads} threads: {e}; ask for fewer with --threads")))?;
    let queue =
        Queue { next: AtomicUsize::new(0), done: Mutex::new(0), moved: Condvar::new(), over: AtomicBool::new(false) };
    let (sender, receiver) = mpsc::channel();
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (queue, one) = (&queue, &one);
            scope.spawn(move |_| {
                while let Some(index) = queue.take(inputs.len(), threads * AHEAD) {
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
                if let Err(stop) = emit(&inputs[next], result) {
                    queue.stop();
                    return Err(stop);
                }
                next += 1;
                queue.advance(next);
            }
        }
        if next == inputs.len() { Ok(()) } else { Err(Stop::Interrupted) }
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
