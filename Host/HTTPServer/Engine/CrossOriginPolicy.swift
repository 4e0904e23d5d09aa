/// Which web pages may read answers (CORS, WHATWG Fetch).
package enum CrossOriginPolicy: Sendable, Equatable {
    /// No page of another origin; the engine adds nothing and `OPTIONS` goes to the application.
    case none
    /// Every page.
    case any
    /// Pages of these origins, compared byte for byte: `https://console.example`.
    case origins(Set<String>)

    /// The value of `access-control-allow-origin` for a request's `origin`, or nil if the page may not read.
    func allowed(_ origin: String) -> String? {
        switch self {
        case .none: nil
        case .any: "*"
        case .origins(let list): list.contains(origin) ? origin : nil
        }
    }

    /// Whether answers differ by origin, which caches must know.
    var varies: Bool {
        if case .origins = self { true } else { false }
    }
}
