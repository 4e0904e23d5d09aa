import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the answer of `/api/tags`: the models that were pulled.
package enum ModelListDecoder {
    /// In the order of the upstream; entries without a name are left out.
    ///
    /// - Throws: `UpstreamError`, `unavailable` if this is no list of models.
    package static func decode(_ body: [UInt8]) throws(UpstreamError) -> [LLM.Model] {
        guard let json = try? JSON(parsing: body) else {
            throw .rubbish("the upstream's list of models is not JSON; see base_url")
        }
        guard let entries = json["models"]?.array else {
            if let error = json["error"], !error.isNull { throw UpstreamError(inAnswer: json, model: nil) }
            throw .rubbish("the upstream's list of models has no member \"models\"; see base_url")
        }
        return entries.compactMap { entry in
            let name = entry["name"]?.string ?? entry["model"]?.string ?? ""
            guard !name.isEmpty else { return nil }
            return LLM.Model(
                id: name, owner: owner(of: name),
                created: entry["modified_at"]?.string.flatMap { Timestamp.seconds($0) } ?? 0)
        }
    }

    /// The namespace of a name such as "example/model:tag"; models of the public library have none.
    private static func owner(of name: String) -> String {
        let path = name.split(separator: "/")
        return path.count > 1 ? String(path[path.count - 2]) : "library"
    }
}

/// A date and time as Ollama writes it (RFC 3339): "2025-10-03T23:34:03.409490317-07:00".
enum Timestamp {
    /// Seconds since 1970, the fraction cut off; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        func number(_ from: Int, _ count: Int) -> Int64? {
            guard from + count <= bytes.count else { return nil }
            let digits = bytes[from..<from + count]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2), (1...12).contains(month), (1...31).contains(day),
            hour < 24, minute < 60, second <= 60,
            [4, 7, 10, 13, 16].map({ bytes[$0] }).elementsEqual("--T::".utf8)
        else { return nil }
        let zone = bytes[19...].drop { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
        guard let offset = offset(Array(zone)) else { return nil }
        return days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// Seconds that the zone is ahead of UTC.
    private static func offset(_ zone: [UInt8]) -> Int64? {
        if zone == [UInt8(ascii: "Z")] || zone == [UInt8(ascii: "z")] { return 0 }
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
            zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
            let hours = Int64(String(decoding: zone[1...2], as: UTF8.self)),
            let minutes = Int64(String(decoding: zone[4...5], as: UTF8.self))
        else { return nil }
        return (zone[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Days from 1 January 1970, in the Gregorian calendar. Years begin in March here, so that leap days come last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
