extension HTTPResponse {
    /// The start of the body of an error. What cannot be read of it is left out: the status says enough.
    ///
    /// - Parameter bound: bytes after which the rest is given up. A piece more may be returned.
    public func errorBody(_ bound: Int = 64 << 10) async -> [UInt8] {
        var body: [UInt8] = []
        while let piece = try? await next() {
            body += piece
            if body.count >= bound {
                cancel()
                break
            }
        }
        return body
    }
}
