/// One block of a PEM file (RFC 7468): what openssl(1) writes keys as.
enum PEMBlock {
    /// The bytes of the one block with this label; nil if there is none, more than one, or another one.
    static func decode(_ file: [UInt8], label: String) -> [UInt8]? {
        let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { line in String(line.drop { $0 == " " || $0 == "\t" }) }
            .map { line in String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
        guard let first = lines.firstIndex(of: "-----BEGIN \(label)-----"),
            let last = lines.firstIndex(of: "-----END \(label)-----"), first < last,
            lines.count(where: { $0.hasPrefix("-----BEGIN ") }) == 1
        else { return nil }
        return Base64.decode(lines[(first + 1)..<last].joined())
    }

    static func encode(_ bytes: [UInt8], label: String) -> String {
        var body = Base64.encode(bytes)[...]
        var text = "-----BEGIN \(label)-----\n"
        while !body.isEmpty {
            text += body.prefix(64) + "\n"
            body = body.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }
}
