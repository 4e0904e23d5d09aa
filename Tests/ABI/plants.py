"""Changes to the headers for the self-test: what each is, and what is replaced, as file, expression and replacement."""

REVISION = ("abi.h", r"(JACKFIELD_ABI_REVISION) 1u", r"\1 2u")

HARMFUL = [
    ("two fields change places", [
        ("agent.h", r"  double value; ([^\n]*)\n  double threshold; ([^\n]*)\n", "  double threshold;\n  double value;\n")]),
    ("a field has another type of the same size", [("timer.h", r"int64_t delay", "uint64_t delay")]),
    ("a field has another type of the same size, and another one is added behind it", [
        ("timer.h", r"int64_t delay;[^\n]*", "uint64_t delay;\n  uint64_t more;"),
        ("layouts/timer.h", r"I64, delay\),", "U64, delay),\n    JACKFIELD_FIELD(jackfield_timer_after, U64, more),")]),
    ("a field is wider", [("http.h", r"uint32_t status;", "uint64_t status;\n  uint32_t reserved;\n  uint32_t reserved2;")]),
    ("the last field is gone", [
        ("agent.h", r"  jackfield_text note;[^\n]*\n", ""), ("layouts/agent.h", r"    [^\n]*TEXT, note\),\n", ""),
        ("layouts/agent.h", r"JACKFIELD_AT\([^\n]*, note, [^\n]*\n", "")]),
    ("a field is renamed", [
        ("agent.h", r" summary;", " abstract;"), ("layouts/agent.h", r"summary", "abstract")]),
    ("a field is added in the middle", [
        REVISION, ("abi.h", r"(\n  jackfield_call parent;)", r"\n  uint64_t more;\1")]),
    ("a struct grows that others hold", [
        REVISION, ("payload.h", r"(struct jackfield_text \{[^}]*?uint32_t length;)", r"\1\n  uint64_t more;")]),
    ("the room for a reason is larger", [REVISION, ("abi.h", r"message\[504\]", "message[1016]")]),
    ("a constant has another number", [("abi.h", r"(define JACKFIELD_REFUSED) 11", r"\1 12")]),
    ("a constant has another type", [("agent.h", r"(define JACKFIELD_SEVERITY_OK) 0u", r"\1 0")]),
    ("a constant is gone", [("log.h", r"#define JACKFIELD_LOG_NOTICE [^\n]*\n", "")]),
    ("a role has another id", [("tool.h", r'"jackfield.tool"', '"jackfield.function"')]),
    ("a function pointer has another parameter", [
        ("abi.h", r"(\(\*JACKFIELD_NONNULL cancel\)\(void \*JACKFIELD_NULLABLE instance, )jackfield_call", r"\1uint32_t")]),
    ("a pointer that may be null may not be any more", [
        ("abi.h", r"const void \*JACKFIELD_NULLABLE data", "const void *JACKFIELD_NONNULL data")]),
    ("a function moves within a table of functions", [
        ("abi.h", r"(\(\*JACKFIELD_NONNULL )close(\))", r"\1CLOSE\2"), ("abi.h", r"(\(\*JACKFIELD_NONNULL )destroy(\))", r"\1close\2"),
        ("abi.h", r"(\(\*JACKFIELD_NONNULL )CLOSE(\))", r"\1destroy\2")]),
    ("a method is gone", [("layouts/llm.h", r"    \{JACKFIELD_LLM_EMBED,.*?NULL\},\n", "")]),
    ("a method has another number", [("agents.h", r"(define JACKFIELD_AGENTS_INVOKE) 2", r"\1 3")]),
    ("a method has another result", [("layouts/log.h", r"&jackfield_empty_layout", "&jackfield_log_write_layout")]),
    ("an event is gone", [("layouts/http.h", r"    \{JACKFIELD_HTTP_EVENT_BODY,[^\n]*\n", "")]),
    ("an event has another struct", [
        ("layouts/agent.h", r"(\{JACKFIELD_AGENT_EVENT_PROGRESS, 0, \"progress\", )&\w+", r"\1&jackfield_agent_text_layout")]),
    ("a contract has another revision", [("layouts.h", r"(\{JACKFIELD_TIMER), 1,", r"\1, 2,")]),
    ("a part has another kind", [("layouts/secrets.h", r"TEXT, value\)", "DATA, value)")]),
    ("the least size of a layout has been raised", [("layouts/timer.h", r"(HEADED\(jackfield_timer_after,) \d+\)", r"\1 24)")]),
    ("a struct grows and the revision does not count up", [
        ("timer.h", r"(int64_t delay;[^\n]*)", r"\1\n  uint64_t more;"),
        ("layouts/timer.h", r"(I64, delay\),)", r"\1\n    JACKFIELD_FIELD(jackfield_timer_after, U64, more),")]),
    ("a struct has hidden bytes", [
        REVISION, ("timer.h", r"(int64_t delay;[^\n]*)", r"\1\n  uint32_t more;"),
        ("layouts/timer.h", r"(I64, delay\),)", r"\1\n    JACKFIELD_FIELD(jackfield_timer_after, U32, more),")]),
    ("a struct has a field that its layout does not list", [
        REVISION, ("timer.h", r"(int64_t delay;[^\n]*)", r"\1\n  uint64_t more;")]),
    ("a helper has another parameter", [("read.h", r"(void jackfield_read\(jackfield_view payload, )void ", r"\1char ")]),
    ("jackfield.h leaves out a role, which others happen to include", [("jackfield.h", r'#include "tool.h"\n', "")]),
    ("the entry is not exported", [("abi.h", r"(#define JACKFIELD_EXPORT) [^\n]*", r"\1")]),
    ("jackfield_read does not fill with zeros", [
        ("read.h", r"(uint32_t given = 0;\n)  memset\(into, 0, size\);\n", r"\1")]),
    ("an element that is read is not filled with zeros", [
        ("read.h", r"(payload\.data;\n)  memset\(into, 0, size\);\n", r"\1")]),
    ("a list that is built is not zeroed", [("build.h", r"  memset\(b->bytes \+ at, 0, [^\n]*\n", "")]),
    ("a part that is built has what was in memory before it", [("build.h", r"  memset\(b->bytes \+ b->size, 0, [^\n]*\n", "")]),
    ("a check takes bytes that begin no character", [("check.h", r"\A(.*?)return 0;", r"\1return 1;")]),
    ("a check takes a character that is cut off", [("check.h", r"(> high\)) return 0;", r"\1 return 1;")]),
    ("a check takes a reference that leaves the payload", [("check.h", r" \|\| \(uint64_t\)text\.offset \+ text\.length > state->size", "")]),
]

HARMLESS = [
    ("nothing", []),
    ("a comment says it better", [("timer.h", r"nanoseconds, 0 and up", "in nanoseconds, not below 0")]),
    ("a payload's struct grows at its end", [
        REVISION, ("timer.h", r"(int64_t delay;[^\n]*)", r"\1\n  uint64_t more;"),
        ("layouts/timer.h", r"(I64, delay\),)", r"\1\n    JACKFIELD_FIELD(jackfield_timer_after, U64, more),")]),
    ("an element of a list grows at its end", [
        REVISION, ("agents.h", r"(jackfield_text summary;\n)(\} jackfield_agents_entry;)", r"\1  jackfield_text more;\n\2"),
        ("layouts/agents.h", r"(JACKFIELD_FIELD\(jackfield_agents_entry, TEXT, summary\),)",
         r"\1\n    JACKFIELD_FIELD(jackfield_agents_entry, TEXT, more),")]),
    ("a side grows at its end", [
        REVISION, ("abi.h", r"(\} jackfield_side;)", r"  int32_t (*JACKFIELD_NONNULL more)(void *JACKFIELD_NULLABLE instance);\n\1")]),
    ("a list of numbers goes on", [REVISION, ("log.h", r"(#define JACKFIELD_LOG_ERROR 5u)", r"\1\n#define JACKFIELD_LOG_CRITICAL 6u")]),
    ("there is a new event, with a struct of its own", [
        REVISION,
        ("http.h", r"(typedef struct jackfield_http_body)",
         r"#define JACKFIELD_HTTP_EVENT_MORE 3u\n\ntypedef struct jackfield_http_more {\n  uint32_t size;\n  uint32_t reserved;\n} jackfield_http_more;\n\n\1"),
        ("layouts/http.h", r"(JACKFIELD_TABLE jackfield_event_contract)",
         r"JACKFIELD_TABLE jackfield_field jackfield_http_more_fields[] = {\n    JACKFIELD_FIELD(jackfield_http_more, U32, size),\n"
         r"    JACKFIELD_FIELD(jackfield_http_more, ZERO, reserved),\n};\nJACKFIELD_HEADED(jackfield_http_more, 8);\n\n\1"),
        ("layouts/http.h", r"(\{JACKFIELD_HTTP_EVENT_BODY,[^\n]*)",
         r'\1\n    {JACKFIELD_HTTP_EVENT_MORE, 0, "more", &jackfield_http_more_layout},')]),
    ("there is a new method", [
        REVISION, ("timer.h", r"(#define JACKFIELD_TIMER_AFTER 1[^\n]*)", r"\1\n#define JACKFIELD_TIMER_NEVER 2"),
        ("layouts/timer.h", r"(JACKFIELD_TABLE jackfield_method_contract \w+\[\] = \{)",
         r'\1\n    {JACKFIELD_TIMER_NEVER, 0, "never", &jackfield_timer_after_layout, &jackfield_empty_layout, NULL},')]),
    ("there is a new revision of a contract beside the old one", [
        REVISION, ("layouts.h", r"(    \{JACKFIELD_TIMER, 1,[^\n]*)",
                   r"\1\n    {JACKFIELD_TIMER, 2, JACKFIELD_COUNT(jackfield_timer_methods), jackfield_timer_methods},")]),
    ("there is a new helper", [
        ("read.h", r"\n(#endif\s*)$", r"\nstatic inline int jackfield_is_absent(jackfield_text text) {\n  return text.offset == 0;\n}\n\n\1")]),
]
