//! Window tests of the timeline, by role and label.
