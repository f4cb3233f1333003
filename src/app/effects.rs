//! What follows from a change of the state: dialogs, tasks beside the window, the clipboard, the disk.

use super::{App, dialogs, new_briefing, shipped, written_path};
use crate::library::checks::check_in_background;
use crate::library::watch::{Since, watch};
use crate::library::{self, FileChecks, LoadEvent, copies::Copies, load, pictures, views};
use crate::model::FileId;
use crate::parse;
use crate::state::{
    Action, Effect, FilterAction, PaletteAction, Reread, TimelineAction, ViewAction,
};
use crate::timeline::LaneRows;
use crate::ui;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

impl App {
    pub(super) fn carry_out(&mut self, context: &egui::Context, effect: Effect) {
        match effect {
            Effect::PickFile => dialogs::pick(&self.tasks, dialogs::Wanted::File),
            Effect::OpenWritten(text) => {
                let nothing = format!("Nothing is at {}", text.trim());
                self.open_written(text, nothing);
            }
            Effect::PickFolder => dialogs::pick(&self.tasks, dialogs::Wanted::Folder),
            Effect::RequestPaste => {
                context.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            Effect::OpenShipped => match shipped::folder() {
                Some(folder) => self.apply(context, Action::OpenShipped(folder)),
                None => self.apply(
                    context,
                    Action::Notice(
                        "The shipped library is not installed; open a folder of your own"
                            .to_owned(),
                    ),
                ),
            },
            Effect::Load(number, paths) => self.start_load(number, paths),
            Effect::CancelLoad => self.cancel_load.store(true, Ordering::Relaxed),
            Effect::Watch(paths) => self.start_watch(context, paths),
            Effect::Reread => self.start_reread(),
            Effect::Reload(files) => self.tasks.start("reading files again", move |answer| {
                answer.send(Action::Reloaded(load::reload_all(&files)));
            }),
            Effect::LayOut(file) => {
                if let Some(briefing) = self.state.library.briefing(file).cloned() {
                    self.tasks.start("laying out a briefing", move |answer| {
                        let document = Arc::new(parse::document(&briefing));
                        answer.send(Action::DocumentReady(file, briefing, document));
                    });
                }
            }
            Effect::Check(id) => {
                if let Some(file) = self.state.library.file(id).cloned() {
                    let outcomes = Arc::clone(&self.outcomes);
                    let round = self.state.checks_round();
                    self.tasks.start("checking quotations", move |answer| {
                        let mut checks =
                            FileChecks::remembering(&file, &Copies::default(), &outcomes);
                        checks.round = round;
                        answer.send(Action::Checked(id, file.briefing, Arc::new(checks)));
                    });
                }
            }
            Effect::CheckLibrary(files) => self.start_checks(&files),
            Effect::IndexTimeline(number) => {
                let build = self.state.timeline.build(&self.state.library);
                let closed = self.state.timeline.closed_groups();
                self.tasks.start("sorting events in", move |answer| {
                    let data = Arc::new(build.run());
                    let ahead = TimelineAction::MergedAhead(data.index.id(), closed.merge(&data));
                    answer.send(Action::Timeline(ahead));
                    answer.send(Action::Timeline(TimelineAction::Indexed(number, data)));
                });
            }
            Effect::ListTimeline(number) => {
                let build = self.state.timeline.list_build(&self.state.library);
                self.tasks.start("listing events", move |answer| {
                    let listed = TimelineAction::Listed(number, Arc::new(build.run()));
                    answer.send(Action::Timeline(listed));
                });
            }
            Effect::MergeLanes(node, lanes) => {
                let data = Arc::clone(&self.state.timeline.data);
                self.tasks.start("merging lanes", move |answer| {
                    let merged = Arc::new(data.index.merged(&lanes));
                    let index = data.index.id();
                    let merged = TimelineAction::Merged(index, node, lanes, merged);
                    answer.send(Action::Timeline(merged));
                });
            }
            Effect::PlaceRows(number) => {
                if let Some(build) = self.state.timeline.rows_build(number) {
                    let mut titles = ui::TitleWidths::new(context.clone());
                    self.tasks.start("placing marks in rows", move |answer| {
                        let placed = build.run(&mut |title| titles.width_px(title));
                        let placed = TimelineAction::Placed(number, Arc::new(placed));
                        answer.send(Action::Timeline(placed));
                    });
                }
            }
            Effect::SizeLanes(width_px) => {
                let data = Arc::clone(&self.state.timeline.data);
                self.tasks.start("sizing lanes", move |answer| {
                    let rows = Arc::new(LaneRows::of(&data.index, width_px));
                    answer.send(Action::Timeline(TimelineAction::Sized(rows)));
                });
            }
            Effect::ReadViews(root) => self.tasks.start("reading views", move |answer| {
                answer.send(views_read(views::read(&root)));
            }),
            Effect::SaveView(root, view) => self.tasks.start("saving a view", move |answer| {
                let saved = views::save(&root, &view);
                if saved.is_ok() {
                    answer.send(Action::Answer(format!("Saved as {}", view.name)));
                }
                answer.send(views_read(saved));
            }),
            Effect::DeleteView(root, name) => self.tasks.start("deleting a view", move |answer| {
                let left = views::delete(&root, &name).map(|(left, removed)| {
                    if let Some(removed) = removed {
                        answer.send(Action::View(ViewAction::Deleted(removed)));
                    }
                    left
                });
                answer.send(views_read(left));
            }),
            Effect::RestoreView(root, removed) => {
                self.tasks.start("putting a view back", move |answer| {
                    answer.send(views_read(views::put_back(&root, &removed)));
                });
            }
            Effect::IndexLibrary => self.searching.sync(&self.state, &self.tasks),
            Effect::Search(number) => self.searching.find(number, &self.state, &self.tasks),
            Effect::FindNames(number, query) => {
                if let Some(names) = self.state.palette.names() {
                    self.tasks.start("finding names", move |answer| {
                        if let Some(hits) = names.find(number, &query) {
                            answer.send(Action::Palette(PaletteAction::Found(number, hits)));
                        }
                    });
                }
            }
            Effect::Choose(number) => {
                let choice = self.state.choice();
                self.tasks.start("making out what is shown", move |answer| {
                    let chosen = FilterAction::Chosen(number, Arc::new(choice.run()));
                    answer.send(Action::Filter(chosen));
                });
            }
            Effect::CountRange(number) => {
                if let Some(question) = self.state.range_question() {
                    self.tasks.start("counting a range", move |answer| {
                        answer.send(Action::RangeCounted(number, question.run()));
                    });
                }
            }
            Effect::ReadPicture(id, path) => {
                if let Some(file) = self.state.library.file(id).cloned() {
                    self.tasks.start("reading a picture", move |answer| {
                        let picture = pictures::read(&file, &path).map(Arc::new);
                        answer.send(Action::PictureReady(id, path, picture));
                    });
                }
            }
            Effect::CopyText(text) => context.copy_text(text),
            Effect::OpenAddress(address) => {
                if ui::link::may_be_opened(&address) {
                    context.open_url(egui::OpenUrl::new_tab(address));
                } else {
                    self.apply(
                        context,
                        Action::Notice(
                            "Only http, https and mailto addresses are opened".to_owned(),
                        ),
                    );
                }
            }
            Effect::RevealFile(path) => dialogs::reveal(&self.tasks, path),
            Effect::SetTheme(theme) => self.set_theme(context, theme),
            Effect::SetLook => self.set_look(context),
            Effect::FullScreen(full) => {
                context.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
            }
            Effect::PickNewBriefing => new_briefing::ask(&self.tasks, self.folder_of_library()),
            Effect::WriteNewBriefing(path) => {
                let path = written_path::from_text(&path.to_string_lossy());
                let folder = self.folder_of_library();
                let inside = folder.is_some_and(|folder| path.starts_with(folder));
                new_briefing::write(&self.tasks, path, inside);
            }
            Effect::PreviewExport(serial, request) => self.preview_export(serial, *request),
            Effect::DrawPage(serial, page) => self.draw_page(context, serial, page),
            Effect::PickExport(form, name) => self.pick_export(context, form, name),
            Effect::WriteExport(serial, path, request) => {
                self.write_export(serial, path, *request);
            }
            Effect::CancelExport => self.cancel_export(),
            Effect::CopyChronology(request) => self.copy_chronology(*request),
            Effect::CopyRichText(html, text) => self.copy_rich_text(context, &html, text),
            Effect::Quit => context.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Checks files beside everything else, in place of what was still being checked so.
    fn start_checks(&mut self, files: &[FileId]) {
        self.cancel_checks.store(true, Ordering::Relaxed);
        let cancel = Arc::new(AtomicBool::new(false));
        self.cancel_checks = Arc::clone(&cancel);
        let outcomes = Arc::clone(&self.outcomes);
        let round = self.state.checks_round();
        let files: Vec<_> = files
            .iter()
            .filter_map(|&id| self.state.library.file(id).cloned())
            .collect();
        self.tasks.start("checking the library", move |answer| {
            check_in_background(&files, &outcomes, &cancel, &|ready| {
                let answers = ready.into_iter().map(|(file, mut checks)| {
                    checks.round = round;
                    (file.id, file.briefing, Arc::new(checks))
                });
                answer.send(Action::LibraryChecked(answers.collect()));
            });
        });
    }

    fn start_load(&mut self, number: u64, paths: Vec<PathBuf>) {
        self.cancel_checks.store(true, Ordering::Relaxed);
        let cancel = Arc::new(AtomicBool::new(false));
        self.cancel_load = Arc::clone(&cancel);
        self.load_began = SystemTime::now();
        let opens_again = std::mem::take(&mut self.opens_again);
        self.tasks.start("loading a library", move |answer| {
            if opens_again && !paths.iter().all(|path| path.exists()) {
                answer.send(Action::NothingThere(number));
                return;
            }
            let report = |event: LoadEvent| answer.send(Action::Load(number, event));
            library::load(&paths, &cancel, &report);
            answer.send(Action::LoadEnded(number));
        });
    }

    /// Walks what is open again, and reads all of it, while what was read before stays in view.
    fn start_reread(&self) {
        let number = self.state.load_number();
        let paths = self.state.opened.clone();
        let known = self.state.all_files();
        let cancel = Arc::clone(&self.cancel_load);
        self.tasks
            .start("reading the library again", move |answer| {
                let read = Mutex::new(Reread::default());
                let report = |event: LoadEvent| {
                    let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
                    match event {
                        LoadEvent::Found(_) => {}
                        LoadEvent::Ready(files) => read.files.extend(files),
                        LoadEvent::Trouble(trouble) => read.troubles.push(trouble),
                    }
                };
                library::load(&paths, &cancel, &report);
                let mut read = read.into_inner().unwrap_or_else(PoisonError::into_inner);
                let there: HashSet<&Path> = read.files.iter().map(|file| &*file.path).collect();
                // Of a folder that is not there at the moment, what was read stays.
                let is_gone = |(path, root): &(PathBuf, Arc<Path>)| {
                    !there.contains(path.as_path()) && root.is_dir()
                };
                let gone = known.into_iter().filter(is_gone);
                read.gone = gone.map(|(path, _)| path).collect();
                answer.send(Action::Reread(number, read));
            });
    }

    fn paths_of_files(&self) -> Vec<PathBuf> {
        let files = self.state.library.files();
        files.map(|file| file.path.clone()).collect()
    }

    fn start_watch(&mut self, context: &egui::Context, paths: Vec<PathBuf>) {
        self.watch = None;
        // Tests read again when they want to; they must not wait for the disk.
        if paths.is_empty() || self.tasks.is_inline() {
            return;
        }
        // What was left out when reading was cancelled is no news.
        let since = (!self.state.is_partial).then(|| Since {
            began: self.load_began,
            known: self.paths_of_files(),
        });
        let answer = self.tasks.answer();
        match watch(paths, since, move |change| {
            answer.send(Action::Changed(change));
        }) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => {
                let text = format!(
                    "Changes show only after a reload: no thread could be started ({error})"
                );
                self.apply(context, Action::Notice(text));
            }
        }
    }
}

fn views_read(read: Result<Vec<views::View>, views::ViewsFault>) -> Action {
    Action::View(ViewAction::Read(read.map_err(|fault| fault.to_string())))
}
