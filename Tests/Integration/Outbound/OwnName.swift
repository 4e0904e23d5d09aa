import Glibc

/// The name of this machine, where it leads to the machine itself or to its own network, as it does nearly everywhere:
/// the one name that needs no name server, and that no operator means by writing it into a grant.
enum OwnName {
    static let special: (name: String, address: String)? = {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return nil }
        let name = bytes.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }.lowercased()
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard name != "localhost", getaddrinfo(name, nil, &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        // All of them: a public one beside them would be taken.
        var addresses: [String] = []
        var next: UnsafeMutablePointer<addrinfo>? = found
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: 64)
            getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            addresses.append(text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
            next = entry.ai_next
        }
        let isOwn = addresses.allSatisfy { address in
            ["127.", "10.", "192.168.", "fd", "::1"].contains { address.hasPrefix($0) }
                || address.hasPrefix("172.") && (16...31).contains(Int(address.split(separator: ".")[1]) ?? 0)
        }
        return isOwn ? addresses.last.map { (name, $0) } : nil
    }()
}
