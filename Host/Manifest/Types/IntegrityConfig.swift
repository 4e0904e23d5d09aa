/// Which plugins' files are trusted. A plugin's own `sha256` counts beside it.
package struct IntegrityConfig: Sendable, Hashable {
    package var policy = Policy.verify
    /// Trusted public keys by a name of the operator's choice.
    package var keys: [TrustedKeyName: TrustedKeyText] = [:]

    package enum Policy: String, Sendable, Hashable, CaseIterable {
        /// Every plugin must be signed by one of the keys.
        case require
        /// A signature that is there must be good, where there are keys to check it with.
        case verify
        /// Signatures are not looked at.
        case off
    }

    package init() {}
}

/// The name of a trusted key: a key in `integrity.keys`.
package struct TrustedKeyName: Identifier {
    package static let noun = "a key's name"
    package static let rule = "1 to 63 of a-z, 0-9 and \"-\", not starting or ending with \"-\""
    package static let pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { Characters.isLabel(text) }
}

/// An Ed25519 public key as text: `ed25519:` and 32 bytes in Base64 (RFC 4648, section 4).
package struct TrustedKeyText: Identifier {
    package static let noun = "a public key"
    package static let rule = "\"ed25519:\" and 32 bytes in Base64, as `jackfield plugin sign` prints it"
    // 256 bits are 42 characters, and one of which the last two bits are zero.
    package static let pattern = "^ed25519:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        let body = Array(text.utf8.dropFirst(8))
        return text.hasPrefix("ed25519:") && body.count == 44 && body[43] == UInt8(ascii: "=")
            && "AEIMQUYcgkosw048".utf8.contains(body[42])
            && body[..<43].allSatisfy { Characters.isWord($0) && $0 != UInt8(ascii: "_") || "+/".utf8.contains($0) }
    }
}
