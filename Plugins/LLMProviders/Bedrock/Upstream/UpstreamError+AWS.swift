import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension UpstreamError {
    /// An answer of AWS whose status is not 2xx (Bedrock API Reference, "Common errors", and those of each operation).
    ///
    /// - Parameter now: seconds since 1970 by this machine's clock.
    init(aws head: HTTPHead, body: [UInt8], now: Int64) {
        let json = try? JSON(parsing: body)
        let envelope = ErrorEnvelope(body: body)
        let given = head.header("x-amzn-errortype") ?? json?["__type"]?.string ?? envelope.code
        let name = UpstreamError.exceptionName(given)
        let words = envelope.message ?? ""
        if UpstreamError.isAboutTheClock(name, words) {
            self = .clock(head.header("date").flatMap { RetryAfter.seconds(ofDate: $0) }.map { now - $0 })
        } else {
            self = UpstreamError.meaning(ofException: name, words) ?? .meaning(ofAWSStatus: head.status)
        }
        if !name.isEmpty, name.utf8.count <= 64, name.isHeaderName { explanation += ", \(name)" }
        detail = words
        add(head, now: now)
    }

    /// A message of a stream that is an exception or an error, not an event.
    init(inStream message: EventStreamMessage) {
        let json = try? JSON(parsing: message.payload)
        let given = message.text(":exception-type") ?? message.text(":error-code") ?? ""
        let name = UpstreamError.exceptionName(given)
        let words = json?["message"]?.string ?? json?["Message"]?.string ?? message.text(":error-message") ?? ""
        self =
            UpstreamError.meaning(ofException: name, words)
            ?? UpstreamError(.unavailable, "the upstream failed", retry: true)
        if !name.isEmpty, name.utf8.count <= 64, name.isHeaderName { explanation += ", \(name)" }
        explanation += ", said in the middle of the stream"
        detail = [words, json?["originalMessage"]?.string ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// "ThrottlingException" of "com.amazon.coral#ThrottlingException:http://…"; streams begin it with a small letter.
    private static func exceptionName(_ text: String) -> String {
        let name = text.prefix { $0 != ":" }.split(separator: "#").last ?? ""
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    private static func isAboutTheClock(_ name: String, _ words: String) -> Bool {
        switch name {
        case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture": true
        case "InvalidSignatureException", "SignatureDoesNotMatch", "AccessDeniedException":
            words.contains("Signature expired") || words.contains("Signature not yet current")
        default: false
        }
    }

    /// - Parameter ahead: seconds by which this machine's clock is ahead of AWS's, where AWS gave its time.
    private static func clock(_ ahead: Int64?) -> UpstreamError {
        var words = "differs too much from AWS's"
        // A smaller difference is not what AWS complains of: it allows five minutes.
        if let ahead, abs(ahead) >= 60 { words = "is \(abs(ahead)) seconds \(ahead > 0 ? "ahead of" : "behind") AWS's" }
        return UpstreamError(
            .unauthenticated, "AWS refused the signature's time: the clock of this machine \(words); set it, as by NTP")
    }

    private static func meaning(ofException name: String, _ words: String) -> UpstreamError? {
        let lower = words.lowercased()
        switch name {
        case "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded",
            "ProvisionedThroughputExceededException":
            if lower.contains("per day") {
                return UpstreamError(.exhausted, "the day's quota of the AWS account is used up")
            }
            return UpstreamError(.rateLimited, "AWS limits the rate", retry: true)
        case "ServiceQuotaExceededException", "LimitExceededException":
            return UpstreamError(.exhausted, "a quota of the AWS account is used up")
        case "AccessDeniedException", "AccessDenied":
            // What a wrong API key is answered with.
            if lower.contains("authentication failed") || lower.contains("api key") || lower.contains("bearer token") {
                return UpstreamError(.unauthenticated, "AWS refused the provider's API key; see bearer_token")
            }
            return UpstreamError(
                .forbidden,
                "AWS does not allow this to the provider's credentials; see their policy and the model access")
        case "ExpiredTokenException", "ExpiredToken":
            return UpstreamError(.unauthenticated, "the provider's temporary AWS credentials have ended", retry: true)
        case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException",
            "IncompleteSignatureException", "IncompleteSignature", "SignatureDoesNotMatch",
            "MissingAuthenticationTokenException", "MissingAuthenticationToken", "NotAuthorizedException",
            "UnauthorizedException":
            return UpstreamError(
                .unauthenticated, "AWS refused the provider's credentials; see access_key_id and the other places")
        case "ValidationException", "ValidationError":
            if lower.contains("content filter") || lower.contains("blocked by") {
                return UpstreamError(.refused, "the upstream's content filter refused the request")
            }
            return UpstreamError(.invalidArgument, "Bedrock rejected the request")
        case "ResourceNotFoundException", "UnknownOperationException":
            return UpstreamError(.notFound, "Bedrock has no such model in this region; see the model's id and region")
        case "ModelNotReadyException":
            return UpstreamError(.unavailable, "the model is not ready yet", retry: true)
        case "ModelTimeoutException":
            return UpstreamError(.unavailable, "the model took too long", retry: true)
        case "ModelErrorException", "ModelStreamErrorException":
            return UpstreamError(.unavailable, "the model failed", retry: true)
        case "ServiceUnavailableException", "ServiceUnavailable":
            return UpstreamError(.unavailable, "Bedrock is overloaded", retry: true)
        case "InternalServerException", "InternalFailure":
            return UpstreamError(.unavailable, "Bedrock failed", retry: true)
        case "ConflictException": return UpstreamError(.conflict, "Bedrock reports a conflict", retry: true)
        default: return nil
        }
    }

    /// Where the answer names no exception: gateways and private endpoints.
    private static func meaning(ofAWSStatus status: Int) -> UpstreamError {
        switch status {
        case 401:
            UpstreamError(
                .unauthenticated, "the upstream refused the provider's credentials; see access_key_id and bearer_token")
        case 403: UpstreamError(.forbidden, "the upstream does not allow this to the provider's credentials")
        case 404:
            UpstreamError(.notFound, "the upstream has no such model or path; see the model's id, region and base_url")
        case 424: UpstreamError(.unavailable, "the model failed", retry: true)
        default: UpstreamError.meaning(ofStatus: status)
        }
    }
}
