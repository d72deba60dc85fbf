//! One entry for each component: its states from rest to error, with words as the product would have them.

use leptos::prelude::*;
use web_ui::{
    Avatar, Badge, Button, Card, Checkbox, Choice, Count, Dialog, DialogActions, Direction, Empty, Fact,
    Failed, Field, FileDrop, Glyph, Icon, IconButton, IconSize, LinkButton, Look, Menu, MenuItem, Notice,
    PageHead, Progress, Quoting, Score, SearchField, Segmented, Select, SelectField, Size, Skeleton,
    SkeletonLines, SortHead, SplitButton, Stance, Table, Tabs, TextArea, TextField, Toaster, Toasts, Toggle,
    Tone, Toolbar, Up,
};

use crate::Panel;

/// Draws an entry in one panel.
type Draw = fn(Panel) -> AnyView;

/// Every entry, by the names of the components it shows.
pub const ENTRIES: &[(&str, Draw)] = &[
    ("Button", button),
    ("IconButton", icon_button),
    ("LinkButton", link_button),
    ("SplitButton", split_button),
    ("Menu", menu),
    ("TextField", text_field),
    ("TextArea", text_area),
    ("FileDrop", file_drop),
    ("Select", select),
    ("Checkbox", checkbox),
    ("Toggle", toggle),
    ("SearchField", search_field),
    ("Segmented", segmented),
    ("Tabs", tabs),
    ("Badge", badge),
    ("Score", score),
    ("Avatar", avatar),
    ("Card", card),
    ("Notice", notice),
    ("PageHead", page_head),
    ("Table", table),
    ("Dialog", dialog),
    ("Toaster", toaster),
    ("Empty", empty),
    ("Failed", failed),
    ("Skeleton", skeleton),
    ("Progress", progress),
    ("Quoting", quoting),
    ("Glyph", glyph),
];

const TONES: [(Tone, &str, &str); 5] = [
    (Tone::Neutral, "普通", "Neutral"),
    (Tone::Info, "提示", "Info"),
    (Tone::Success, "成功", "Success"),
    (Tone::Warning, "警告", "Warning"),
    (Tone::Error, "错误", "Error"),
];

/// A state with its name.
fn state(panel: Panel, zh: &'static str, en: &'static str, shown: impl IntoView + 'static) -> AnyView {
    view! { <div class="cat-state"><span class="cat-name">{panel.say(zh, en)}</span><div class="cat-shown">{shown.into_any()}</div></div> }.into_any()
}

/// The same as if a mouse stood on it.
fn hovered(panel: Panel, shown: impl IntoView + 'static) -> AnyView {
    state(
        panel,
        "悬停",
        "Hover",
        view! { <span class="is-hover flex flex-wrap gap-2">{shown.into_any()}</span> },
    )
}

/// The same as if the keyboard were on it.
fn focused(panel: Panel, shown: impl IntoView + 'static) -> AnyView {
    state(
        panel,
        "焦点",
        "Focus",
        view! { <span class="is-focus flex w-full flex-wrap gap-2">{shown.into_any()}</span> },
    )
}

fn all(states: Vec<AnyView>) -> AnyView {
    states.into_iter().collect_view().into_any()
}

fn choices(panel: Panel) -> Signal<Vec<Choice>> {
    Signal::stored(vec![
        Choice::new("open", panel.say("待处理", "Open")),
        Choice::new("waiting", panel.say("等待客户", "Waiting")),
        Choice::new("done", panel.say("已解决", "Solved")),
    ])
}

fn button(panel: Panel) -> AnyView {
    let looks = move |disabled: bool, busy: bool| {
        let one = |look, zh, en| {
            view! { <Button label=panel.say(zh, en) look=look disabled=Signal::stored(disabled) busy=Signal::stored(busy) on_press=|_| ()/> }
        };
        view! {
            {one(Look::Primary, "发布", "Publish")}
            {one(Look::Plain, "取消", "Cancel")}
            {one(Look::Quiet, "更多", "More")}
            {one(Look::Danger, "删除", "Delete")}
        }
    };
    all(vec![
        state(panel, "平常", "Rest", looks(false, false)),
        hovered(panel, looks(false, false)),
        focused(panel, looks(false, false)),
        state(panel, "不可用", "Disabled", looks(true, false)),
        state(panel, "进行中", "Busy", looks(false, true)),
        state(
            panel,
            "大小",
            "Sizes",
            view! {
                <Button label=panel.say("小", "Small") size=Size::Small icon=Icon::Plus on_press=|_| ()/>
                <Button label=panel.say("中", "Medium") icon=Icon::Plus on_press=|_| ()/>
                <Button label=panel.say("大", "Large") size=Size::Large icon=Icon::Plus on_press=|_| ()/>
            },
        ),
    ])
}

fn icon_button(panel: Panel) -> AnyView {
    let one = move |disabled: bool, pressed: Option<bool>| {
        view! { <IconButton label=panel.say("筛选", "Filter") icon=Icon::Filter disabled=Signal::stored(disabled) pressed=MaybeProp::from(pressed) on_press=|_| ()/> }
    };
    all(vec![
        state(panel, "平常", "Rest", one(false, None)),
        hovered(panel, one(false, None)),
        focused(panel, one(false, None)),
        state(panel, "已开启", "Pressed", one(false, Some(true))),
        state(panel, "不可用", "Disabled", one(true, None)),
    ])
}

fn link_button(panel: Panel) -> AnyView {
    let one = move |look| view! { <LinkButton label=panel.say("打开看板", "Open the board") href="#LinkButton" icon=Icon::ChartBar look=look/> };
    all(vec![
        state(panel, "平常", "Rest", view! { {one(Look::Primary)} {one(Look::Plain)} {one(Look::Quiet)} }),
        hovered(panel, view! { {one(Look::Primary)} {one(Look::Plain)} {one(Look::Quiet)} }),
        focused(panel, one(Look::Plain)),
    ])
}

fn split_button(panel: Panel) -> AnyView {
    let one = move |busy: bool, disabled: bool| {
        view! {
            <SplitButton label=panel.say("发送", "Send") more=panel.say("发送并…", "Send and …") icon=Icon::Send busy=Signal::stored(busy) disabled=Signal::stored(disabled) on_press=|_| ()>
                <MenuItem label=panel.say("发送并解决", "Send and solve") icon=Icon::CircleCheck on_press=|()| ()/>
            </SplitButton>
        }
    };
    all(vec![
        state(panel, "平常", "Rest", one(false, false)),
        focused(panel, one(false, false)),
        state(panel, "不可用", "Disabled", one(false, true)),
        state(panel, "进行中", "Busy", one(true, false)),
    ])
}

fn menu(panel: Panel) -> AnyView {
    let items = move || {
        view! {
            <MenuItem label=panel.say("修改", "Edit") icon=Icon::Pen on_press=|()| ()/>
            <MenuItem label=panel.say("浅色", "Light") icon=Icon::Sun checked=Signal::stored(true) on_press=|()| ()/>
            <MenuItem label=panel.say("深色", "Dark") icon=Icon::Moon checked=Signal::stored(false) on_press=|()| ()/>
        }
    };
    all(vec![
        state(
            panel,
            "收起",
            "Closed",
            view! {
                <Menu label=panel.say("更多操作", "More actions") icon=Icon::More>{items()}</Menu>
                <Menu label=panel.say("更多操作", "More actions") icon=Icon::More quiet=true>{items()}</Menu>
            },
        ),
        focused(
            panel,
            view! { <Menu label=panel.say("更多操作", "More actions") icon=Icon::More>{items()}</Menu> },
        ),
        state(
            panel,
            "选项",
            "Items",
            view! { <div role="menu" aria-label=panel.say("选项", "Items")>{items()}</div> },
        ),
        state(
            panel,
            "悬停",
            "Hover",
            view! { <div class="is-hover" role="menu" aria-label=panel.say("悬停", "Hover")>{items()}</div> },
        ),
    ])
}

fn text_field(panel: Panel) -> AnyView {
    let value = RwSignal::new(panel.say("李娜", "Li Na"));
    let (label, hint) =
        (panel.say("姓名", "Name"), Some(panel.say("同事看到的名字", "As colleagues see it")));
    let field = {
        let (label, hint) = (label.clone(), hint.clone());
        move |name: &str| view! { <TextField id=panel.id(name) label=label.clone() value=value hint=Signal::stored(hint.clone()) required=true/> }
    };
    let wrong = Some(panel.say("请填写姓名", "Enter a name"));
    let inside = panel.id("field-own");
    all(vec![
        state(panel, "平常", "Rest", field("field-rest")),
        focused(panel, view! { <div class="w-full">{field("field-focus")}</div> }),
        state(
            panel,
            "空",
            "Empty",
            view! { <TextField id=panel.id("field-empty") label=label.clone() value=RwSignal::new(String::new()) hint=Signal::stored(hint.clone())/> },
        ),
        state(
            panel,
            "错误",
            "Error",
            view! { <TextField id=panel.id("field-error") label=label.clone() value=RwSignal::new(String::new()) error=Signal::stored(wrong)/> },
        ),
        state(
            panel,
            "自带控件",
            "Own control",
            view! {
                <Field id=inside.clone() label=panel.say("日期", "Date")><input id=inside class="input" type="date" disabled=true/></Field>
            },
        ),
    ])
}

fn text_area(panel: Panel) -> AnyView {
    let area = move |name: &str, text: String, error: Option<String>| {
        view! {
            <TextArea id=panel.id(name) label=panel.say("备注", "Note") rows=2 value=RwSignal::new(text) error=Signal::stored(error)/>
        }
    };
    let text = panel.say("客户希望周五前收到回复。", "The customer would like an answer by Friday.");
    all(vec![
        state(panel, "平常", "Rest", area("area-rest", text.clone(), None)),
        focused(panel, view! { <div class="w-full">{area("area-focus", text, None)}</div> }),
        state(
            panel,
            "错误",
            "Error",
            area("area-error", String::new(), Some(panel.say("请写明原因", "Say why"))),
        ),
    ])
}

fn select(panel: Panel) -> AnyView {
    let one = move |disabled: bool, small: bool| {
        view! {
            <Select label=panel.say("状态", "State") small=small choices=choices(panel) value=Signal::stored("waiting".to_owned()) disabled=Signal::stored(disabled) on_change=|_| ()/>
        }
    };
    let wrong = Some(panel.say("请选择状态", "Choose a state"));
    all(vec![
        state(panel, "平常", "Rest", one(false, false)),
        state(panel, "小", "Small", one(false, true)),
        focused(panel, one(false, false)),
        state(panel, "不可用", "Disabled", one(true, false)),
        state(
            panel,
            "带名称",
            "Labelled",
            view! { <SelectField id=panel.id("select") label=panel.say("状态", "State") choices=choices(panel) value=RwSignal::new("open".to_owned())/> },
        ),
        state(
            panel,
            "错误",
            "Error",
            view! { <SelectField id=panel.id("select-error") label=panel.say("状态", "State") choices=choices(panel) value=RwSignal::new("open".to_owned()) error=Signal::stored(wrong)/> },
        ),
    ])
}

fn checkbox(panel: Panel) -> AnyView {
    let one = move |on: bool, disabled: bool| {
        view! {
            <Checkbox label=panel.say("显示这一列", "Show this column") checked=Signal::stored(on) disabled=Signal::stored(disabled) on_change=|_| ()/>
        }
    };
    all(vec![
        state(panel, "平常", "Rest", view! { {one(false, false)} {one(true, false)} }),
        focused(panel, view! { {one(false, false)} {one(true, false)} }),
        state(panel, "不可用", "Disabled", view! { {one(false, true)} {one(true, true)} }),
    ])
}

fn file_drop(panel: Panel) -> AnyView {
    let place = move |disabled: bool| {
        view! {
            <FileDrop accept=".json" disabled=Signal::stored(disabled) on_file=|_| ()>
                <span class="text-muted"><Glyph icon=Icon::Upload/></span>
                <span class="font-medium">{panel.say("拖入或选择文件", "Drop a file here, or choose one")}</span>
            </FileDrop>
        }
    };
    all(vec![
        state(panel, "平常", "Rest", place(false)),
        focused(panel, view! { <div class="w-full">{place(false)}</div> }),
        state(panel, "不可用", "Disabled", place(true)),
    ])
}

fn toggle(panel: Panel) -> AnyView {
    let one = move |on: bool, disabled: bool| {
        view! {
            <Toggle label=panel.say("休假", "Away") checked=Signal::stored(on) disabled=Signal::stored(disabled) on_change=|_| ()/>
        }
    };
    all(vec![
        state(panel, "平常", "Rest", view! { {one(false, false)} {one(true, false)} }),
        focused(panel, view! { {one(false, false)} {one(true, false)} }),
        state(panel, "不可用", "Disabled", view! { {one(false, true)} {one(true, true)} }),
    ])
}

fn search_field(panel: Panel) -> AnyView {
    let one = move |text: &str| view! { <SearchField label=panel.say("搜索客户", "Search customers") value=RwSignal::new(text.to_owned())/> };
    all(vec![
        state(panel, "空", "Empty", one("")),
        state(panel, "已填写", "Filled", one("138")),
        focused(panel, view! { <div class="w-full">{one("138")}</div> }),
    ])
}

fn segmented(panel: Panel) -> AnyView {
    let one = move || {
        let value = RwSignal::new("open".to_owned());
        view! { <Segmented label=panel.say("状态", "State") choices=choices(panel) value=value on_change=move |chosen| value.set(chosen)/> }
    };
    all(vec![state(panel, "平常", "Rest", one()), focused(panel, one())])
}

fn tabs(panel: Panel) -> AnyView {
    let one = move || {
        let value = RwSignal::new("open".to_owned());
        view! { <Tabs label=panel.say("状态", "State") tabs=choices(panel) value=value on_change=move |chosen| value.set(chosen)/> }
    };
    all(vec![state(panel, "平常", "Rest", one()), hovered(panel, one()), focused(panel, one())])
}

fn badge(panel: Panel) -> AnyView {
    let shown = TONES.map(|(tone, zh, en)| view! { <Badge label=panel.say(zh, en) tone=Signal::stored(tone) icon=Icon::Timer/> });
    all(vec![
        state(panel, "语气", "Tones", shown.into_iter().collect_view()),
        state(
            panel,
            "数量",
            "Count",
            view! {
                <Count value=Signal::stored(7_u64)/> <Count value=Signal::stored(12_u64) urgent=Signal::stored(true)/> <Count value=Signal::stored(1_200_u64)/>
            },
        ),
    ])
}

fn score(panel: Panel) -> AnyView {
    let shown = [0.0, 6.0, 7.0, 8.0, 9.0, 10.0]
        .map(|score| view! { <Score score=score label=panel.say("NPS 评分", "NPS score")/> });
    all(vec![state(panel, "0–10", "0–10", shown.into_iter().collect_view())])
}

fn avatar(panel: Panel) -> AnyView {
    let names = ["李娜", "王小明", "Ann Lee", "Chen", "赵敏", "Ola Berg"];
    let shown = move |large: bool| {
        names
            .map(|name| view! { <Avatar name=Signal::stored(name.to_owned()) alone=true large=large/> })
            .into_iter()
            .collect_view()
    };
    all(vec![state(panel, "小", "Small", shown(false)), state(panel, "大", "Large", shown(true))])
}

fn card(panel: Panel) -> AnyView {
    all(vec![
        state(
            panel,
            "带标题",
            "With a title",
            view! {
                <Card title=Signal::stored(panel.say("客户", "Customer"))>
                    <dl>
                        <Fact label=panel.say("等级", "Tier")>{panel.say("金卡", "Gold")}</Fact>
                        <Fact label=panel.say("联系方式", "Contact")>"mei@example.com"</Fact>
                    </dl>
                </Card>
            },
        ),
        state(
            panel,
            "列表",
            "Flush",
            view! {
                <Card flush=true>
                    <a class="cx-line px-4 py-2" href="#Card">{panel.say("第一行", "First line")}</a>
                    <a class="cx-line px-4 py-2" href="#Card" aria-current="true">{panel.say("当前行", "Present line")}</a>
                </Card>
            },
        ),
        state(
            panel,
            "工具栏",
            "Toolbar",
            view! {
                <Toolbar label=panel.say("操作", "Actions")>
                    <Button label=panel.say("导出", "Export") icon=Icon::Download size=Size::Small on_press=|_| ()/>
                    <Button label=panel.say("分享", "Share") icon=Icon::Share size=Size::Small on_press=|_| ()/>
                </Toolbar>
            },
        ),
    ])
}

fn notice(panel: Panel) -> AnyView {
    let states = TONES.map(|(tone, zh, en)| {
        state(panel, zh, en, view! { <Notice tone=tone>{panel.say("连不上服务器，正在重连。", "The server cannot be reached; reconnecting.")}</Notice> })
    });
    all(states.into())
}

fn page_head(panel: Panel) -> AnyView {
    let about = Some(panel.say("最近联系过的排在前面", "Those heard of last come first"));
    all(vec![state(
        panel,
        "页首",
        "Head",
        view! {
            <div><Up href="#page-head" label=panel.say("客户列表", "All customers")/><PageHead title=panel.say("客户", "Customers") about=Signal::stored(about)>
                <Button label=panel.say("导入", "Import") look=Look::Primary icon=Icon::Upload on_press=|_| ()/>
            </PageHead></div>
        },
    )])
}

fn table(panel: Panel) -> AnyView {
    let head = move |sorted: Option<Direction>, zh, en| view! { <SortHead label=panel.say(zh, en) sorted=Signal::stored(sorted) on_sort=|()| ()/> };
    let row = move |name: &'static str, score: f64| {
        view! {
            <tr class="cx-row"><td>{name}</td><td><Score score=score label=panel.say("评分", "Score")/></td><td>{panel.say("刚刚", "just now")}</td></tr>
        }
    };
    let one = move || {
        view! {
            <Table label=panel.say("客户", "Customers")>
                <thead><tr>{head(Some(Direction::Up), "姓名", "Name")}{head(Some(Direction::Down), "评分", "Score")}{head(None, "时间", "When")}</tr></thead>
                <tbody>{row("李娜", 9.0)}{row("Ann Lee", 4.0)}</tbody>
            </Table>
        }
    };
    all(vec![
        state(panel, "平常", "Rest", one()),
        state(panel, "悬停", "Hover", view! { <div class="is-hover">{one()}</div> }),
    ])
}

fn dialog(panel: Panel) -> AnyView {
    let (centre, sheet) = (RwSignal::new(false), RwSignal::new(false));
    let body = move |open: RwSignal<bool>| {
        view! {
            <p>{panel.say("它的处理记录会一并删除，无法恢复。", "Its timeline goes with it and cannot be brought back.")}</p>
            <DialogActions>
                <Button label=panel.say("取消", "Cancel") on_press=move |_| open.set(false)/>
                <Button label=panel.say("删除", "Delete") look=Look::Danger on_press=move |_| open.set(false)/>
            </DialogActions>
        }
    };
    all(vec![state(
        panel,
        "打开",
        "Open",
        view! {
            <Button label=panel.say("居中", "Centred") on_press=move |_| centre.set(true)/>
            <Button label=panel.say("侧边", "Sheet") on_press=move |_| sheet.set(true)/>
            <Dialog open=centre title=panel.say("删除这条数据？", "Delete this submission?") close=panel.say("关闭", "Close")>{body(centre)}</Dialog>
            <Dialog open=sheet stance=Stance::Sheet title=panel.say("删除这条数据？", "Delete this submission?") close=panel.say("关闭", "Close")>{body(sheet)}</Dialog>
        },
    )])
}

fn toaster(panel: Panel) -> AnyView {
    let toasts = Toasts::default();
    let shown = toasts.clone();
    let one = move |tone: Tone, zh: &'static str, en: &'static str| {
        let toasts = toasts.clone();
        view! { <Button label=panel.say(zh, en) on_press=move |_| toasts.show(tone, panel.say("已复制到剪贴板", "Copied to the clipboard"))/> }
    };
    all(vec![state(
        panel,
        "弹出",
        "Show",
        view! {
            {one(Tone::Info, "提示", "Info")} {one(Tone::Success, "成功", "Success")} {one(Tone::Warning, "警告", "Warning")} {one(Tone::Error, "错误", "Error")}
            <Toaster toasts=shown close=panel.say("关闭", "Close")/>
        },
    )])
}

fn empty(panel: Panel) -> AnyView {
    let hint = Some(panel.say(
        "发布一张表单，客户的回答会出现在这里。",
        "Publish a form; what customers answer appears here.",
    ));
    all(vec![state(
        panel,
        "空",
        "Empty",
        view! {
            <div><Empty icon=Icon::Inbox title=panel.say("还没有回答", "No answers yet") hint=Signal::stored(hint)>
                <Button label=panel.say("新建表单", "New form") look=Look::Primary icon=Icon::Plus on_press=|_| ()/>
            </Empty></div>
        },
    )])
}

fn failed(panel: Panel) -> AnyView {
    all(vec![state(
        panel,
        "失败",
        "Failed",
        view! {
            <div><Failed message=panel.say("连不上服务器，请检查网络后重试", "The server cannot be reached. Check the connection and try again") again=panel.say("重试", "Try again") on_again=|()| ()/></div>
        },
    )])
}

fn skeleton(panel: Panel) -> AnyView {
    all(vec![
        state(panel, "列表", "Lines", view! { <div><SkeletonLines lines=3/></div> }),
        state(panel, "块", "Block", view! { <Skeleton class="h-9 w-24"/> }),
    ])
}

fn progress(panel: Panel) -> AnyView {
    let one =
        move |value: f64| view! { <Progress label=panel.say("导入", "Import") value=Signal::stored(value)/> };
    all(vec![
        state(panel, "0", "0", one(0.0)),
        state(panel, "60 %", "60 %", one(0.6)),
        state(panel, "100 %", "100 %", one(1.0)),
    ])
}

fn quoting(panel: Panel) -> AnyView {
    let text = panel.say("没有名为 `score` 的字段", "there is no field `score`");
    all(vec![state(panel, "引用", "Quote", view! { <span><Quoting text=text/></span> })])
}

fn glyph(panel: Panel) -> AnyView {
    let shown = Icon::ALL
        .iter()
        .map(|icon| view! { <span title=icon.name()><Glyph icon=*icon size=IconSize::Large/></span> })
        .collect_view();
    all(vec![state(panel, "全部", "All", shown)])
}
