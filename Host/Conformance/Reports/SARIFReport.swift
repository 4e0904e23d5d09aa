import JackfieldJSON

/// The report as SARIF 2.1.0 (OASIS): every check is a rule, every failure a result at the plugin's library.
enum SARIFReport {
    static func write(_ results: [CheckResult], subject: Subject, words: CommandWords, version: String) -> String {
        let rules = results.map { result -> JSON in
            [
                "id": .string(result.check.id), "name": .string(result.check.id),
                "shortDescription": ["text": .string(result.check.sentence)],
                "fullDescription": ["text": .string(result.check.why)],
                "help": ["text": .string(result.check.mend)],
                "properties": ["group": .string(result.check.group.rawValue)],
            ]
        }
        let failures = results.enumerated().filter { $0.element.verdict == .failed }.map { index, result -> JSON in
            let text = ([result.sentence] + result.evidence).joined(separator: "\n")
            return [
                "ruleId": .string(result.check.id), "ruleIndex": JSON(index), "level": "error",
                "message": ["text": .string(text.isEmpty ? result.check.sentence : text)],
                "locations": [
                    ["physicalLocation": ["artifactLocation": ["uri": .string(uri(subject.library))]]]
                ],
                "properties": ["again": .string(words.again(result))],
            ]
        }
        let report: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "jackfield plugin check", "version": .string(version), "rules": .array(rules),
                        ]
                    ],
                    "results": .array(failures),
                ]
            ],
        ]
        return report.text + "\n"
    }

    /// A path as a file URI (RFC 8089): what is not unreserved or a slash is percent-encoded.
    static func uri(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var uri = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default: uri += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return uri
    }
}
