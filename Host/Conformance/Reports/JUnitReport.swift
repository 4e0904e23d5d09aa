/// The report as JUnit XML, in the form that CI systems read: one suite for each group, one case for each check.
enum JUnitReport {
    static func write(_ results: [CheckResult], subject: Subject, words: CommandWords) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites name=\"\(escaped(subject.id))\" \(counts(results))>\n"
        for group in CheckGroup.allCases {
            let own = results.filter { $0.check.group == group }
            guard !own.isEmpty else { continue }
            text += "  <testsuite name=\"\(escaped(subject.id)).\(group.rawValue)\" \(counts(own))>\n"
            for result in own {
                text += "    <testcase classname=\"\(escaped(subject.id)).\(group.rawValue)\" "
                text += "name=\"\(escaped(result.check.id))\" time=\"\(result.seconds)\""
                switch result.verdict {
                case .passed: text += "/>\n"
                case .skipped: text += "><skipped message=\"\(escaped(result.sentence))\"/></testcase>\n"
                case .failed:
                    let lines =
                        [result.check.sentence] + result.evidence + [
                            "More: jackfield plugin check --page \(result.check.id)"
                        ]
                        + ["Again: \(words.again(result))"]
                    text += "><failure type=\"\(escaped(result.check.id))\" message=\"\(escaped(result.sentence))\">"
                    text += "\(escaped(lines.joined(separator: "\n")))</failure></testcase>\n"
                }
            }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private static func counts(_ results: [CheckResult]) -> String {
        let failed = results.count { $0.verdict == .failed }
        let skipped = results.count { $0.verdict == .skipped }
        let time = CheckResult.seconds(of: results)
        return "tests=\"\(results.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"\(skipped)\" time=\"\(time)\""
    }

    /// As text and as the value of an attribute. What XML 1.0 allows in no form (section 2.2) becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\r": result += "&#13;"
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}

extension CheckResult {
    /// Of all together.
    static func seconds(of results: [CheckResult]) -> String {
        guard var sum = results.first else { return "0.000" }
        sum.duration = results.reduce(0) { $0 + $1.duration }
        return sum.seconds
    }
}
