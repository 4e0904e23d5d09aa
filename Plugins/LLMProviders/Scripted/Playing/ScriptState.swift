package import JackfieldVocabulary
import Synchronization

/// The script, and how often each of its rules was met: what `times`, `after` and `{{count}}` count with.
///
/// For all threads. Requests at the same time are counted in the order in which they come here.
package final class ScriptState: Sendable {
    /// What one request gets to see.
    package struct Scene: Sendable, Hashable {
        /// The name of the rule that answers.
        package var rule: String
        package var steps: [ScriptStep]
    }

    package let script: Script
    /// For each rule: how many requests have fitted that no earlier rule took.
    private let met: Mutex<[Int]>

    package init(_ script: Script) {
        self.script = script
        met = Mutex(Array(repeating: 0, count: script.rules.count))
    }

    /// What happens for this request; it counts.
    ///
    /// - Throws: `notFound` for a model that the script does not name, and where no rule fits; `unsupported` for more
    ///   than one choice.
    package func scene(for request: LLM.CompletionRequest) throws(CallError) -> Scene {
        try check(model: request.model)
        guard request.choices ?? 1 <= 1 else {
            throw CallError(.unsupported, "a script has one answer to a request; ask for n = 1")
        }
        // Which rules fit is looked up outside of the lock: a regular expression takes its time.
        let fitting = script.rules.indices.filter { script.rules[$0].condition.fits(request) }
        let chosen = met.withLock { met -> (rule: Int, count: Int)? in
            for index in fitting {
                met[index] += 1
                let count = met[index] - script.rules[index].after
                if count >= 1, count <= script.rules[index].times ?? .max { return (index, count) }
            }
            return nil
        }
        guard let chosen else {
            let input = request.input
            let shown = input.count > 80 ? input.prefix(80) + "…" : input[...]
            throw CallError(.notFound, "no rule of the script fits the model \"\(request.model)\" and \"\(shown)\"")
        }
        let rule = script.rules[chosen.rule]
        return Scene(rule: rule.name, steps: rule.steps(for: request, count: chosen.count))
    }

    package func check(model: String) throws(CallError) {
        guard script.models.contains(model) else {
            throw CallError(
                .notFound,
                "the script has no model \"\(model)\"; it has \(script.models.joined(separator: ", "))")
        }
    }
}
