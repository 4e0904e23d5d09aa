import Caching
import NIOHTTP1
import Orchestration

extension CacheWishes {
    /// `Cache-Control` (RFC 9111, 5.2.1), and `x-jackfield-cache-tags`: up to 16 names of up to 64 bytes, with commas.
    init(_ headers: HTTPHeaders) {
        self.init()
        let control = headers["cache-control"]
        if !control.isEmpty { directives = CacheDirectives(parsing: control.joined(separator: ",")) }
        guard let text = headers.first(name: "x-jackfield-cache-tags") else { return }
        for part in text.split(separator: ",").prefix(16) {
            let tag = part.trimmingSpaces
            if 1...64 ~= tag.utf8.count { tags.append(tag) }
        }
    }
}

extension Substring {
    var trimmingSpaces: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
