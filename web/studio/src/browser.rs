//! The few things asked of the browser itself: clipboard, downloads, storage, time zone, colours.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, Url};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = huiyin, js_name = applyTheme)]
    fn apply_theme_now();
    #[wasm_bindgen(js_namespace = huiyin, js_name = drawChart)]
    fn draw_chart_now(element: &HtmlElement, option: &str, on_pick: &js_sys::Function);
    #[wasm_bindgen(js_namespace = huiyin, js_name = dropChart)]
    fn drop_chart_now(element: &HtmlElement);
}

/// Sets the theme that storage and system ask for (`js/studio.js`).
pub fn apply_theme() {
    apply_theme_now();
}

/// Draws `option` in `element`; loads ECharts the first time. `on_pick` gets the row behind a clicked mark.
pub fn draw_chart(element: &HtmlElement, option: &str, on_pick: &js_sys::Function) {
    draw_chart_now(element, option, on_pick);
}

/// Frees a chart's memory.
pub fn drop_chart(element: &HtmlElement) {
    drop_chart_now(element);
}

/// Is the dark theme on the page?
pub fn is_night() -> bool {
    document()
        .document_element()
        .and_then(|root| root.get_attribute("data-theme"))
        .is_some_and(|theme| theme == "cx-dark")
}

/// The value of a custom property of the theme in force.
pub fn token(name: &str) -> String {
    let value = document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value(name).ok());
    value.unwrap_or_default().trim().to_owned()
}

/// The text of a file somebody chose; empty when it cannot be read.
pub async fn text_of(file: &web_sys::File) -> String {
    wasm_bindgen_futures::JsFuture::from(file.text())
        .await
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// Kept in this browser under `key`.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Keeps `value`; a browser that keeps nothing is no fault.
pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets `key`.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// The browser's first language.
pub fn preferred_language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// Tells screen readers and fonts which language the page is in.
pub fn set_page_language(code: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", if code == "zh" { "zh-CN" } else { code });
    }
}

/// Loads the page at the current address anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Loads the page at `path`.
pub fn go(path: &str) {
    let _ = window().location().set_href(path);
}

/// Title of the tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Unix milliseconds.
pub fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of this era fit")]
    let now = js_sys::Date::now() as i64;
    now
}

/// Minutes that local time is ahead of UTC at `ms`.
pub fn offset_minutes(ms: i64) -> i32 {
    #[expect(clippy::cast_precision_loss, reason = "whole milliseconds of this era fit")]
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    #[expect(clippy::cast_possible_truncation, reason = "at most 14 hours")]
    let behind = date.get_timezone_offset() as i32;
    -behind
}

/// Unix milliseconds of local midnight at the start of a day (month 1–12).
pub fn local_midnight(year: i32, month: u32, day: u32) -> i64 {
    let date = js_sys::Date::new_with_year_month_day(
        year.unsigned_abs(),
        i32::try_from(month).unwrap_or(1) - 1,
        i32::try_from(day).unwrap_or(1),
    );
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of this era fit")]
    let ms = date.get_time() as i64;
    ms
}

/// Puts `text` on the clipboard; `done` hears whether that worked. Plain HTTP has no clipboard interface, so a hidden field stands in.
pub fn copy(text: String, done: impl FnOnce(bool) + 'static) {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())
        .ok()
        .filter(|found| !found.is_undefined());
    if clipboard.is_none() {
        done(copy_by_selection(&text));
        return;
    }
    let promise = window().navigator().clipboard().write_text(&text);
    leptos::task::spawn_local(async move {
        let written = wasm_bindgen_futures::JsFuture::from(promise).await.is_ok();
        done(written || copy_by_selection(&text));
    });
}

fn copy_by_selection(text: &str) -> bool {
    let Some(body) = document().body() else { return false };
    let Ok(field) =
        document().create_element("textarea").map(JsCast::unchecked_into::<web_sys::HtmlTextAreaElement>)
    else {
        return false;
    };
    field.set_value(text);
    // A modal dialog makes everything outside it inert, so the field stands inside the open one.
    let host = document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .unwrap_or_else(|| body.unchecked_into::<web_sys::Element>());
    if host.append_child(&field).is_err() {
        return false;
    }
    field.select();
    let copied = js_sys::Reflect::get(&document(), &"execCommand".into())
        .ok()
        .and_then(|command| command.dyn_into::<js_sys::Function>().ok())
        .and_then(|command| command.call1(&document(), &"copy".into()).ok())
        .is_some_and(|answer| answer.is_truthy());
    field.remove();
    copied
}

/// Offers `text` as a file.
pub fn download(name: &str, kind: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Calls `then` on each `name` event of the window, for as long as the page lives.
pub fn on_window(name: &str, then: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(then);
    let _ = window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// `encodeURIComponent`.
pub fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// `decodeURIComponent`; a text that is none stays as it is.
pub fn decode(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// Brings an element into view without moving the page more than needed.
pub fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Once the browser has drawn what it knows by now.
pub fn after_frame(then: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(then, std::time::Duration::ZERO));
}

/// Puts the focus on an element; a text is entered at its end.
pub fn focus(id: &str) {
    let Some(element) =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let _ = element.focus();
    if let Some(field) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let _ = field.set_selection_range(end, end);
    }
}

/// Puts the focus on the first of what a selector finds, if it finds something; what that is folded in opens.
pub fn focus_on(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(field) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return false };
    if let Ok(Some(fold)) = field.closest("details") {
        let _ = fold.set_attribute("open", "");
    }
    let _ = field.focus();
    true
}

/// What had the focus is gone, and nothing has it.
pub fn has_lost_focus() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name() == "BODY")
}

/// Does it take typed or pasted text?
pub fn is_field(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some()
    })
}

/// Would a key be taken as text, or by a menu?
pub fn is_writing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || is_field(event.target())
}

/// Is the person typing somewhere, so that letters are no commands?
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return true;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    target.closest("input, textarea, select, dialog, [contenteditable]").ok().flatten().is_some()
}

/// The RFC 3339 instant of a local `2026-11-23T14:05`, as `input type=datetime-local` gives it.
pub fn instant(local: &str) -> Option<String> {
    let date = js_sys::Date::new(&JsValue::from_str(local));
    if date.get_time().is_nan() { None } else { Some(String::from(date.to_iso_string())) }
}

/// A click into a field that is there to be copied selects what is in it.
pub fn select_all(event: leptos::ev::FocusEvent) {
    leptos::prelude::event_target::<web_sys::HtmlInputElement>(&event).select();
}
