internal import Glibc

/// An error number of the kernel, in words.
enum ErrorNumber {
    static func text(_ number: Int32) -> String {
        guard let words = strerror(number) else { return "error \(number)" }
        return String(cString: words)
    }
}
