import CJackfield
import JackfieldJSON
import JackfieldVocabulary

extension CheckCatalogue {
    static let agentChecks: [Check] = [
        Check(
            id: "role-agent-description", group: .role,
            sentence: "An agent says in a sentence what it does, and its capabilities have ids of their own.",
            why: """
                The host chooses agents for a question by their descriptions, and shows the id of what fitted. Two \
                capabilities with one id cannot be told apart, and one without keywords and examples is never chosen.
                """,
            mend:
                "Fill in `summary`, and for each capability a unique `id`, a `description`, and keywords or examples.",
            roles: ["jackfield.agent"]
        ) { bench in
            let description = try bench.answered("describe")[0].answer(Agent.Description.self)
            try expect(!description.summary.isEmpty, "the summary is empty")
            var ids: Set<String> = []
            for capability in description.capabilities {
                try expect(!capability.id.isEmpty, "a capability has no id", [capability.description])
                try expect(ids.insert(capability.id).inserted, "two capabilities have the id \(capability.id)")
                try expect(!capability.description.isEmpty, "the capability \(capability.id) has no description")
                try expect(
                    !(capability.keywords.isEmpty && capability.examples.isEmpty),
                    "the capability \(capability.id) has neither keywords nor examples, so no question fits it")
            }
        },
        Check(
            id: "role-agent-answers", group: .role,
            sentence: "An invocation that ends well has said something: a text, a finding, an artifact or a question.",
            why:
                "The user asked, and the host has nothing to show. An agent that could not find out anything says that.",
            mend: "Emit a text before finishing with OK, or finish with the reason why there is none.",
            roles: ["jackfield.agent"]
        ) { bench in
            for call in try bench.answered("invoke") {
                let said = call.heard(Agent.Event.init(event:_:)).contains { event in
                    switch event {
                    case .text(let text): !text.isEmpty
                    case .progress: false
                    default: true
                    }
                }
                try expect(said, "an invocation ended well and said nothing", [call.summary])
            }
        },
        Check(
            id: "role-agent-findings", group: .role,
            sentence: "A finding has an id and a title, a severity of the list, and numbers that are numbers.",
            why: """
                Findings are compared from run to run by id, sorted by severity, and drawn against their threshold. Not a \
                number and infinity cannot be written as JSON at all.
                """,
            mend: """
                Fill in `id` and `title`; use JACKFIELD_SEVERITY_*; set JACKFIELD_FINDING_HAS_VALUE only with a finite \
                value; leave `detail` absent or make it a JSON object.
                """,
            roles: ["jackfield.agent"]
        ) { bench in
            for call in try bench.answered("invoke") {
                for event in call.events where event.number == JACKFIELD_AGENT_EVENT_FINDING {
                    let head = event.payload.withUnsafeBytes {
                        PayloadReader(checked: $0).head(jackfield_agent_finding())
                    }
                    guard
                        case .finding(let finding)? = event.payload.withUnsafeBytes({
                            Agent.Event(event: event.number, PayloadReader(checked: $0))
                        })
                    else { continue }
                    try expect(!finding.id.isEmpty, "a finding has no id", [finding.title])
                    try expect(!finding.title.isEmpty, "the finding \(finding.id) has no title")
                    try expect(
                        head.severity <= JACKFIELD_SEVERITY_CRITICAL,
                        "the finding \(finding.id) has the severity \(head.severity), which is none")
                    for (name, value) in [("value", finding.value), ("threshold", finding.threshold)] {
                        try expect(value?.isFinite ?? true, "the \(name) of the finding \(finding.id) is not finite")
                    }
                    try expect(
                        finding.detail.map(isJSONObject) ?? true,
                        "the detail of the finding \(finding.id) is no JSON object", [finding.detail ?? ""])
                }
            }
        },
        Check(
            id: "role-agent-finding-ids", group: .role,
            sentence: "Within one invocation no two findings have the same id.",
            why:
                "A finding is known by its id: the second of a pair overwrites the first wherever findings are compared.",
            mend: "Put what tells them apart into the id: `disk.used./home`.",
            roles: ["jackfield.agent"]
        ) { bench in
            for call in try bench.answered("invoke") {
                var ids: Set<String> = []
                for case .finding(let finding) in call.heard(Agent.Event.init(event:_:)) {
                    try expect(ids.insert(finding.id).inserted, "two findings have the id \(finding.id)")
                }
            }
        },
        Check(
            id: "role-agent-progress", group: .role,
            sentence: "Progress is a fraction from 0 to 1, or below 0 where it is not known, and never falls.",
            why: "It is drawn as a bar. A bar that goes back, or beyond its end, is taken for a fault of the host.",
            mend: "Count what is done over what there is to do; use -1 as long as that is not known.",
            roles: ["jackfield.agent"]
        ) { bench in
            for call in try bench.answered("invoke") {
                var last = 0.0
                for event in call.events where event.number == JACKFIELD_AGENT_EVENT_PROGRESS {
                    let fraction = event.payload.withUnsafeBytes {
                        PayloadReader(checked: $0).head(jackfield_agent_progress()).fraction
                    }
                    try expect(fraction.isFinite && fraction <= 1, "progress of \(fraction) was emitted")
                    guard fraction >= 0 else { continue }
                    try expect(fraction >= last, "progress fell from \(last) to \(fraction)")
                    last = fraction
                }
            }
        },
        Check(
            id: "role-agent-consulted", group: .role,
            sentence: "Tokens and an upstream are reported only where a language model was asked.",
            why: """
                People are told whether a model worded an answer or whether it was measured, and budgets are charged by \
                these numbers.
                """,
            mend: """
                Set JACKFIELD_AGENT_CONSULTED, the tokens and `upstream` from what the llm service reported, and from \
                nothing else.
                """,
            roles: ["jackfield.agent"]
        ) { bench in
            let specimen = try bench.open()
            for request in try bench.requests("invoke") {
                let before = specimen.serviceHistory.count
                let call = try specimen.ask(request)
                guard call.end?.isOK == true else { continue }
                let result = try call.answer(Agent.Result.self)
                let asked = specimen.serviceHistory.dropFirst(before).contains {
                    $0.service == "jackfield.llm" || $0.service == "jackfield.agents"
                }
                guard !asked else { continue }
                try expect(
                    !result.consulted && result.promptTokens == 0 && result.completionTokens == 0
                        && result.upstream == nil,
                    "no model and no other agent was asked, and yet the result reports one",
                    [PayloadJSON.decode(call.end!.result, as: call.request.method.result).text])
            }
        },
    ]
}
