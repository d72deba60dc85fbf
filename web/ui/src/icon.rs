//! Icons: lucide's outlines, drawn from one sprite that the page carries.
//!
//! `web/build` writes the sprite from the names in `icons.txt`; a test holds them equal
//! to the names below.

use leptos::prelude::*;

macro_rules! icons {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Every icon the product uses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $(#[doc = concat!("lucide `", $name, "`")] $variant),* }

        impl Icon {
            /// All of them, in the order of `icons.txt`.
            pub const ALL: &[Icon] = &[$(Icon::$variant),*];

            /// lucide's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Icon::$variant => $name),* }
            }
        }
    };
}

icons! {
    Activity = "activity", Alert = "triangle-alert", ArrowDown = "arrow-down", ArrowLeft = "arrow-left", ArrowRight = "arrow-right", ArrowUp = "arrow-up", Asterisk = "asterisk",
    Bell = "bell", Board = "layout-dashboard", Building = "building-2", Calendar = "calendar-days", ChartBar = "chart-column", Check = "check",
    ChevronDown = "chevron-down", ChevronLeft = "chevron-left", ChevronRight = "chevron-right", ChevronUp = "chevron-up", Circle = "circle", CircleAlert = "circle-alert",
    CircleCheck = "circle-check", Clock = "clock", Close = "x", Code = "braces", Columns = "columns-3", Command = "command", Copy = "copy", Download = "download",
    External = "external-link", Eye = "eye", File = "file-text", FileSheet = "file-spreadsheet", Filter = "list-filter", Flow = "workflow", Form = "clipboard-list",
    Globe = "globe", Hash = "hash", History = "history", Home = "house", Inbox = "inbox", Info = "info", Key = "key-round", Languages = "languages", Link = "link",
    Lock = "lock", LogOut = "log-out", Mail = "mail", Menu = "menu", Message = "message-square", Moon = "moon", More = "ellipsis", Move = "move-vertical", Note = "sticky-note",
    Panel = "panel-right", PanelLeft = "panel-left", Pen = "pen-line", Phone = "phone", Plus = "plus", QrCode = "qr-code", Redo = "redo-2", Refresh = "refresh-cw", Reply = "reply", Save = "save",
    Search = "search", Send = "send", Settings = "settings", Share = "share-2", Shield = "shield", Sort = "arrow-up-down", Spark = "sparkles", Star = "star",
    Sun = "sun", Table = "table-2", Tag = "tag", Ticket = "ticket", Timer = "timer", Trash = "trash-2", Undo = "undo-2", Upload = "upload", User = "user",
    UserCheck = "user-check", UserPlus = "user-plus", Users = "users", Wifi = "wifi-off",
}

/// How large an icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IconSize {
    /// 16 px: beside text.
    #[default]
    Text,
    /// 20 px: navigation.
    Large,
    /// 28 px: empty states.
    Huge,
}

/// One icon; decoration only, the text beside it or the button's label carries the meaning.
#[component]
pub fn Glyph(
    /// Which; may change.
    #[prop(into)]
    icon: Signal<Icon>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let class = match size {
        IconSize::Text => "cx-icon",
        IconSize::Large => "cx-icon cx-icon-lg",
        IconSize::Huge => "cx-icon cx-icon-xl",
    };
    view! {
        <svg class=class aria-hidden="true" viewBox="0 0 24 24">
            <use href=move || format!("#i-{}", icon.get().name())></use>
        </svg>
    }
}
