//! The public pages in Chinese.

use super::{FormWords, NoticeWords, ProgressWords, Said, ThanksWords, Words};

pub(super) static WORDS: Words = Words {
    tag: "zh-CN",
    own_name: "中文",
    language: "切换语言",
    colophon: "回音 Huiyin",
    form: FormWords {
        optional: "选填",
        preview: "草稿预览：可以试填，内容不会被保存。",
        next: "继续",
        back: "上一步",
        send: "提交",
        sending: "正在提交…",
        step: "{n} / {m}",
        how_far: "填写进度",
        one_problem: "还有 1 处需要您看一下",
        problems: "还有 {n} 处需要您看一下",
        more_questions: "根据您的回答，我们还想多了解一点。填好后请再次提交。",
        choose: "请选择",
        full: "已满",
        full_option: "{label}（已满）",
        rank: "第 {n} 位",
        sign: "输入您的完整姓名即视为签名。",
        computed: "根据您的回答自动计算",
        row: "{title} 第 {n} 项",
        add: "再加一项：{title}",
        yes: "是",
        no: "否",
        contact: "手机号或邮箱",
        draft: "接着上次的填？",
        draft_text: "您上次填到一半的内容还保留在这台设备上。",
        draft_continue: "接着填",
        draft_discard: "重新开始",
        offline: "现在没有网络。您的回答已存在这台设备上，网络恢复后会自动提交。",
        later: "暂时没能提交成功。您的回答没有丢，稍后会自动再试。",
        retry: "立即重试",
        refused: "没能提交：",
    },
    thanks: ThanksWords {
        title: "谢谢您",
        text: "您的回答我们收到了。",
        text_opened: "您反映的情况已经有人跟进，我们会尽快回复您。",
        receipt: "回执编号",
        follow: "查看处理进度",
        keep: "收藏这个页面，随时可以回来看进度、补充说明。",
    },
    notice: NoticeWords {
        unknown: Said {
            title: "没有找到这个页面",
            text: "链接可能不完整，或者页面已经不在了。请向给您链接的人再要一次。",
        },
        closed: Said {
            title: "这份表单已经结束", text: "它不再接收新的回答。感谢您愿意花时间。"
        },
        not_open: Said {
            title: "还没有开始", text: "这份表单将于 {when} 开放，到时再来就可以填写。"
        },
        invitation: Said {
            title: "需要邀请链接",
            text: "这份表单只能通过发给您的邀请链接填写。请打开短信或邮件里的链接，或向邀请您的人再要一次。",
        },
        quota: Said {
            title: "名额已满", text: "这份表单需要的回答已经收齐。感谢您的热心。"
        },
        answered: Said {
            title: "您已经填写过了", text: "每人只需填写一次，您之前的回答我们已经收到。"
        },
        sent_before: Said {
            title: "这一份已经提交过了",
            text: "您之前的回答我们已经收到。如果想再填一份，请重新打开表单。",
        },
        too_large: Said {
            title: "内容太多了", text: "请返回上一页删减一些再提交，您填写的内容还在那里。"
        },
        busy: Said {
            title: "现在人有点多",
            text: "这次还没有提交成功。请返回上一页，稍等片刻再试，您填写的内容还在那里。",
        },
        error: Said {
            title: "出了点问题",
            text: "是我们这边的原因，正在处理。请返回上一页稍后再试，您填写的内容还在那里。",
        },
        again: "再填一份",
    },
    progress: ProgressWords {
        steps: "处理进度",
        promises: "我们的承诺",
        due: "{when} 前",
        met: "已做到，{when}",
        late: "已超时，正在加紧处理",
        met_late: "晚于承诺，{when}",
        paused: "等待您的回复，暂停计时",
        conversation: "回复与留言",
        you: "您",
        called: "电话沟通",
        called_text: "我们已经打电话向您说明了处理情况。",
        step_received: "已收到",
        step_handling: "处理中",
        step_solved: "已解决",
        no_reply_yet: "还没有回复。有了回复会显示在这里。",
        answers: "您当时反馈的内容",
        write: "补充说明",
        message: "有什么要补充或询问的，写在这里",
        send: "发送",
        sent: "已收到您的留言。",
        empty: "请先写点内容再发送",
        too_long: "内容太长了，请控制在 4000 字以内",
        ask: "问题解决了吗？",
        ask_text: "如果还没有解决，告诉我们，会重新跟进。",
        confirm: "已解决",
        reject: "还没解决",
        confirmed: "感谢您的确认。",
        rejected: "已重新跟进，我们会尽快回复您。",
        reject_why: "还有哪里没解决？",
        too_late: "这件事的状态刚刚有变化，这一步现在不需要了。",
        survey: "这次处理您满意吗？",
        survey_go: "评价一下",
        as_of: "更新于 {when}",
        refresh: "刷新",
        step_done: "已完成",
        step_current: "进行中",
        step_ahead: "未开始",
    },
};
