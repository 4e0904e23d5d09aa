package import JackfieldVocabulary

/// What a kept answer is found by: SHA-256 over everything that the answer depends on.
///
/// Two requests with one meaning have one key: the order of JSON members, white space and the spelling of numbers do
/// not count. Neither do `stream`, `user`, `stream_options`, `safety_identifier` and `prompt_cache_key`, which change
/// how an answer travels and who pays for it, but not what it says. Everything else counts, images with each of their
/// bytes.
///
/// The request must be the one that went through the input validators, with the model's name as the client wrote it: a
/// key of an unscreened text would give the answer to what the validators took out.
package struct CacheKey: Sendable, Hashable, CustomStringConvertible {
    let words: SIMD4<UInt64>

    init(words: SIMD4<UInt64>) { self.words = words }

    /// - Parameter tenant: Whose answers these are; tenants never see each other's. Nil: the host has no tenants.
    package init(_ request: LLM.CompletionRequest, tenant: String?) {
        var hash = KeyHash(method: .complete, tenant: tenant, model: request.model)
        hash.add(request)
        words = hash.finish()
    }

    package init(_ request: LLM.EmbeddingRequest, tenant: String?) {
        var hash = KeyHash(method: .embed, tenant: tenant, model: request.model)
        hash.add(request)
        words = hash.finish()
    }

    /// The hash again would say nothing new: a part of a good one is as good.
    package func hash(into hasher: inout Hasher) { hasher.combine(words.x) }

    package static func == (left: CacheKey, right: CacheKey) -> Bool { left.words == right.words }

    /// 64 hexadecimal digits.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for index in 0..<4 {
            for shift in stride(from: 60, through: 0, by: -4) { text.append(digits[Int(words[index] >> shift & 15)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// From its description; nil for anything else.
    package init?(_ description: some StringProtocol) {
        guard description.utf8.count == 64 else { return nil }
        var words = SIMD4<UInt64>()
        for (index, byte) in description.utf8.enumerated() {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            words[index / 16] = words[index / 16] << 4 | UInt64(digit)
        }
        self.words = words
    }
}

/// The method of `jackfield.llm` that an answer came from.
package enum CachedMethod: UInt8, Sendable, Hashable {
    case complete = 1
    case embed = 2
}
