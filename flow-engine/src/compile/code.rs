//! The codes of every problem a flow can have. Stable; never reused for another meaning.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $code;)*
    };
}

codes! {
    /// A value of the wrong JSON type.
    TYPE = "flow.type";
    /// A member that means nothing here.
    MEMBER_UNKNOWN = "flow.member_unknown";
    /// A member that must be there.
    MEMBER_MISSING = "flow.member_missing";
    /// Members that exclude each other.
    MEMBERS_CONFLICT = "flow.members_conflict";
    /// A value that is none of those allowed.
    VALUE_INVALID = "flow.value_invalid";
    /// Larger than any flow may be.
    TOO_LARGE = "flow.too_large";
    /// The same key twice.
    KEY_DUPLICATE = "flow.key_duplicate";
    /// A target that is no state.
    TARGET_UNKNOWN = "flow.target_unknown";
    /// An initial target outside its state.
    INITIAL_INVALID = "flow.initial_invalid";
    /// Targets that cannot be active together.
    TARGETS_CONFLICT = "flow.targets_conflict";
    /// A state that is put together wrongly for its type.
    STATE_INVALID = "flow.state_invalid";
    /// A script that does not compile.
    SCRIPT_INVALID = "flow.script_invalid";
    /// A variable that is declared nowhere.
    VARIABLE_UNKNOWN = "flow.variable_unknown";
    /// A length of time that cannot be read.
    DURATION_INVALID = "flow.duration_invalid";
    /// Working time without a calendar.
    CALENDAR_MISSING = "flow.calendar_missing";
    /// A calendar nobody has.
    CALENDAR_UNKNOWN = "flow.calendar_unknown";
    /// A form nobody has.
    FORM_UNKNOWN = "flow.form_unknown";
    /// A template nobody has.
    TEMPLATE_UNKNOWN = "flow.template_unknown";
    /// A department nobody has.
    DEPARTMENT_UNKNOWN = "flow.department_unknown";
    /// A flow nobody has.
    FLOW_UNKNOWN = "flow.flow_unknown";
    /// Flows that invoke each other without end.
    INVOKE_CYCLE = "flow.invoke_cycle";
    /// A state nothing leads to.
    STATE_UNREACHABLE = "flow.state_unreachable";
    /// A state that nothing leads out of, though the flow has not ended.
    DEAD_END = "flow.dead_end";
    /// Work for nobody.
    ASSIGNEE_MISSING = "flow.assignee_missing";
    /// A guard that is false, or no truth at all, whatever is known.
    GUARD_NEVER = "flow.guard_never";
    /// A button whose event nothing listens to.
    EVENT_UNHEARD = "flow.event_unheard";
}
