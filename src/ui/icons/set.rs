//! The drawn set: one file in `assets/icons/` for each, on a grid of 24 by 24.

/// Pairs each icon with its file.
macro_rules! icons {
    ($($(#[$doc:meta])* $icon:ident = $file:literal,)*) => {
        /// What an icon shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Icon {
            $($(#[$doc])* $icon,)*
        }

        impl Icon {
            /// Every icon, in the order of its number.
            pub(super) const ALL: &[Self] = &[$(Self::$icon,)*];

            /// The drawing as it stands in the file.
            pub(super) fn svg(self) -> &'static str {
                match self {
                    $(Self::$icon => include_str!(concat!("../../../assets/icons/", $file, ".svg")),)*
                }
            }
        }
    };
}

icons! {
    /// An `i` in a circle.
    Info = "info",
    /// A lamp.
    Tip = "tip",
    /// An exclamation mark in a speech bubble.
    Important = "important",
    /// An exclamation mark in a triangle.
    Warning = "warning",
    /// An exclamation mark in an octagon.
    Caution = "caution",
    /// An empty check box.
    Box = "box",
    BoxChecked = "box-checked",
    /// A sheet with a folded corner.
    Document = "document",
    /// A sheet with lines and a picture.
    Article = "article",
    Book = "book",
    /// A speech bubble with lines.
    Post = "post",
    /// A globe.
    Web = "web",
    /// A screen with a triangle.
    Video = "video",
    /// A microphone.
    Speech = "speech",
    /// A pair of scales.
    Law = "law",
    /// Something is disputed.
    Flag = "flag",
    /// From left to right.
    Arrow = "arrow-right",
    ArrowLeft = "arrow-left",
    ArrowUp = "arrow-up",
    ArrowDown = "arrow-down",
    ChevronRight = "chevron-right",
    ChevronLeft = "chevron-left",
    ChevronDown = "chevron-down",
    ChevronUp = "chevron-up",
    Search = "search",
    /// Two sliders.
    Settings = "settings",
    Sun = "sun",
    Moon = "moon",
    /// Half light, half dark: as the system is.
    HalfMoon = "half-moon",
    Export = "export",
    Folder = "folder",
    FolderOpen = "folder-open",
    NewDocument = "new-document",
    Close = "close",
    Check = "check",
    Plus = "plus",
    Minus = "minus",
    /// Two arrows between two posts.
    FitAll = "fit-all",
    /// A line with a break.
    Gaps = "gaps",
    Legend = "legend",
    List = "list",
    Present = "present",
    PaneLeft = "pane-left",
    PaneRight = "pane-right",
    PaneBottom = "pane-bottom",
    Copy = "copy",
    External = "external",
    Filter = "filter",
    Clock = "clock",
    Star = "star",
    Pencil = "pencil",
    Quote = "quote",
    Library = "library",
    Menu = "menu",
    Reload = "reload",
    Keyboard = "keyboard",
    Eye = "eye",
    EyeOff = "eye-off",
    Person = "person",
    Tag = "tag",
    /// A chain.
    Link = "link",
    Table = "table",
    Compare = "compare",
}
