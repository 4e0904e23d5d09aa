import Crypto
import JackfieldPlugin
import JackfieldVocabulary

/// Signs requests by AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
struct RequestSigner: Sendable {
    var region: String
    /// The name of the service in the scope of the signature; Bedrock's endpoints all sign as "bedrock".
    var service = "bedrock"

    /// The request with `x-amz-date`, `x-amz-security-token` where the credentials have one, and `authorization`.
    ///
    /// Every header that the request has by now is signed, and `host`, which the host process will send.
    func signed(_ request: HTTPRequest, with credentials: AWSCredentials, at time: UTCTime) -> HTTPRequest {
        let url = RequestSigner.parts(of: request.url)
        var request = request
        request.headers.append(("x-amz-date", time.stamp))
        if let token = credentials.sessionToken { request.headers.append(("x-amz-security-token", token.text)) }
        let canonical = CanonicalRequest(
            method: request.method, target: url.target, headers: request.headers + [("host", url.host)],
            payloadHash: RequestSigner.hexadecimal(SHA256.hash(data: request.body ?? [])))
        let signature = signature(of: stringToSign(canonical, at: time), credentials, at: time)
        let credential = "\(credentials.accessKeyID)/\(scope(at: time))"
        request.headers.append(
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(canonical.signedHeaders), "
                    + "Signature=\(signature)"
            ))
        return request
    }

    func scope(at time: UTCTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

    func stringToSign(_ request: CanonicalRequest, at time: UTCTime) -> String {
        let hash = RequestSigner.hexadecimal(SHA256.hash(data: Array(request.text.utf8)))
        return "AWS4-HMAC-SHA256\n\(time.stamp)\n\(scope(at: time))\n\(hash)"
    }

    func signature(of text: String, _ credentials: AWSCredentials, at time: UTCTime) -> String {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey.text)".utf8))
        for part in [time.day, region, service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        return RequestSigner.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    /// What goes into the `Host` field, written as the host process writes it (RFC 9112, section 3.2: the port only
    /// where it is not the scheme's own), and what goes into the request line.
    static func parts(of url: String) -> (host: String, target: String) {
        let isTLS = url.lowercased().hasPrefix("https://")
        let rest = url.dropFirst(isTLS ? 8 : 7).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(authority.count)
        var host = authority.lowercased()
        let ownPort = isTLS ? ":443" : ":80"
        if host.hasSuffix(ownPort) { host.removeLast(ownPort.count) }
        return (host, tail.hasPrefix("/") ? String(tail) : "/" + tail)
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }
}
