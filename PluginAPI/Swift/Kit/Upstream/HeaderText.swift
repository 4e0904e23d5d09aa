extension String {
    /// RFC 9110, section 5.6.2: a token.
    public var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Visible ASCII, spaces and tabs: nothing that could end a header.
    public var isHeaderValue: Bool { utf8.allSatisfy { $0 == 0x09 || (0x20...0x7e).contains($0) } }

    /// Without the white space at both ends: keys that are read from files often end with a line break.
    public var withoutSpaceAround: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let text = utf8.drop(while: isSpace)
        guard let last = text.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(self[text.startIndex...last])
    }
}
