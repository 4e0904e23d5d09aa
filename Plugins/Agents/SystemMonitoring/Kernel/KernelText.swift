/// The content of a kernel file: lines of fields between blanks. Bytes, since thousands of them are read for one answer.
struct KernelText {
    let bytes: [UInt8]

    var lines: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "\n")) }
    var fields: [ArraySlice<UInt8>] { bytes[...].fields }

    /// The files of "name value" lines, with or without a colon: meminfo, vmstat, memory.stat, cpu.stat.
    var values: [String: UInt64] {
        var values: [String: UInt64] = [:]
        for line in lines {
            let fields = line.fields
            guard fields.count >= 2, let value = fields[1].unsigned else { continue }
            let name = fields[0].last == UInt8(ascii: ":") ? fields[0].dropLast() : fields[0]
            values[name.text] = value
        }
        return values
    }
}

extension ArraySlice<UInt8> {
    var fields: [ArraySlice<UInt8>] { split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a } }

    /// Decimal digits and nothing else, within 64 bits; otherwise nil.
    var unsigned: UInt64? {
        guard !isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in self {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(byte - 0x30))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    var double: Double? { Double(text) }

    /// As text that may stand in a sentence: names of processes and mounts are chosen by whoever made them.
    var text: String {
        let text = String(decoding: self, as: UTF8.self)
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{fffd}" : $0 }))
    }

    /// Without the octal escapes of mountinfo: "\040" is a blank.
    var unescaped: ArraySlice<UInt8> {
        guard contains(UInt8(ascii: "\\")) else { return self }
        var out: [UInt8] = []
        var at = startIndex
        while at < endIndex {
            if self[at] == UInt8(ascii: "\\"), at + 3 < endIndex,
                let value = UInt8(String(decoding: self[(at + 1)...(at + 3)], as: UTF8.self), radix: 8)
            {
                out.append(value)
                at += 4
            } else {
                out.append(self[at])
                at += 1
            }
        }
        return out[...]
    }
}

/// The growth of a counter; nothing where it was set back.
func growth(_ from: UInt64, _ to: UInt64) -> Double { to > from ? Double(to - from) : 0 }
