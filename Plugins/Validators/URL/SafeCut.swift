/// Where a text may be cut so that each side, looked at alone, holds the same URLs as the whole.
enum SafeCut {
    /// The last such place in text that will go on.
    ///
    /// White space ends every URL and no link reaches over it. Quotes, angle brackets and braces end one as well; the cut
    /// is before them, since a quote may begin a link. Where no colon, no escape and no two slashes stand since the last end, nothing
    /// that could be a URL is in progress but its scheme, which is made of letters, digits and `+-.`.
    static func last(in source: [UInt8]) -> Int {
        var cut = 0
        var isQuiet = true
        for (index, byte) in source.enumerated() {
            if byte <= 0x20 {
                cut = index + 1
                isQuiet = true
            } else if ends[byte] {
                if index == 0 || !opens[source[index - 1]] { cut = index }
                isQuiet = true
            } else if rouses[byte] || byte == UInt8(ascii: "/") && index > 0 && source[index - 1] == byte {
                isQuiet = false
            } else if isQuiet, !joins[byte] {
                // After the whole of a character.
                let next = index + 1
                if byte < 0x80 || next == source.count || source[next] & 0xC0 != 0x80 { cut = next }
            }
        }
        return cut
    }

    private static let ends = ByteSet("\"'<>`{}|^")
    /// Together with what follows they say that a link begins.
    private static let opens = ByteSet("=(")
    private static let rouses = ByteSet(":&%\\")
    private static let joins = ByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._=()[]/")
}
