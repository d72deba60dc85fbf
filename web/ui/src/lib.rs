#![doc = include_str!("../README.md")]

mod badge;
mod button;
mod card;
mod dialog;
mod drop;
mod field;
mod icon;
mod menu;
mod person;
mod state;
mod table;
mod tabs;
mod text;
mod toast;

pub use badge::{Badge, Count, Score, Tone};
pub use button::{Button, IconButton, LinkButton, Look, Size, SplitButton, button_class};
pub use card::{Card, Fact, Notice, PageHead, Toolbar, Up};
pub use dialog::{Dialog, DialogActions, Stance};
pub use drop::FileDrop;
pub use field::{Checkbox, Choice, Field, SearchField, Select, SelectField, TextArea, TextField, Toggle};
pub use icon::{Glyph, Icon, IconSize};
pub use menu::{Menu, MenuItem, close_menus};
pub use person::{Avatar, initials};
pub use state::{Empty, Failed, Progress, Skeleton, SkeletonLines};
pub use table::{Direction, SortHead, Table};
pub use tabs::{Segmented, Tabs};
pub use text::{Quoting, quoted_parts};
pub use toast::{Toast, Toaster, Toasts};
