import JackfieldVocabulary
import Loading
import Logging
import NIOCore
import NIOHTTP1
import Orchestration

/// POST /v1/embeddings.
struct EmbeddingsRoute: Sendable {
    let router: ModelRouter
    let input: ValidatorChain
    let logger: Logger

    func handle(_ request: ServerRequest, _ response: ResponseWriter) async {
        let decoded: EmbeddingsRequest
        do throws(DialectError) {
            decoded = try EmbeddingsRequest.decode(request.body)
        } catch {
            return ErrorAnswer.send(error, response)
        }
        do throws(CallError) {
            guard router.route(of: decoded.request.model) != nil else {
                return ErrorAnswer.send(DialectError.modelNotFound(decoded.request.model), response)
            }
            let scope = CallScope(request)
            var embedding = decoded.request
            try await input.screen(&embedding.input, scope: scope)
            let answer = try await router.embed(embedding, scope: scope, wishes: CacheWishes(request.headers))
            response.send(
                .ok, contentType: "application/json", headers: AnswerProvenance.headers(answer),
                body: ByteBuffer(
                    bytes: EmbeddingsEncoder.encode(
                        answer.result, model: decoded.request.model, encoding: decoded.encoding)))
        } catch {
            let reason = request.reason(for: error)
            if reason.code != .cancelled {
                logger.warning(
                    "embedding failed",
                    metadata: [
                        "request_id": "\(request.requestID)", "model": "\(decoded.request.model)",
                        "code": "\(reason.code.label)", "reason": "\(reason.message)",
                    ])
            }
            ErrorAnswer.send(reason, request, response)
        }
    }
}

/// GET /v1/models and /v1/models/{id}: the names of the manifest.
struct ModelsRoute: Sendable {
    let router: ModelRouter
    /// Seconds since 1970: when the host was started, since a name of the manifest has no other birthday.
    let created: Int64

    private func model(_ name: String) -> LLM.Model { LLM.Model(id: name, owner: "jackfield", created: created) }

    func list(_ request: ServerRequest, _ response: ResponseWriter) {
        response.send(
            .ok, contentType: "application/json",
            body: ByteBuffer(bytes: ModelsEncoder.list(router.names.map(model))))
    }

    func one(_ id: String, _ request: ServerRequest, _ response: ResponseWriter) {
        let name = id.removingPercentEncoding
        guard router.route(of: name) != nil else {
            return ErrorAnswer.send(DialectError.modelNotFound(name), response)
        }
        response.send(
            .ok, contentType: "application/json", body: ByteBuffer(bytes: ModelsEncoder.model(model(name))))
    }
}

extension String {
    /// RFC 3986, 2.1; what is not a valid escape stays as it is.
    var removingPercentEncoding: String {
        guard contains("%") else { return self }
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
