#![doc = include_str!("../README.md")]

mod entries;

use entries::ENTRIES;
use leptos::prelude::*;

/// Where one entry is drawn: language and theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    zh: bool,
    dark: bool,
}

impl Panel {
    const ALL: [Self; 4] = [
        Self { zh: true, dark: false },
        Self { zh: true, dark: true },
        Self { zh: false, dark: false },
        Self { zh: false, dark: true },
    ];

    /// The words of this panel's language.
    pub fn say(self, zh: &'static str, en: &'static str) -> String {
        (if self.zh { zh } else { en }).to_owned()
    }

    /// An id that no other panel uses.
    pub fn id(self, name: &str) -> String {
        format!("{name}-{}-{}", if self.zh { "zh" } else { "en" }, if self.dark { "dark" } else { "light" })
    }
}

fn main() {
    leptos::mount::mount_to_body(Catalogue);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

#[component]
fn Catalogue() -> impl IntoView {
    view! {
        <main class="cat-page">
            <h1 class="text-2xl">"Catalogue"</h1>
            <p class="text-muted">"Every component in every state, in both languages and both themes."</p>
            <nav class="cat-index" aria-label="Components">
                {ENTRIES.iter().map(|(name, _)| view! { <a class="cx-link" href=format!("#{name}")>{*name}</a> }).collect_view()}
            </nav>
            {ENTRIES.iter().map(|(name, draw)| view! {
                <section class="cat-entry" id=*name aria-label=*name>
                    <h2>{*name}</h2>
                    <div class="cat-panels">
                        {Panel::ALL.into_iter().map(|panel| view! {
                            <div class="cat-panel" lang=if panel.zh { "zh-CN" } else { "en" } data-theme=if panel.dark { "cx-dark" } else { "cx-light" }>
                                <div class="cat-states">{draw(panel)}</div>
                            </div>
                        }).collect_view()}
                    </div>
                </section>
            }).collect_view()}
        </main>
    }
}
