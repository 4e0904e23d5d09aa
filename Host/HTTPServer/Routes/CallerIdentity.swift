import Crypto
import NIOHTTP1

/// Who asks, as far as a request says. Nothing of it is proved as long as the host gives out no keys of its own: budgets
/// and tenants of the cache hold for clients that are honest, or stand behind a gateway that sets these headers.
enum CallerIdentity {
    /// A name for the key in `Authorization` (RFC 6750) or `x-api-key`: the first 32 hexadecimal digits of its
    /// SHA-256, so that the key itself is kept nowhere.
    static func key(_ headers: HTTPHeaders) -> String? {
        var key: Substring
        if let authorization = headers.first(name: "authorization") {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            // Another scheme names somebody too: with its name, so that no two schemes meet.
            let isBearer = parts.count == 2 && parts[0].lowercased() == "bearer"
            key = isBearer ? parts[1] : authorization[...]
        } else if let given = headers.first(name: "x-api-key") {
            key = given[...]
        } else {
            return nil
        }
        guard !key.isEmpty else { return nil }
        let digest = key.withUTF8 { SHA256.hash(data: $0) }
        let digits = Array("0123456789abcdef".utf8)
        var name = Array("key-".utf8)
        for byte in digest.prefix(16) { name += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: name, as: UTF8.self)
    }

    /// `x-jackfield-user`: 1 to 128 visible characters. `user` in a request to /v1 counts more.
    static func user(_ headers: HTTPHeaders) -> String? {
        guard let user = headers.first(name: "x-jackfield-user"), 1...128 ~= user.utf8.count,
            user.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        return user
    }
}
