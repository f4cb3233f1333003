//! What the system tells of changes.

use super::{Message, Target};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Has the system tell of changes in the folder of a target.
pub fn start(target: &Target, sender: Sender<Message>) -> notify::Result<Box<dyn Watcher>> {
    // A library does not follow links to folders; a watch that did might go round in a circle, or over the whole disk.
    let config = notify::Config::default().with_follow_symlinks(false);
    let folder = Arc::clone(&target.folder);
    let handler = move |event| {
        if let Some(message) = message(&folder, event)
            // The library was closed meanwhile: nobody waits for it.
            && sender.send(message).is_err()
        {
            tracing::debug!("a change came after the watch had ended");
        }
    };
    let mut watcher = RecommendedWatcher::new(handler, config)?;
    let recursion = if target.only.is_some() {
        RecursiveMode::NonRecursive
    } else {
        RecursiveMode::Recursive
    };
    watcher.watch(&target.folder, recursion)?;
    Ok(Box::new(watcher))
}

/// What is to be done about an event of the system.
pub fn message(folder: &Arc<Path>, event: notify::Result<Event>) -> Option<Message> {
    match event {
        Ok(event) if event.need_rescan() => Some(Message::Missed),
        Ok(event)
            if is_end_of(&event.kind) && event.paths.iter().any(|path| **path == **folder) =>
        {
            Some(Message::Replaced(Arc::clone(folder)))
        }
        Ok(event) if !matches!(event.kind, EventKind::Access(_)) || is_whole(&event.kind) => {
            Some(Message::Touched(event.paths, is_whole(&event.kind)))
        }
        Ok(_) => None,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
            Some(Message::Failed(Arc::clone(folder), reason(&error)))
        }
        Err(error) => {
            tracing::warn!("watching: {error}");
            Some(Message::Missed)
        }
    }
}

/// Why the system does not watch, in words.
pub fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "its limit of watched folders is reached".to_owned(),
        ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// Whether what an event speaks of is no longer where it was.
fn is_end_of(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From))
    )
}

/// Whether the system says that the file of an event is whole now. Where it says nothing of the kind, nothing is.
fn is_whole(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(
                RenameMode::To | RenameMode::Both | RenameMode::From
            ))
            | EventKind::Remove(_)
    )
}
