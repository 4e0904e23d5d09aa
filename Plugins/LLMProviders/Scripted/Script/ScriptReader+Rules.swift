import JackfieldJSON
import JackfieldVocabulary

extension ScriptReader {
    mutating func script(_ json: JSON) -> Script {
        let members = members(json, "", keys: ["models", "rules", "embeddings"])
        var script = Script()
        if let models = members["models"] {
            script.models = list(models, "models").compactMap { string($0.json, $0.path, mayBeEmpty: false) }
            if models.array?.isEmpty == true { report("models", "must name at least one model, or be left out") }
            for (index, name) in script.models.enumerated() where script.models[..<index].contains(name) {
                report("models[\(index)]", "names \"\(name)\" a second time")
            }
        }
        if let embeddings = members["embeddings"] {
            let members = self.members(embeddings, "embeddings", keys: ["dimensions"])
            script.dimensions =
                int(members["dimensions"], "embeddings.dimensions", Script.dimensionRange) ?? script.dimensions
        }
        if members["rules"] == nil, json.object != nil { report("rules", "must be there: a list of rules") }
        script.rules = list(members["rules"], "rules").map { rule($0.json, $0.path, models: script.models) }
        return script
    }

    private mutating func rule(_ json: JSON, _ path: String, models: [String]) -> Script.Rule {
        let members = members(
            json, path, keys: ["name", "when", "after", "times", "delay_ms", "answer", "fault", "hang"])
        var rule = Script.Rule(name: string(members["name"], "\(path).name", mayBeEmpty: false) ?? path)
        if let when = members["when"] { rule.condition = condition(when, "\(path).when", models: models) }
        rule.after = int(members["after"], "\(path).after", 0...1_000_000_000) ?? 0
        rule.times = int(members["times"], "\(path).times", 1...1_000_000_000)
        rule.delay = milliseconds(members["delay_ms"], "\(path).delay_ms") ?? 0
        if let answer = members["answer"] { rule.answer = self.answer(answer, "\(path).answer") }
        if let hang = members["hang"] { rule.ending = self.hang(hang, "\(path).hang", of: rule.answer) }
        if let fault = members["fault"] {
            rule.ending = self.fault(fault, "\(path).fault", of: rule.answer) ?? .whole
            if members["hang"] != nil { report(path, "has a fault and a hang; it can have one of them") }
        }
        if json.object != nil, ["answer", "fault", "hang"].allSatisfy({ members[$0] == nil }) {
            report(path, "does nothing; it must have an answer, a fault or a hang")
        }
        return rule
    }

    private mutating func condition(_ json: JSON, _ path: String, models: [String]) -> RuleCondition {
        let members = members(json, path, keys: ["model", "equals", "contains", "matches", "tool_result"])
        var condition = RuleCondition()
        condition.model = string(members["model"], "\(path).model")
        if let model = condition.model, !models.contains(model) {
            report("\(path).model", "is \"\(model)\", which is not in models: \(models.joined(separator: ", "))")
        }
        condition.equals = string(members["equals"], "\(path).equals")
        condition.contains = string(members["contains"], "\(path).contains", mayBeEmpty: false)
        condition.matches = string(members["matches"], "\(path).matches", mayBeEmpty: false)
        if let pattern = condition.matches, (try? Regex(pattern)) == nil {
            report("\(path).matches", "is not a regular expression: \(pattern)")
        }
        condition.toolResult = bool(members["tool_result"], "\(path).tool_result")
        return condition
    }

    /// More pieces than there are would never come.
    private mutating func afterPieces(_ json: JSON?, _ path: String, of answer: Script.Answer) -> Int {
        guard let count = int(json, path, 0...1_000_000) else { return 0 }
        if count > answer.pieces.count {
            report(path, "is \(count); the pieces of the answer's reasoning and text are \(answer.pieces.count)")
        }
        return count
    }

    private mutating func hang(_ json: JSON, _ path: String, of answer: Script.Answer) -> Script.Ending {
        if let flag = json.bool {
            if !flag { report(path, "must be true or an object; leave it out otherwise") }
            return .hang(afterPieces: 0)
        }
        let members = members(json, path, keys: ["after_pieces"])
        return .hang(afterPieces: afterPieces(members["after_pieces"], "\(path).after_pieces", of: answer))
    }

    private mutating func fault(_ json: JSON, _ path: String, of answer: Script.Answer) -> Script.Ending? {
        let members = members(json, path, keys: ["code", "message", "retry", "retry_after_ms", "after_pieces"])
        let known = CallError.Code.allCases
        let label = string(members["code"], "\(path).code")
        let code = known.first { $0.label == label }
        if json.object != nil, code == nil, label != nil || members["code"] == nil {
            let labels = known.map(\.label).joined(separator: ", ")
            report("\(path).code", "must be one of \(labels)")
        }
        let message = template(members["message"], "\(path).message") ?? Template(plain: "the script says so")
        let after = afterPieces(members["after_pieces"], "\(path).after_pieces", of: answer)
        let retry = bool(members["retry"], "\(path).retry")
        let wait = milliseconds(members["retry_after_ms"], "\(path).retry_after_ms")
        guard let code else { return nil }
        // As a provider would say it: another attempt helps against these, unless half an answer was given.
        let mayHelp = (code == .rateLimited || code == .unavailable) && after == 0
        return .fault(
            Script.Fault(code: code, message: message, retry: retry ?? mayHelp, retryAfter: wait), afterPieces: after)
    }
}
