extension CallExpression {
    /// `zError(code)`, `sqlite3_column_bytes(statement, column)`: a name and arguments of this call.
    ///
    /// - Throws: with what would be right.
    static func parse(_ text: String, _ declaration: Declaration) throws(SignatureError) -> CallExpression {
        let tokens = try SignatureToken.tokens(text).map(\.token)
        guard case .word(let symbol) = tokens.first, tokens.count >= 3, tokens[1] == .sign("("),
            tokens.last == .sign(")")
        else {
            throw SignatureError("\"\(text)\" is no call like zError(code) or sqlite3_errmsg(db)")
        }
        var sources: [Source] = []
        for (place, token) in tokens[2..<(tokens.count - 1)].enumerated() {
            guard place % 2 == 0 else {
                guard token == .sign(",") else { throw SignatureError("\",\" should stand for \"\(token.text)\"") }
                continue
            }
            guard case .word(let name) = token else {
                throw SignatureError("\"\(token.text)\" is neither code nor a parameter")
            }
            sources.append(try source(name, declaration))
        }
        return CallExpression(symbol: symbol, arguments: sources)
    }

    private static func source(_ name: String, _ declaration: Declaration) throws(SignatureError) -> Source {
        if let index = declaration.index(of: name) {
            // What stands behind an out-parameter is meant, not the pointer to it.
            switch declaration.parameters[index].type {
            case .scalar, .named, .handle, .pointer(.handle, _), .pointer(.scalar, _): return .parameter(index)
            default: throw SignatureError("\(name) can not be passed on: numbers and handles can")
            }
        }
        guard name == "code" else {
            let known = declaration.parameters.map(\.name).joined(separator: ", ")
            throw SignatureError("\"\(name)\" is neither code, which is what the function returns, nor one of \(known)")
        }
        guard declaration.result.scalar != nil else {
            throw SignatureError("code is what the function returns, and it returns no number")
        }
        return .code
    }
}
