import JackfieldPlugin
import JackfieldVocabulary

/// What a status that is not 2xx means. The host decides by the code, and by `retry`, whether it sends again.
enum ServerError {
    static func meaning(of status: Int) -> UpstreamError {
        let words = "the server answered \(status)"
        return switch status {
        case 400, 413, 422: UpstreamError(.invalidArgument, words)
        case 401: UpstreamError(.unauthenticated, words)
        case 402: UpstreamError(.exhausted, words)
        case 403: UpstreamError(.forbidden, words)
        case 404: UpstreamError(.notFound, words)
        case 409: UpstreamError(.conflict, words)
        case 429: UpstreamError(.rateLimited, words, retry: true)
        case 408, 500...: UpstreamError(.unavailable, words, retry: true)
        default: UpstreamError(.unavailable, words)
        }
    }
}
