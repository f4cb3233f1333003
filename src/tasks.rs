//! Work that must not hold up the window: named threads that answer by a channel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Runs work beside the window and collects its answers of type `T`.
pub struct Tasks<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
    context: egui::Context,
    /// Work runs at once, in the caller's thread: for tests, which must not wait for threads.
    inline: bool,
    failed: fn(String) -> T,
}

impl<T: Send + 'static> Tasks<T> {
    /// `failed` makes the answer that says that a task panicked; it gets a sentence for the user.
    pub fn new(context: egui::Context, inline: bool, failed: fn(String) -> T) -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            context,
            inline,
            failed,
        }
    }

    /// Starts work. It may answer as often as it likes; each answer wakes the window.
    pub fn start(&self, name: &'static str, work: impl FnOnce(&Answer<T>) + Send + 'static) {
        let answer = self.answer();
        let failed = self.failed;
        let guarded = move || {
            // A panic is a bug, but it must not pass in silence nor take the window with it.
            if catch_unwind(AssertUnwindSafe(|| work(&answer))).is_err() {
                answer.send(failed(format!(
                    "Something went wrong inside Sourceline ({name}); the rest goes on"
                )));
            }
        };
        if self.inline {
            guarded();
        } else if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(guarded) {
            let told = self.sender.send(failed(format!(
                "No thread could be started ({name}): {error}"
            )));
            debug_assert!(told.is_ok(), "the receiver lives as long as the sender");
        }
    }

    /// A place for answers from elsewhere than a task.
    pub fn answer(&self) -> Answer<T> {
        Answer {
            sender: self.sender.clone(),
            context: self.context.clone(),
        }
    }

    /// Whether work is done at once, in the caller's thread.
    pub fn is_inline(&self) -> bool {
        self.inline
    }

    /// The next answer that has come, if any.
    pub fn next(&self) -> Option<T> {
        self.receiver.try_recv().ok()
    }
}

/// Where a task puts what it has found.
pub struct Answer<T> {
    sender: Sender<T>,
    context: egui::Context,
}

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            context: self.context.clone(),
        }
    }
}

impl<T> Answer<T> {
    pub fn send(&self, found: T) {
        // The window may be gone already; then nobody wants the answer.
        if self.sender.send(found).is_ok() {
            self.context.request_repaint();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_that_panics_says_so() {
        let tasks = Tasks::new(egui::Context::default(), true, |text| text);
        tasks.start("counting", |answer| {
            answer.send("one".to_owned());
            panic!("as planned");
        });
        assert_eq!(tasks.next().as_deref(), Some("one"));
        assert!(tasks.next().is_some_and(|text| text.contains("counting")));
        assert_eq!(tasks.next(), None);
    }
}
