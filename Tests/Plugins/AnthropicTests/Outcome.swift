import JackfieldPlugin
import JackfieldVocabulary

@testable import Anthropic

/// What came of an answer, joined as a client joins it.
struct Outcome {
    var events: [LLM.Event] = []
    var failure: UpstreamError?
    var result = LLM.CompletionResult()

    func text(_ kind: LLM.TextKind = .content) -> String {
        events.map { if case .text(let text, kind, _) = $0 { text } else { "" } }.joined()
    }
    var stops: [String] { events.compactMap { if case .stop(let reason, _) = $0 { reason } else { nil } } }
    var usage: LLM.Usage? { events.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }.last }
    var extra: [String] { events.compactMap { if case .extra(let json, _) = $0 { json } else { nil } } }
    /// "index id name arguments"
    var calls: [String] {
        var joined: [(index: UInt32, id: String, name: String, arguments: String)] = []
        for case .toolCall(let index, let id, let name, let arguments, _) in events {
            if let at = joined.firstIndex(where: { $0.index == index }) {
                joined[at].arguments += arguments
            } else {
                joined.append((index, id ?? "", name ?? "", arguments))
            }
        }
        return joined.map { "\($0.index) \($0.id) \($0.name) \($0.arguments)" }
    }
}

func decode(_ stream: String, pieces size: Int = .max, limit: Int = 1 << 20, prompt: Int = 40) -> Outcome {
    var decoder = MessageStreamDecoder(limit: limit)
    var outcome = Outcome()
    var rest = Array(stream.utf8)[...]
    while !rest.isEmpty, !decoder.isDone, decoder.failure == nil {
        outcome.events += decoder.decode(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
    }
    if decoder.failure == nil { outcome.events += decoder.finish(promptBytes: prompt) }
    outcome.failure = decoder.failure
    outcome.result = decoder.result
    return outcome
}

/// An event as the vendor's documentation shows them, named after its type.
func event(_ json: String) -> String {
    let type = json.split(separator: "\"", maxSplits: 4)[3]
    return "event: \(type)\ndata: \(json)\n\n"
}

func start(_ usage: String = #"{"input_tokens":25,"output_tokens":1}"#) -> String {
    event(
        #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"#
            + #""model":"claude-x","stop_reason":null,"stop_sequence":null,"usage":\#(usage)}}"#)
}

func block(_ index: Int, _ block: String, _ deltas: String...) -> String {
    event(#"{"type":"content_block_start","index":\#(index),"content_block":\#(block)}"#)
        + deltas.map { event(#"{"type":"content_block_delta","index":\#(index),"delta":\#($0)}"#) }.joined()
        + event(#"{"type":"content_block_stop","index":\#(index)}"#)
}

func text(_ text: String) -> String { #"{"type":"text_delta","text":"\#(text)"}"# }

func end(_ reason: String = "end_turn", usage: String = #"{"output_tokens":15}"#, more: String = "") -> String {
    event(
        #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)","stop_sequence":null\#(more)},"usage":\#(usage)}"#
    )
        + event(#"{"type":"message_stop"}"#)
}

let emptyText = #"{"type":"text","text":""}"#
let ping = event(#"{"type":"ping"}"#)
