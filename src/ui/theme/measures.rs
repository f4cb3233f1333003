//! Lengths, sizes of letters, and times.

/// Lengths, in points. Distances come from one scale: 2, 4, 8, 12, 16, 24, 32.
pub mod space {
    /// The grid: every distance is a multiple of this, or half of it.
    pub const UNIT_PX: f32 = 4.0;
    pub const TIGHT_PX: f32 = 2.0;
    pub const SMALL_PX: f32 = 4.0;
    pub const MEDIUM_PX: f32 = 8.0;
    pub const WIDE_PX: f32 = 12.0;
    pub const LARGE_PX: f32 = 16.0;
    pub const XLARGE_PX: f32 = 24.0;
    pub const HUGE_PX: f32 = 32.0;
    pub const HAIRLINE_PX: f32 = 1.0;
    /// Lines that mark, and lines that must be seen at once.
    pub const LINE_MEDIUM_PX: f32 = 1.5;
    pub const LINE_BOLD_PX: f32 = 2.0;
    /// Up to this far, a press that moves is still a click (DESIGN section 2).
    pub const CLICK_PX: f32 = 5.0;
    /// Corners of buttons, rows and fields.
    pub const RADIUS_PX: u8 = 4;
    /// Corners of cards, sheets and menus.
    pub const RADIUS_LARGE_PX: u8 = 8;
    /// The ring around what has the keyboard's focus.
    pub const FOCUS_RING_PX: f32 = 2.0;
    /// Height of one line of a list.
    pub const ROW_PX: f32 = 24.0;
    /// An icon in a button, and the button around it.
    pub const ICON_PX: f32 = 16.0;
    pub const ICON_BUTTON_PX: f32 = 26.0;
    /// The lines of an icon, as a share of its size.
    pub const ICON_LINE: f32 = 0.0775;
}

/// Measures of the document pane, in points unless they say otherwise.
pub mod page {
    /// Free ground at each side of the column: room for the marks.
    pub const MARGIN_PX: f32 = 44.0;
    /// The same in a pane narrower than [`NARROW_PX`].
    pub const NARROW_MARGIN_PX: f32 = 36.0;
    pub const NARROW_PX: f32 = 480.0;
    /// The column gets no narrower than this; a narrower pane cuts it off.
    pub const MIN_COLUMN_PX: f32 = 120.0;
    pub const TOP_PX: f32 = 40.0;
    /// Free ground below the last line, so that it can be read in the middle of the pane.
    pub const END_PX: f32 = 160.0;

    pub const TITLE_PX: f32 = 34.0;
    pub const SUBTITLE_PX: f32 = 20.0;
    pub const SUMMARY_PX: f32 = 18.0;
    /// Footnotes, sources and tables.
    pub const SMALL_PX: f32 = 15.0;
    /// Letters and numbers of marks, as a multiple of the text they stand in.
    pub const SUPERIOR_EM: f32 = 0.68;
    /// How much of a line's height a superior mark is set in, from the top.
    pub const SUPERIOR_LINE: f32 = 0.66;
    /// How much of a quotation mark at the head of a line hangs in the margin.
    pub const HANGING_SHARE: f32 = 0.9;
    /// Code within running text, as a multiple of that text.
    pub const CODE_EM: f32 = 0.84;
    /// Distance of lines of titles and headings, as a multiple of the letters' size.
    pub const HEADING_LINE_HEIGHT: f32 = 1.25;
    /// Distance of lines of notes and tables.
    pub const SMALL_LINE_HEIGHT: f32 = 1.45;
    /// The mean width of a letter, spaces included, as a multiple of the letters' size.
    pub const AVERAGE_LETTER_EM: f32 = 0.47;

    pub const TITLE_GAP_PX: f32 = 12.0;
    pub const PARAGRAPH_GAP_PX: f32 = 14.0;
    pub const AFTER_HEADING_PX: f32 = 8.0;
    pub const ITEM_GAP_PX: f32 = 6.0;
    pub const NOTE_GAP_PX: f32 = 12.0;
    pub const QUOTE_GAP_PX: f32 = 8.0;
    pub const SECTION_GAP_PX: f32 = 48.0;
    pub const RULE_GAP_PX: f32 = 24.0;
    pub const RULE_PX: f32 = 10.0;
    pub const LIST_INDENT_PX: f32 = 28.0;
    pub const NOTE_INDENT_PX: f32 = 32.0;
    pub const QUOTE_INDENT_PX: f32 = 20.0;
    /// Between a marker and the text of its entry.
    pub const MARKER_GAP_PX: f32 = 10.0;
    pub const BULLET_PX: f32 = 2.25;
    pub const CHECKBOX_PX: f32 = 14.0;
    pub const QUOTE_BAR_PX: f32 = 3.0;
    pub const BADGE_PX: f32 = 22.0;

    pub const CODE_PADDING_PX: f32 = 12.0;
    /// Lines of code that are laid out as one piece.
    pub const CODE_LINES: usize = 40;

    pub const CELL_PADDING_X_PX: f32 = 12.0;
    pub const CELL_PADDING_Y_PX: f32 = 8.0;
    /// A column of a table is wrapped beyond this width.
    pub const CELL_MAX_PX: f32 = 340.0;
    pub const TABLE_END_PX: f32 = 12.0;
    pub const SCROLL_BAR_PX: f32 = 4.0;
    /// Columns of a table beyond this many are not shown.
    pub const MAX_COLUMNS: usize = 64;

    /// What a picture is guessed to take, and the frame of one that is not there.
    pub const PICTURE_PX: f32 = 200.0;
    pub const MISSING_PICTURE_PX: f32 = 96.0;
    pub const CAPTION_GAP_PX: f32 = 6.0;
    pub const PICTURE_MAX_PX: f32 = 520.0;

    /// Between a statement's words and the line under them.
    pub const UNDERLINE_GAP_PX: f32 = 3.5;
    pub const UNDERLINE_PX: f32 = 1.0;
    /// The line under a statement that is borne out is this strong.
    pub const UNDERLINE_STRENGTH: f32 = 0.6;
    /// A table that must wrap may be this much wider than running text.
    pub const TABLE_STRETCH: f32 = 1.3;
    /// So much of a passage must be seen below the title, so that the title stays in view with it.
    pub const PASSAGE_SEEN_PX: f64 = 90.0;
    pub const DOT_GAP_PX: f32 = 3.0;
    pub const DASH_PX: f32 = 5.0;
    /// From the column to the middle of the first mark in the margin.
    pub const MARK_OFFSET_PX: f32 = 18.0;
    pub const MARK_PX: f32 = 3.75;
    pub const MARK_STROKE_PX: f32 = 1.25;
    pub const MARK_STEP_PX: f32 = 11.0;
    /// Marks beside one line; further ones are left to the text.
    pub const MARKS_A_LINE: usize = 3;
    /// A mark in the text can be hit this far beside it.
    pub const HIT_SLOP_PX: f32 = 4.0;
    /// The bar beside a passage of the selected event.
    pub const PASSAGE_BAR_PX: f32 = 2.0;
    pub const PASSAGE_BAR_OFFSET_PX: f32 = 8.0;
    /// How strongly a passage that was jumped to lights up at first.
    pub const FLASH_STRENGTH: f32 = 0.28;
    /// How strong the ground of words is that a search has found, and of those that were gone to.
    pub const FOUND_STRENGTH: f32 = 0.16;
    pub const FOUND_HERE_STRENGTH: f32 = 0.4;
    /// How strong the ground of words that are marked for copying is.
    pub const TEXT_SELECTION: f32 = 0.4;
    pub const CARD_PX: f32 = 340.0;
    pub const EMPTY_PX: f32 = 400.0;
    /// So far from its edge a table that goes on begins to fade.
    pub const TABLE_FADE_PX: f32 = 24.0;
    /// So far one press of an arrow moves a wide table.
    pub const TABLE_STEP_PX: f32 = 48.0;
    pub const EMPTY_TOP_SHARE: f32 = 0.14;
    /// In a pane lower than this the ways to something to read stand in two columns.
    pub const EMPTY_LOW_PX: f32 = 360.0;
    /// So much the buttons of a presentation take at the right.
    pub const PRESENTED_BAR_PX: f32 = 200.0;
    /// Recent libraries that are offered when there is nothing to read.
    pub const EMPTY_RECENT: usize = 5;

    /// Notes beside the text: between it and them, and how wide they are.
    pub const NOTE_GUTTER_PX: f32 = 32.0;
    pub const NOTE_LEAST_PX: f32 = 150.0;
    pub const NOTE_MOST_PX: f32 = 230.0;
    pub const MARGIN_NOTE_PX: f32 = 13.5;
    /// A longer note is cut; its card has all of it.
    pub const MARGIN_NOTE_ROWS: usize = 7;
    /// How far above the pane a mark may stand whose note reaches into it.
    pub const NOTES_ABOVE_PX: f32 = 480.0;

    /// A window so wide presents text at its usual size; a wider one larger, within bounds.
    pub const PRESENTED_AT_PX: f32 = 900.0;
    pub const PRESENTED_LEAST: f32 = 1.0;
    pub const PRESENTED_MOST: f32 = 2.2;
    /// A line of presented text, and what stands beside it.
    pub const PRESENTED_CHARS: f32 = 62.0;
    pub const PRESENTED_TIMELINE_SHARE: f32 = 0.3;
    pub const PRESENTED_TIMELINE_PX: f32 = 300.0;
    pub const PRESENTED_FIGURE_SHARE: f32 = 0.36;

    /// Free ground above a heading.
    pub const fn heading_gap_px(level: u8) -> f32 {
        match level {
            0 | 1 => 44.0,
            2 => 38.0,
            3 => 30.0,
            _ => 24.0,
        }
    }
}

/// Sizes of letters, in points.
pub mod size {
    pub const CAPTION_PX: f32 = 12.0;
    pub const UI_PX: f32 = 13.5;
    pub const UI_TITLE_PX: f32 = 16.0;
    pub const SHEET_TITLE_PX: f32 = 20.0;
    pub const BODY_PX: f32 = 17.0;
    pub const CODE_PX: f32 = 14.0;
    /// Headings of the document, level 1 to 6.
    pub const HEADINGS_PX: [f32; 6] = [28.0, 22.0, 18.5, 17.0, 17.0, 17.0];
    /// Distance of lines of running text, as a multiple of the letters' size.
    pub const LINE_HEIGHT: f32 = 1.5;
}

/// Panes and sheets, in points.
pub mod pane {
    /// How large a pane is: at first, at least and at most, and which share of the window it may take.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Size {
        pub usual_px: f32,
        pub least_px: f32,
        pub most_px: f32,
        pub share: f32,
    }

    const fn size(usual_px: f32, least_px: f32, most_px: f32, share: f32) -> Size {
        Size {
            usual_px,
            least_px,
            most_px,
            share,
        }
    }

    pub const LIBRARY: Size = size(250.0, 160.0, 480.0, 0.3);
    pub const EVIDENCE: Size = size(360.0, 220.0, 720.0, 0.45);
    pub const TIMELINE: Size = size(330.0, 120.0, 900.0, 0.6);
    /// The share of the window that the timeline takes at first.
    pub const TIMELINE_FIRST_SHARE: f32 = 0.36;
    /// The same in a high window, where that is more than the usual.
    pub const TIMELINE_LEAST_SHARE: f32 = 0.3;
    pub const PROBLEMS: Size = size(180.0, 80.0, 500.0, 0.5);
    /// In a pane lower than this the heading of a copy leaves room for its words.
    pub const LOW_COPY_PX: f32 = 320.0;
    /// In a window lower than this the text needs the room more than what stands below it.
    pub const LOW_WINDOW_PX: f32 = 520.0;
    pub const LOW_SHARE: f32 = 0.4;
    pub const LOW_PROBLEMS_SHARE: f32 = 0.3;
    /// A window narrower than this has no room for three panes.
    pub const THREE_PANES_PX: f32 = 900.0;
    /// A window narrower than this has room for the text alone.
    pub const TWO_PANES_PX: f32 = 700.0;
    /// The line at the bottom, its margins included.
    pub const STATUS_PX: f32 = 28.0;
    /// A bar narrower than this has one menu instead of six.
    pub const MENUS_PX: f32 = 820.0;
    /// The button in the bar that leads to anything by its name.
    pub const GO_TO_PX: f32 = 210.0;
    pub const MENU_PX: f32 = 260.0;
    /// The search field in the bar.
    pub const SEARCH_PX: f32 = 280.0;
    pub const SEARCH_LEAST_PX: f32 = 120.0;
    /// The most of the pane that is taken by what the filters ask for.
    pub const ASKED_SHARE: f32 = 0.35;
    /// In a pane narrower than this its tabs move together.
    pub const TABS_NARROW_PX: f32 = 200.0;
    /// A hit of the search: two lines and some air.
    pub const HIT_PX: f32 = 42.0;
    /// In a pane lower than this what is told above the hits moves with them.
    pub const HITS_LOW_PX: f32 = 300.0;
    pub const PROGRESS_PX: f32 = 120.0;
    /// With less room than this a line of the status bar is left out.
    pub const NOTICE_LEAST_PX: f32 = 96.0;
    /// Widths of sheets: small questions, settings, lists.
    pub const SHEET_SMALL_PX: f32 = 440.0;
    pub const SHEET_PX: f32 = 540.0;
    pub const SHEET_WIDE_PX: f32 = 760.0;
    /// The most a sheet's list may take of the window's height.
    /// So high the pane of the files has room for a line about first steps, too.
    pub const FIRST_STEPS_FROM_PX: f32 = 260.0;
    pub const SHEET_SHARE: f32 = 0.7;
    pub const SHEET_LIST_PX: f32 = 560.0;
    pub const PALETTE_PX: f32 = 560.0;
    pub const PALETTE_LIST_PX: f32 = 360.0;
    /// The column of keys, of names of settings, and a slider.
    pub const KEYS_PX: f32 = 148.0;
    pub const COMMAND_PX: f32 = 168.0;
    pub const SETTING_NAME_PX: f32 = 130.0;
    pub const SLIDER_PX: f32 = 180.0;
}

/// The export sheet, in points.
pub mod export {
    pub const SHEET_PX: f32 = 960.0;
    /// Height of what stands above and below choices and pages.
    pub const AROUND_PX: f32 = 190.0;
    /// Choices and pages together: at least and at most so high.
    pub const LEAST_PX: f32 = 260.0;
    pub const MOST_PX: f32 = 780.0;
    pub const CHOICES_PX: f32 = 290.0;
    /// Kept for the buttons, for a message above them, and for a field for a path.
    pub const FOOT_PX: f32 = 56.0;
    pub const MESSAGE_PX: f32 = 84.0;
    pub const PATH_PX: f32 = 72.0;
    pub const PAGER_PX: f32 = 40.0;
    /// Both buttons and the words between them.
    pub const PAGER_WORDS_PX: f32 = 150.0;
}

/// Motion. Nothing moves for longer than [`MAX_S`](motion::MAX_S), and nothing at all when motion is off.
pub mod motion {
    /// The longest that anything moves (DESIGN section 2).
    pub const MAX_S: f64 = 0.2;
    /// Panes, buttons and what egui itself moves.
    pub const SHORT_S: f32 = 0.12;
    /// A leap to another place.
    pub const LEAP_S: f64 = 0.18;

    /// How far a motion has come at a share `t` (0 to 1) of its time: fast at first, soft at the end.
    pub fn eased(t: f64) -> f64 {
        1.0 - (1.0 - t.clamp(0.0, 1.0)).powi(3)
    }
}

/// The timeline, in points: each length is named after the part that it belongs to.
pub mod timeline {
    /// How much of a mark's color the events have that go on in a dense stretch.
    pub const GOING_ON_SHARE: f32 = 0.34;
    /// The same beyond it, where marks and titles stand before them.
    pub const BEYOND_SHARE: f32 = 0.18;
    /// The same of those that begin in it.
    pub const BEGUN_SHARE: f32 = 0.85;

    /// How wide a column of a table is at first, and how narrow it may become.
    #[derive(Clone, Copy)]
    pub struct ColumnWidth {
        pub first: f32,
        /// The same in a narrow pane.
        pub narrow: f32,
        pub at_least: f32,
    }

    impl ColumnWidth {
        const fn new(first: f32, narrow: f32, at_least: f32) -> Self {
            Self {
                first,
                narrow,
                at_least,
            }
        }
    }

    /// Sizes of rows and marks.
    pub const METRICS: crate::timeline::Metrics = crate::timeline::Metrics {
        row_px: 23.0,
        mark_px: 17.0,
        heading_px: 22.0,
        lane_padding_px: 8.0,
        label_gap_px: 4.0,
        count_px: 32.0,
        min_label_px: 56.0,
        max_label_px: 340.0,
        column_px: 2.0,
        min_rows: 2,
        max_rows: 12,
    };
    /// The ground around a mark that is selected or under the pointer, beyond the mark itself.
    pub const MARK_GROUND_PX: egui::Vec2 = egui::vec2(3.0, 2.0);
    /// The same around a mark that was found.
    pub const MARK_FOUND_PX: egui::Vec2 = egui::vec2(2.0, 1.0);
    /// What of a mark's surroundings can be clicked with it.
    pub const MARK_REACH_PX: egui::Vec2 = egui::vec2(1.0, 2.0);
    /// The square of an event of another status.
    pub const MARK_SQUARE_PX: egui::Vec2 = egui::vec2(8.0, 8.0);
    /// What was found in a cluster is marked so far around it.
    pub const CLUSTERS_FOUND_PX: f32 = 3.0;
    /// The box of a triangle that opens a lane or shows the order of a list.
    pub const TRIANGLE_PX: egui::Vec2 = egui::vec2(10.0, 10.0);
    /// A bar in the legend.
    pub const LEGEND_SAMPLE_PX: egui::Vec2 = egui::vec2(72.0, 20.0);
    /// The legend opens right of the pane's left edge, and above its upper one.
    pub const LEGEND_PLACE_PX: egui::Vec2 = egui::vec2(32.0, -240.0);
    /// Height and width of a tooth of the zig-zag that stands for a collapsed stretch.
    pub const TOOTH_PX: (f32, f32) = (3.0, 8.0);
    /// Width of the names of lanes; longer ones get more, up to a share of the pane.
    pub const GUTTER_PX: f32 = 152.0;
    pub const GUTTER_MOST_PX: f32 = 280.0;
    pub const GUTTER_SHARE: f32 = 0.2;
    /// A pane that is lower than this leaves the overview to the lanes.
    pub const LOW_PX: f32 = 120.0;
    pub const MINIMAP_PX: f32 = 26.0;
    pub const MINIMAP_HANDLE_PX: (f32, f32) = (4.0, 12.0);
    pub const CARD_WIDTH_PX: f32 = 340.0;
    pub const CLUSTERS_FIT_MARGIN_PX: f64 = 80.0;
    pub const CLUSTERS_WIDTH_PX: f32 = 380.0;
    pub const CLUSTERS_MAX_HEIGHT_PX: f32 = 320.0;
    pub const HANDS_GRAB_PX: f32 = 6.0;
    pub const HANDS_MIN_RECTANGLE_PX: f32 = 5.0;
    pub const HANDS_REACH_PX: f64 = 40.0;
    pub const LANES_INDENT_PX: f32 = 12.0;
    pub const LANES_COLUMN_PX: f32 = 2.0;
    pub const LANES_TICK_PX: f32 = 6.0;
    pub const LANES_BAR_PX: f32 = 8.0;
    /// How tall the legend is at first.
    pub const LEGEND_PX: f32 = 482.0;
    /// What its head, its margins and the window about it take of the window's height.
    pub const LEGEND_AROUND_PX: f32 = 150.0;
    pub const LEGEND_MARK_PX: f32 = 16.0;
    /// A list that is narrower makes its columns so, too.
    pub const LIST_NARROW_PX: f32 = 960.0;
    /// The columns of the list: at first, in a narrow pane, and at least.
    pub const LIST_DATE_PX: ColumnWidth = ColumnWidth::new(230.0, 204.0, 80.0);
    pub const LIST_TITLE_AT_LEAST_PX: f32 = 120.0;
    pub const LIST_LANE_PX: ColumnWidth = ColumnWidth::new(150.0, 88.0, 60.0);
    pub const LIST_STATUS_PX: ColumnWidth = ColumnWidth::new(90.0, 76.0, 50.0);
    pub const LIST_SOURCES_PX: ColumnWidth = ColumnWidth::new(84.0, 64.0, 60.0);
    pub const MARKS_RADIUS_PX: f32 = 5.0;
    pub const MARKS_SOFT_PX: f32 = 14.0;
    pub const MARKS_OPEN_FADE_PX: f32 = 48.0;
    /// Titles stand so much above the middle of their bars, clear of the foot.
    pub const MARKS_LIFT_PX: f32 = 1.5;
    /// So much at the pane's upper edge is left to those who make the pane taller.
    pub const EDGE_PX: f32 = 5.0;
    pub const MINIMAP_COLUMN_PX: f32 = 2.0;
    pub const MINIMAP_MARGIN_PX: f64 = 12.0;
    pub const MINIMAP_MIN_BOX_PX: f32 = 16.0;
    pub const RULER_HEIGHT_PX: f32 = 40.0;
    pub const RULER_TICK_PX: f32 = 6.0;
    /// A label at the window's edge has faded when so much of it would be cut.
    pub const RULER_CUT_FADE_PX: f32 = 8.0;
    pub const TOOLBAR_HEIGHT_PX: f32 = 28.0;
    pub const TOOLBAR_MENU_WIDTH_PX: f32 = 280.0;
    /// The button that names a day, the longest there is.
    pub const TOOLBAR_AS_OF_PX: f32 = 156.0;
}

/// The evidence pane, in points: each length is named after the part that it belongs to.
pub mod evidence {
    pub const ABOUT_ICON_PX: f32 = 16.0;
    pub const QUOTE_BAR_PX: f32 = 2.0;
    /// In a narrower pane the title of a comparison has a line of its own.
    pub const COMPARE_NARROW_PX: f32 = 480.0;
    pub const COMPARE_ROW_ESTIMATE_PX: f32 = 72.0;
    pub const COMPARE_CELL_PADDING_PX: f32 = 10.0;
    pub const COMPARE_MIN_COLUMN_PX: f32 = 180.0;
    /// Wider, and the eye loses the row on its way to the next account.
    pub const COMPARE_MAX_COLUMN_PX: f32 = 420.0;
    pub const COMPARE_MAX_HEIGHT_PX: f32 = 400.0;
    pub const COPY_MAP_WIDTH_PX: f32 = 10.0;
    pub const COPY_MAP_TICK_PX: f32 = 3.0;
    pub const MARK_MARK_PX: f32 = 14.0;
    /// The box of a mark or a small icon beside words.
    pub const MARK_SIDES_PX: egui::Vec2 = egui::vec2(MARK_MARK_PX, MARK_MARK_PX);
    pub const MARK_STROKE_PX: f32 = 1.6;
}
