import CJackfield
import Crypto
import JackfieldVocabulary

/// An answer as one record on the disk: a version, a checksum over key and content, the fields.
///
/// A record that another release wrote, that was damaged, or that belongs to another key is not read; the answer is
/// then made anew. The payloads are checked against their layouts as if a plugin had sent them.
enum ResponseRecord {
    /// Rises when the form changes.
    static let version: UInt8 = 1
    private static let checksumBytes = 16

    static func encode(_ response: CachedResponse, _ key: CacheKey, expiresAt: Int64) -> [UInt8] {
        var body = RecordWriter(reserving: response.bytes)
        body.number(response.method.rawValue)
        body.number(response.storedAt)
        body.number(expiresAt)
        body.text(response.model)
        body.text(response.tenant)
        body.text(response.upstream)
        body.texts(response.tags)
        body.data(response.result)
        body.number(UInt32(response.events.count))
        for event in response.events {
            body.number(event.event)
            body.data(event.payload)
        }
        return [version] + checksum(body.bytes[...], key) + body.bytes
    }

    static func decode(_ bytes: [UInt8], _ key: CacheKey) -> (response: CachedResponse, expiresAt: Int64)? {
        guard bytes.first == version, bytes.count > 1 + checksumBytes else { return nil }
        let content = bytes[(1 + checksumBytes)...]
        guard bytes[1..<1 + checksumBytes].elementsEqual(checksum(content, key)) else { return nil }
        var reader = RecordReader(content)
        guard let method = reader.number(UInt8.self).flatMap({ CachedMethod(rawValue: $0) }),
            let contract = MethodContract(JACKFIELD_LLM, revision: 1, method: method.number),
            let storedAt = reader.time(), let expiresAt = reader.time(), let model = reader.text(),
            let tenant = reader.optionalText(), let upstream = reader.optionalText(), let tags = reader.texts(),
            let result = reader.data(), let count = reader.number(UInt32.self),
            result.withUnsafeBytes({ contract.fault(result: jackfield_view($0)) }) == nil
        else { return nil }
        var events: [CallMailbox.Event] = []
        for _ in 0..<count {
            guard let event = reader.number(UInt32.self), let payload = reader.data(),
                payload.withUnsafeBytes({ contract.fault(event: event, jackfield_view($0)) }) == nil
            else { return nil }
            events.append((event: event, payload: payload))
        }
        guard reader.isAtEnd else { return nil }
        let response = CachedResponse(
            method: method, events: events, result: result, upstream: upstream, model: model, tenant: tenant,
            tags: tags, storedAt: storedAt)
        return (response, expiresAt)
    }

    /// Against decay, not against people who can write to the disk.
    private static func checksum(_ content: ArraySlice<UInt8>, _ key: CacheKey) -> [UInt8] {
        var hasher = SHA256()
        withUnsafeBytes(of: key.words) { hasher.update(bufferPointer: $0) }
        content.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return Array(hasher.finalize().prefix(checksumBytes))
    }
}

extension CachedMethod {
    /// The method's number in llm.h.
    var number: UInt32 {
        switch self {
        case .complete: UInt32(JACKFIELD_LLM_COMPLETE)
        case .embed: UInt32(JACKFIELD_LLM_EMBED)
        }
    }
}
