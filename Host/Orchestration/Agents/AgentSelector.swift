import Glibc
package import JackfieldVocabulary

/// Chooses agents for a question by what they say they can do, in a way that can be explained.
///
/// Every capability is a small document: its keywords, and the words of its description and examples. A question scores
/// by the words that it shares, each weighted by how rare it is among all capabilities (inverse document frequency,
/// Sparck Jones 1972), so that a word that every agent claims decides nothing. Keywords count three times a word of the
/// description, and keywords of several words must occur together.
package struct AgentSelector: Sendable {
    package struct Candidate: Sendable {
        package let id: String
        package let description: Agent.Description

        package init(id: String, description: Agent.Description) {
            self.id = id
            self.description = description
        }
    }

    package struct Choice: Sendable, Hashable {
        package let id: String
        /// 0 to 1: the share of the question's weight that this agent covers.
        package let score: Double
        /// One sentence that says what decided.
        package let why: String
    }

    private struct Profile: Sendable {
        let id: String
        /// The capability that a phrase stands for, and how much it counts.
        var phrases: [[String]: (capability: String, weight: Double)] = [:]
    }

    private let profiles: [Profile]
    private let rarity: [[String]: Double]

    package init(_ candidates: [Candidate]) {
        var profiles: [Profile] = []
        var holders: [[String]: Set<String>] = [:]
        for candidate in candidates {
            var profile = Profile(id: candidate.id)
            func add(_ phrase: [String], _ capability: String, _ weight: Double) {
                guard !phrase.isEmpty else { return }
                if let known = profile.phrases[phrase], known.weight >= weight { return }
                profile.phrases[phrase] = (capability, weight)
                holders[phrase, default: []].insert(candidate.id)
            }
            for capability in candidate.description.capabilities {
                for keyword in capability.keywords { add(Words.of(keyword), capability.id, 3) }
                for text in [capability.description] + capability.examples {
                    for word in Words.of(text) where !Words.common.contains(word) { add([word], capability.id, 1) }
                }
            }
            profiles.append(profile)
        }
        self.profiles = profiles
        let count = Double(max(1, candidates.count))
        rarity = holders.mapValues { 1 + (count / Double($0.count)).logarithm }
    }

    /// The agents whose share of the question reaches `threshold` (0 to 1) and half of the best one's, best first.
    package func choose(for question: String, atMost limit: Int, threshold: Double) -> [Choice] {
        let words = Words.of(question)
        let meaningful = Double(words.filter { !Words.common.contains($0) }.count)
        guard meaningful > 0 else { return [] }
        let scored = profiles.compactMap { profile -> Choice? in
            var score = 0.0
            var matched: [String: [String]] = [:]
            for (phrase, entry) in profile.phrases where words.contains(phrase: phrase) {
                score += entry.weight * (rarity[phrase] ?? 1) * Double(phrase.count)
                matched[entry.capability, default: []].append(phrase.joined(separator: " "))
            }
            guard score > 0 else { return nil }
            // One keyword for each word of the question would be full cover.
            let share = min(1, score / (3 * meaningful))
            let reasons = matched.sorted { $0.key < $1.key }.map { capability, phrases in
                "\(capability) (\(phrases.sorted().map { "\"\($0)\"" }.joined(separator: ", ")))"
            }
            return Choice(
                id: profile.id, score: share,
                why: "the question matches \(reasons.joined(separator: ", ")); score \((share * 100).rounded() / 100)")
        }
        .sorted { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
        guard let best = scored.first else { return [] }
        return Array(scored.filter { $0.score >= max(threshold, best.score / 2) }.prefix(limit))
    }
}

/// Text as words that can be compared: lower case, without punctuation, plural endings taken off.
enum Words {
    /// Words that say nothing about what a question is about.
    static let common: Set<String> = [
        "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "do", "doe", "for",
        "from", "give",
        "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "much", "my", "of", "on", "or", "our", "please",
        "show",
        "tell", "than", "that", "the", "there", "thi", "this", "to", "too", "us", "wa", "was", "we", "what", "when",
        "where",
        "which", "who", "why", "will", "with", "would", "you", "your",
    ]

    static func of(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map { word in
            // "disks" and "disk" are one word, "process" and "status" are not plurals.
            if word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is")
            {
                return String(word.dropLast(word.hasSuffix("sses") ? 2 : 1))
            }
            return String(word)
        }
    }
}

extension [String] {
    fileprivate func contains(phrase: [String]) -> Bool {
        guard phrase.count <= count else { return false }
        return (0...(count - phrase.count)).contains { self[$0..<($0 + phrase.count)].elementsEqual(phrase) }
    }
}

extension Double {
    fileprivate var logarithm: Double { log(self) }
}
