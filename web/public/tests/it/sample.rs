//! Pages to test and to look at: the questions of the starter app, in both languages.

use form_engine::Language;
use serde_json::{Value, json};
use web_public::{
    Assets, Choice, FieldKind, FormPage, Frame, Kept, Message, Moment, More, Notice, NoticePage, Page,
    ProgressPage, ProgressStep, Promise, Question, RowHead, Standing, Thanks, ThanksPage,
};

/// The Chinese or the English text.
fn say(language: Language, zh: &str, en: &str) -> String {
    match language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// Around every page.
pub fn frame(language: Language) -> Frame {
    Frame {
        language,
        languages: vec![Language::Zh, Language::En],
        team: Some(say(language, "云杉家居", "Spruce Home")),
        assets: Assets {
            css: Some("/assets/public/public.css".to_owned()),
            loader: Some("/assets/public/loader.js".to_owned()),
            page: Some("/assets/public/page.js".to_owned()),
            progress: Some("/assets/public/progress.js".to_owned()),
            theme: None,
        },
        logo: None,
        share: None,
        again: None,
        back: None,
    }
}

/// A question that is asked and not answered.
pub fn question(path: &str, kind: FieldKind, title: &str) -> Question {
    Question {
        path: path.to_owned(),
        title: title.to_owned(),
        help: None,
        placeholder: None,
        kind,
        options: Vec::new(),
        held_back: Vec::new(),
        scale: None,
        ends: None,
        max_length: None,
        required: false,
        shown: true,
        fresh: false,
        value: Value::Null,
        problem: None,
        more: More::default(),
    }
}

/// Values and labels.
pub fn choices(language: Language, options: &[(&str, &str, &str)]) -> Vec<Choice> {
    options
        .iter()
        .map(|(value, zh, en)| Choice { value: json!(value), label: say(language, zh, en) })
        .collect()
}

/// The score form.
pub fn nps(language: Language) -> FormPage {
    let mut score = question(
        "/score",
        FieldKind::Nps,
        &say(
            language,
            "您有多大可能把我们推荐给朋友或同事？",
            "How likely are you to recommend us to a friend or colleague?",
        ),
    );
    score.required = true;
    score.options = choices(
        language,
        &[("0", "完全不可能", "Not at all likely"), ("10", "非常可能", "Extremely likely")],
    );
    let reason = question(
        "/reason",
        FieldKind::LongText,
        &say(language, "是什么让您打出这个分数？", "What is the main reason for your score?"),
    );
    let mut region =
        question("/region", FieldKind::DropDown, &say(language, "您在哪个地区？", "Where are you?"));
    region.options = choices(language, &[("east", "华东", "East China"), ("south", "华南", "South China")]);
    let mut product = question(
        "/product",
        FieldKind::Single,
        &say(language, "您购买的是哪类产品？", "Which product did you buy?"),
    );
    product.options = choices(
        language,
        &[
            ("sofa", "沙发", "Sofa"),
            ("bed", "床与床垫", "Bed and mattress"),
            ("table", "餐桌椅", "Table and chairs"),
        ],
    );
    let mut about = question(
        "/about",
        FieldKind::Single,
        &say(language, "主要是哪方面的问题？", "What was it mainly about?"),
    );
    about.options = choices(
        language,
        &[
            ("product", "产品质量", "Product defect"),
            ("service", "服务态度", "Service attitude"),
            ("delivery", "物流配送", "Delivery"),
            ("price", "价格", "Price"),
        ],
    );
    about.shown = false;
    let mut contact =
        question("/contact", FieldKind::Contact, &say(language, "怎么联系您？", "How can we reach you?"));
    contact.help = Some(say(
        language,
        "手机号或邮箱，只用来回复这件事。",
        "Mobile number or email; we use it only to reply about this.",
    ));
    contact.shown = false;
    FormPage {
        frame: frame(language),
        slug: "nps".to_owned(),
        title: say(language, "您的评价", "Your opinion"),
        intro: Some(say(
            language,
            "大约一分钟。每一条都会有人看，也会有回应。",
            "About a minute. Somebody reads every answer, and replies.",
        )),
        nonce: "0192f0c1-7e1a-7000-8000-000000000001".to_owned(),
        invitation: None,
        carried: Vec::new(),
        captcha: None,
        behalf: None,
        correcting: None,
        save: false,
        pages: vec![Page {
            title: None,
            help: None,
            questions: vec![score, reason, region, product, about, contact],
            texts: Vec::new(),
        }],
        current: 0,
        more_questions: false,
        refusal: None,
        thanks: vec![Thanks::default()],
        client: json!({"slug": "nps"}),
    }
}

/// The score form as it comes back without script after a low score.
pub fn nps_low(language: Language) -> FormPage {
    let mut page = nps(language);
    page.more_questions = true;
    for question in &mut page.pages[0].questions {
        question.fresh = !question.shown;
        question.shown = true;
        match question.path.as_str() {
            "/score" => question.value = json!(3),
            "/reason" => {
                question.value = json!(say(language, "沙发送来有一条划痕", "The sofa came with a scratch"))
            }
            _ => {}
        }
    }
    page
}

/// One of every kind, with problems.
pub fn kinds(language: Language) -> FormPage {
    let mut page = nps(language);
    let all = [
        FieldKind::Csat,
        FieldKind::Ces,
        FieldKind::Rating,
        FieldKind::Text,
        FieldKind::LongText,
        FieldKind::Number,
        FieldKind::Single,
        FieldKind::Multiple,
        FieldKind::DropDown,
        FieldKind::Date,
        FieldKind::DateTime,
        FieldKind::Email,
        FieldKind::Phone,
        FieldKind::Contact,
        FieldKind::Boolean,
        FieldKind::Consent,
        FieldKind::Hidden,
        FieldKind::Toggle,
        FieldKind::Time,
        FieldKind::Slider,
        FieldKind::Ranking,
        FieldKind::Matrix,
        FieldKind::Cascade,
        FieldKind::IdNumber,
        FieldKind::File,
        FieldKind::Image,
        FieldKind::Signature,
        FieldKind::LinkedRecord,
        FieldKind::Member,
        FieldKind::Department,
        FieldKind::SerialNumber,
        FieldKind::Formula,
        FieldKind::Any,
    ];
    let questions = &mut page.pages[0].questions;
    questions.truncate(1);
    for kind in all {
        let mut one = question(
            &format!("/{}", kind.control()),
            kind,
            &say(language, "您怎么看这一项？", "What do you say to this one?"),
        );
        one.options = match kind {
            FieldKind::Csat => choices(
                language,
                &[("1", "非常不满意", "Very dissatisfied"), ("5", "非常满意", "Very satisfied")],
            ),
            FieldKind::Ces => {
                choices(language, &[("1", "非常费劲", "Very hard"), ("7", "非常轻松", "Very easy")])
            }
            FieldKind::Single
            | FieldKind::Multiple
            | FieldKind::DropDown
            | FieldKind::Ranking
            | FieldKind::Matrix
            | FieldKind::Member
            | FieldKind::Department => choices(
                language,
                &[
                    ("a", "送货上门", "Delivery"),
                    ("b", "安装服务", "Assembly"),
                    ("c", "售后沟通", "After-sales service"),
                ],
            ),
            FieldKind::Nps
            | FieldKind::Rating
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Contact
            | FieldKind::Boolean
            | FieldKind::Consent
            | FieldKind::Hidden
            | FieldKind::Toggle
            | FieldKind::Time
            | FieldKind::Slider
            | FieldKind::Cascade
            | FieldKind::IdNumber
            | FieldKind::File
            | FieldKind::Image
            | FieldKind::Signature
            | FieldKind::LinkedRecord
            | FieldKind::SerialNumber
            | FieldKind::Formula
            | FieldKind::Any => Vec::new(),
        };
        match kind {
            FieldKind::Rating => one.value = json!(4),
            FieldKind::Toggle => one.value = json!(true),
            FieldKind::Time => one.value = json!("08:30:00+08:00"),
            FieldKind::Ranking => one.value = json!(["c", "a"]),
            FieldKind::Formula => one.value = json!(42),
            FieldKind::Slider => {
                one.value = json!(40);
                one.more.range = Some(("0".to_owned(), "100".to_owned(), "10".to_owned()));
            }
            FieldKind::Matrix => {
                one.value = json!("b");
                one.more.matrix = Some(say(language, "服务如何？", "How was the service?"));
                one.more.rows =
                    vec![RowHead { title: say(language, "第一次 1", "Visit 1"), ..RowHead::default() }];
                one.more.depth = 1;
                one.more.add = vec![(1, "/visits".to_owned(), say(language, "到店", "Visit"))];
            }
            FieldKind::Cascade => {
                let way = |code: &str, label: String| Choice { value: json!(["33", code]), label };
                let hangzhou = way("3301", say(language, "浙江 / 杭州", "Zhejiang / Hangzhou"));
                let ningbo = way("3302", say(language, "浙江 / 宁波", "Zhejiang / Ningbo"));
                one.more.groups = vec![(say(language, "浙江", "Zhejiang"), vec![hangzhou, ningbo])];
                one.value = json!(["33", "3302"]);
            }
            FieldKind::Department => {
                one.more.several = true;
                one.value = json!(["a"]);
            }
            FieldKind::File => {
                one.more.several = true;
                one.more.accept = vec!["application/pdf".to_owned()];
            }
            FieldKind::Single => one.value = json!("b"),
            FieldKind::Multiple => one.value = json!(["a", "c"]),
            FieldKind::Email => {
                one.value = json!("li@example");
                one.problem =
                    Some(say(language, "这个邮箱地址看起来不完整", "this address looks incomplete"));
            }
            FieldKind::Consent => {
                one.required = true;
                one.value = json!(true);
                one.title = say(
                    language,
                    "我同意为回复这次反馈使用我的联系方式。",
                    "I agree that my contact details are used to reply to this feedback.",
                );
            }
            FieldKind::Nps
            | FieldKind::Csat
            | FieldKind::Ces
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::DropDown
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::Phone
            | FieldKind::Contact
            | FieldKind::Boolean
            | FieldKind::Hidden
            | FieldKind::IdNumber
            | FieldKind::Image
            | FieldKind::Signature
            | FieldKind::LinkedRecord
            | FieldKind::Member
            | FieldKind::SerialNumber
            | FieldKind::Any => {}
        }
        questions.push(one);
    }
    questions[0].problem = Some(say(language, "请选择一个分数", "please choose a score"));
    page
}

/// After sending a low score.
pub fn thanks(language: Language) -> ThanksPage {
    ThanksPage {
        frame: frame(language),
        thanks: Thanks {
            title: Some(say(language, "谢谢您告诉我们", "Thank you for telling us")),
            text: Some(say(
                language,
                "很抱歉这次没有做好。我们已经开始处理，24 小时内会给您答复。",
                "We are sorry we let you down. We are on it and will reply within 24 hours.",
            )),
            link: None,
            results: Vec::new(),
            own: true,
        },
        receipt: "K7M2-9QXD".to_owned(),
        progress: Some("https://example.com/t/abc".to_owned()),
        edit: Some("https://example.com/f/nps?e=abc".to_owned()),
    }
}

/// A page with one thing to say.
pub fn notice(language: Language, notice: Notice) -> NoticePage {
    NoticePage { frame: frame(language), notice }
}

/// A moment on a November day.
pub fn moment(days_away: i64, hour: u32, minute: u32) -> Moment {
    let day = u32::try_from(23 + days_away).unwrap_or(1);
    Moment {
        iso: format!("2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00"),
        year: 2026,
        month: 11,
        day,
        hour,
        minute,
        days_away,
        this_year: true,
    }
}

/// A case that was answered and waits for the customer's word.
pub fn progress(language: Language) -> ProgressPage {
    let step = |zh: &str, en: &str, detail: Option<String>, at: Option<Moment>, standing| ProgressStep {
        title: say(language, zh, en),
        detail,
        at,
        standing,
    };
    let quality = say(language, "产品质量部", "Product quality");
    ProgressPage {
        frame: frame(language),
        address: "/t/abc".to_owned(),
        title: say(language, "您反馈的问题", "Your case"),
        number: "K7M2-9QXD".to_owned(),
        received: moment(-1, 15, 20),
        steps: vec![
            step("已收到您的反馈", "We have your feedback", None, Some(moment(-1, 15, 20)), Standing::Done),
            step(
                "正在处理",
                "Being handled",
                Some(quality.clone()),
                Some(moment(-1, 15, 20)),
                Standing::Current,
            ),
            step("已解决", "Solved", None, None, Standing::Ahead),
        ],
        promises: vec![
            Promise {
                title: say(language, "首次回复", "First reply"), kept: Kept::Met(moment(0, 9, 41))
            },
            Promise { title: say(language, "解决问题", "Solution"), kept: Kept::Due(moment(2, 15, 20)) },
        ],
        messages: vec![
            Message {
                own: false,
                from: Some(quality),
                call: false,
                text: say(
                    language,
                    "您好，很抱歉给您添麻烦了。划痕的照片我们已经看过，明天会有师傅联系您上门更换面板，不收取任何费用。",
                    "Hello, we are sorry for the trouble. We have seen the photos of the scratch; a fitter will call you tomorrow to replace the panel, free of charge.",
                ),
                at: moment(0, 9, 41),
            },
            Message {
                own: true,
                from: None,
                call: false,
                text: say(language, "好的，请在下午来。", "Good. In the afternoon, please."),
                at: moment(0, 10, 5),
            },
        ],
        answers: vec![
            (
                say(language, "您有多大可能把我们推荐给朋友或同事？", "How likely are you to recommend us?"),
                "3".to_owned(),
            ),
            (
                say(language, "是什么让您打出这个分数？", "What is the main reason for your score?"),
                say(language, "沙发送来有一条划痕", "The sofa came with a scratch"),
            ),
        ],
        may_write: true,
        may_confirm: false,
        may_reject: false,
        survey: None,
        outcome: None,
        typed: String::new(),
        as_of: moment(0, 11, 2),
    }
}

/// The same case, solved.
pub fn progress_solved(language: Language) -> ProgressPage {
    let mut page = progress(language);
    page.steps[1].standing = Standing::Done;
    page.steps[2].standing = Standing::Done;
    page.steps[2].at = Some(moment(0, 10, 58));
    page.promises[1].kept = Kept::Met(moment(0, 10, 58));
    page.may_confirm = true;
    page.may_reject = true;
    page.survey = Some("/f/csat".to_owned());
    page
}
