import Glibc

/// The fuzzer of what a runner says in words: the report that it sends when it has loaded its plugin, and what comes
/// over standard error. An input is one byte that says which, one that decides where the rest is cut, and then the words.
///
/// Called by libFuzzer for every input.
///
/// - Returns: 0, or -1 where the input is not worth to be kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return -1 }
    let words = Array(UnsafeBufferPointer(start: data + 2, count: count - 2))
    if data[0] & 1 == 0 {
        checkReport(words)
    } else {
        checkLines(words, cut: Int(data[1]) + 1)
    }
    return 0
}

/// A sentence, and the end.
func fail(_ sentence: String) -> Never {
    var sentence = "The words: \(sentence).\n"
    sentence.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}
