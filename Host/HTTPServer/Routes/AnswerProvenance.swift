import NIOHTTP1
import Orchestration

/// The headers that say how a model's answer came to be: who gave it, after how many attempts, and what the cache did.
enum AnswerProvenance {
    static func headers(_ completion: ModelCompletion) -> HTTPHeaders {
        headers(completion.upstream, completion.attempts, completion.cache)
    }

    static func headers(_ embedding: ModelEmbedding) -> HTTPHeaders {
        headers(embedding.upstream, embedding.attempts, embedding.cache)
    }

    private static func headers(_ upstream: String, _ attempts: Int, _ cache: CacheOutcome) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "x-jackfield-upstream": upstream, "x-jackfield-attempts": attempts == 1 ? "1" : String(attempts),
        ]
        if let label = cache.label { headers.add(name: "x-jackfield-cache", value: label) }
        // RFC 9111, 5.1.
        if case .hit(let age) = cache { headers.add(name: "age", value: String(age)) }
        return headers
    }
}
