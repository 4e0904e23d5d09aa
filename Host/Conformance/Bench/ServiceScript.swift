import CJackfield
import JackfieldJSON
import JackfieldVocabulary

/// What services answer in a rehearsal: log and metrics take everything, the timer is quick, the rest says what the
/// rehearsal file says, or that it has nothing.
enum ServiceScript {
    /// However long a plugin wants to wait, it is woken after this: 5 ms.
    private static let longestWait = 5 * BenchClock.millisecond

    static func answer(_ record: ServiceRecord, _ rehearsal: Rehearsal) -> ServiceAnswer {
        let request = PayloadJSON.decode(record.request, as: record.method.request)
        func result(_ json: JSON) -> BenchEnd {
            // The rehearsal's texts are all that can go wrong here, and they are texts.
            .ok((try? PayloadJSON.encode(json, as: record.method.result)) ?? [])
        }
        func event(_ number: Int32, _ json: JSON) -> CallRecord.Event {
            let number = UInt32(number)
            let layout = record.method.events[number]?.payload
            return CallRecord.Event(
                number: number, payload: layout.flatMap { try? PayloadJSON.encode(json, as: $0) } ?? [])
        }
        switch record.service {
        case "jackfield.log", "jackfield.metrics":
            return .answer([], result(.object([:])))
        case "jackfield.timer":
            let delay = Int64(request["delay"]?.int ?? 0)
            return .after(max(0, min(delay, longestWait)), [], result(.object([:])))
        case "jackfield.secrets":
            guard let value = rehearsal.secrets[request["name"]?.string ?? ""] else {
                return .answer([], .failed(JACKFIELD_NOT_FOUND, "the rehearsal has no secret of that name"))
            }
            return .answer([], result(["value": .string(value)]))
        case "jackfield.http":
            return http(request, rehearsal, event, result)
        case "jackfield.llm":
            guard let text = rehearsal.answer, record.method.name == "complete" else {
                return .answer([], .failed(JACKFIELD_UNAVAILABLE, "the rehearsal has no language model"))
            }
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            let events =
                words.enumerated().map { index, word in
                    event(Int32(JACKFIELD_LLM_EVENT_TEXT), ["text": .string((index == 0 ? "" : " ") + word)])
                }
                + [
                    event(Int32(JACKFIELD_LLM_EVENT_STOP), ["reason": "stop"]),
                    event(
                        Int32(JACKFIELD_LLM_EVENT_USAGE),
                        [
                            "prompt_tokens": 8, "completion_tokens": JSON(words.count),
                            "total_tokens": JSON(8 + words.count),
                        ]),
                ]
            return .answer(
                events, result(["id": "rehearsal", "model": "rehearsed", "upstream": "rehearsal/rehearsed"]))
        case "jackfield.agents":
            return agents(record, request, rehearsal, event, result)
        case "jackfield.tools":
            return tools(record, request, rehearsal, result)
        default:
            return .answer([], .failed(JACKFIELD_UNAVAILABLE, "the rehearsal has no such service"))
        }
    }

    private static func http(
        _ request: JSON, _ rehearsal: Rehearsal, _ event: (Int32, JSON) -> CallRecord.Event,
        _ result: (JSON) -> BenchEnd
    ) -> ServiceAnswer {
        let method = request["method"]?.string ?? ""
        let url = request["url"]?.string ?? ""
        guard let answer = rehearsal.answer(to: method, url) else {
            return .answer([], .failed(JACKFIELD_UNAVAILABLE, "the rehearsal has no answer to \(method) \(url)"))
        }
        let headers = answer.headers.map { JSON.object(["name": .string($0.name), "value": .string($0.value)]) }
        let head = event(
            Int32(JACKFIELD_HTTP_EVENT_HEAD), ["status": JSON(answer.status), "headers": .array(headers)])
        let body = answer.chunks.map {
            CallRecord.Event(number: UInt32(JACKFIELD_HTTP_EVENT_BODY), payload: HTTPBody($0).payload())
        }
        return .answer([head] + body, result(.object([:])))
    }

    private static func agents(
        _ record: ServiceRecord, _ request: JSON, _ rehearsal: Rehearsal, _ event: (Int32, JSON) -> CallRecord.Event,
        _ result: (JSON) -> BenchEnd
    ) -> ServiceAnswer {
        if record.method.name == "list" {
            let entries = rehearsal.agents.map { agent -> JSON in
                ["id": agent["id"] ?? "", "summary": agent["summary"] ?? ""]
            }
            return .answer([], result(["agents": .array(entries)]))
        }
        guard let agent = rehearsal.agents.first(where: { $0["id"] == request["agent"] }) else {
            return .answer([], .failed(JACKFIELD_NOT_FOUND, "the rehearsal has no such agent"))
        }
        return .answer(
            [event(Int32(JACKFIELD_AGENT_EVENT_TEXT), ["text": agent["answer"] ?? ""])], result(.object([:])))
    }

    private static func tools(
        _ record: ServiceRecord, _ request: JSON, _ rehearsal: Rehearsal, _ result: (JSON) -> BenchEnd
    ) -> ServiceAnswer {
        if record.method.name == "list" {
            let entries = rehearsal.tools.map { tool -> JSON in
                let name = tool["name"]?.string ?? ""
                return [
                    "name": .string(name), "alias": .string(String(name.map { $0 == "/" ? "_" : $0 })),
                    "description": tool["description"] ?? "",
                    "parameters": tool["parameters"] ?? "{\"type\":\"object\"}",
                ]
            }
            return .answer([], result(["tools": .array(entries)]))
        }
        let name = request["name"]?.string ?? ""
        guard
            let tool = rehearsal.tools.first(where: { tool in
                tool["name"]?.string == name
                    || String((tool["name"]?.string ?? "").map { $0 == "/" ? "_" : $0 }) == name
            })
        else { return .answer([], .failed(JACKFIELD_FORBIDDEN, "the rehearsal has no such tool")) }
        return .answer([], result(["content": tool["answer"] ?? "null"]))
    }
}
