/// Reads C declarations: prototypes of functions, and the fields of structures.
///
/// It knows the part of the language that signatures of libraries need (C17, 6.7): qualifiers, the types of
/// `TypeTable`, pointers, arrays of a fixed count. Before a parameter may stand `out` or `inout`, which C does not have.
package struct SignatureParser {
    private let types: TypeTable
    private let tokens: [(token: SignatureToken, at: Int)]
    private var at = 0

    private init(_ text: String, _ types: TypeTable) throws(SignatureError) {
        self.types = types
        tokens = try SignatureToken.tokens(text)
    }

    /// `double pow(double base, double exponent)`
    package static func function(_ text: String, _ types: TypeTable) throws(SignatureError) -> Declaration {
        var parser = try SignatureParser(text, types)
        return try parser.function()
    }

    /// `int quot; int rem`
    package static func fields(
        _ text: String, _ types: TypeTable
    ) throws(SignatureError) -> [(name: String, type: CType)] {
        var parser = try SignatureParser(text, types)
        return try parser.fields()
    }

    /// `unsigned long`
    package static func type(_ text: String, _ types: TypeTable) throws(SignatureError) -> CType {
        var parser = try SignatureParser(text, types)
        let base = try parser.base()
        let type = try parser.pointers(to: base)
        guard parser.isAtEnd else { throw parser.wrong("nothing may follow the type") }
        return type
    }

    // MARK: Functions

    private mutating func function() throws(SignatureError) -> Declaration {
        let base = try base()
        let result = try pointers(to: base)
        let name = try name("the function's name")
        guard take("(") else { throw wrong("\"(\" should follow the function's name \(name)") }
        var declaration = Declaration(name: name, result: result, parameters: [], fixedCount: nil)
        if peek == .word("void"), at + 1 < tokens.count, tokens[at + 1].token == .sign(")") { at += 1 }
        while !take(")") {
            if !declaration.parameters.isEmpty || declaration.fixedCount != nil {
                guard take(",") else { throw wrong("\",\" or \")\" should follow a parameter") }
            }
            if take("...") {
                guard declaration.fixedCount == nil else { throw wrong("\"...\" stands twice") }
                guard !declaration.parameters.isEmpty else { throw wrong("a parameter must stand before \"...\"") }
                declaration.fixedCount = declaration.parameters.count
                continue
            }
            let parameter = try parameter()
            guard declaration.index(of: parameter.name) == nil else {
                throw wrong("two parameters are called \(parameter.name)")
            }
            declaration.parameters.append(parameter)
        }
        _ = take(";")
        guard isAtEnd else { throw wrong("nothing may follow the signature") }
        if case .array = result { throw SignatureError("a function returns no array") }
        return declaration
    }

    private mutating func parameter() throws(SignatureError) -> Declaration.Parameter {
        var direction = Declaration.Direction.unsaid
        if let word = peekWord, let said = Declaration.Direction(rawValue: word), said != .unsaid {
            direction = said
            at += 1
        }
        let base = try base()
        var type = try pointers(to: base)
        if case .sign("(") = peek {
            throw wrong(
                "pointers to functions are not supported, since there is nobody to call back: if null will do, "
                    + "declare the parameter as void * and give it the value null")
        }
        let name = try name("the name of a parameter of type \(type.spelling): results and arguments are known by it")
        var count: Int?
        if take("[") {
            if case .number(let number) = peek {
                at += 1
                count = number
            }
            guard take("]") else { throw wrong("\"]\" should follow the count of \(name)") }
            // What C makes of an array that is a parameter.
            type = .pointer(type, isConst: base.isConst)
        }
        guard type != .void else { throw wrong("\(name) has the type void") }
        return .init(name: name, type: type, direction: direction, count: count)
    }

    // MARK: Structures

    private mutating func fields() throws(SignatureError) -> [(name: String, type: CType)] {
        var fields: [(name: String, type: CType)] = []
        while !isAtEnd {
            let base = try base()
            repeat {
                var type = try pointers(to: base)
                if case .sign("(") = peek { throw wrong("pointers to functions are not supported") }
                let name = try name("the name of a field")
                var counts: [Int] = []
                while take("[") {
                    guard case .number(let count) = peek, count >= 1, count <= 65_536 else {
                        throw wrong("the count of \(name) must be a number from 1 to 65536")
                    }
                    at += 1
                    guard take("]") else { throw wrong("\"]\" should follow the count of \(name)") }
                    counts.append(count)
                }
                for count in counts.reversed() { type = .array(type, count: count) }
                guard !fields.contains(where: { $0.name == name }) else {
                    throw wrong("two fields are called \(name)")
                }
                fields.append((name, try fieldType(type, name)))
            } while take(",")
            guard take(";") || isAtEnd else { throw wrong("\";\" should follow a field") }
        }
        guard !fields.isEmpty else { throw SignatureError("it has no fields") }
        return fields
    }

    private func fieldType(_ type: CType, _ name: String) throws(SignatureError) -> CType {
        switch type {
        case .pointer(.scalar(.char), _): return .text
        case .pointer:
            throw wrong("the field \(name) is a pointer; in structures those to text and handles are supported")
        case .void: throw wrong("the field \(name) has the type void")
        case .array(let element, let count): return .array(try fieldType(element, name), count: count)
        default: return type
        }
    }

    // MARK: Types

    /// What stands before the stars.
    private struct Base {
        var type: CType
        var isConst: Bool
        /// An opaque structure: there must be a star.
        var handle: String?
    }

    private mutating func base() throws(SignatureError) -> Base {
        var isConst = false
        var parts: [String] = []
        var found: Base?
        while let word = peekWord {
            if word == "const" { isConst = true }
            if ["const", "volatile", "restrict", "__restrict", "extern", "static", "register"].contains(word) {
                at += 1
            } else if TypeNames.parts.contains(word), found == nil {
                parts.append(word)
                at += 1
            } else if parts.isEmpty, found == nil {
                at += 1
                found = try named(word)
            } else {
                break
            }
        }
        if !parts.isEmpty {
            guard let kind = TypeNames.kind(parts) else {
                let words = parts.joined(separator: " ")
                throw wrong(
                    words.contains("double") ? "\(words) is not supported; float and double are" : "\(words) is no type"
                )
            }
            found = Base(type: .scalar(kind), isConst: isConst, handle: nil)
        }
        guard var found else { throw wrong("a type should stand here") }
        found.isConst = isConst
        return found
    }

    private mutating func named(_ word: String) throws(SignatureError) -> Base {
        if word == "struct" || word == "enum" {
            guard let name = peekWord else { throw wrong("a name should follow \(word)") }
            at += 1
            let known = word == "struct" ? types.structures[name] != nil : types.enumerations[name] != nil
            if !known, word == "enum" || types.handles[name] == nil {
                throw unknown(name, because: "declare it in \(word == "struct" ? "structs or handles" : "enums")")
            }
            return try named(name)
        }
        if let objection = TypeNames.objection(word), types.type(word) == nil, types.handles[word] == nil {
            throw wrong(objection)
        }
        if let handle = types.handles[word] {
            return Base(type: .handle(word), isConst: false, handle: handle.isPointer ? nil : word)
        }
        guard let type = types.type(word) else {
            throw unknown(word, because: "declare it in types, structs, enums or handles")
        }
        return Base(type: type, isConst: false, handle: nil)
    }

    private mutating func pointers(to base: Base) throws(SignatureError) -> CType {
        var type = base.type
        var isConst = base.isConst
        var isFirst = true
        while take("*") {
            // The first star of an opaque structure is part of the handle.
            if !(isFirst && base.handle != nil) { type = .pointer(type, isConst: isConst) }
            isFirst = false
            isConst = false
            while let word = peekWord, ["const", "restrict", "volatile", "__restrict"].contains(word) {
                if word == "const" { isConst = true }
                at += 1
            }
        }
        if let handle = base.handle, isFirst {
            throw wrong(
                "a \(handle) is known by pointer alone: write \"\(handle) *\", or say pointer: true in handles.\(handle)"
            )
        }
        return type
    }

    // MARK: Tokens

    private var isAtEnd: Bool { at >= tokens.count }
    private var peek: SignatureToken? { isAtEnd ? nil : tokens[at].token }
    private var peekWord: String? { if case .word(let word) = peek { word } else { nil } }

    private mutating func take(_ sign: String) -> Bool {
        guard peek == .sign(sign) else { return false }
        at += 1
        return true
    }

    private mutating func name(_ what: String) throws(SignatureError) -> String {
        guard let word = peekWord else { throw wrong("\(what) is missing") }
        at += 1
        return word
    }

    private func wrong(_ sentence: String) -> SignatureError {
        SignatureError(sentence, at: isAtEnd ? nil : tokens[at].at)
    }

    private func unknown(_ name: String, because hint: String) -> SignatureError {
        let known = types.names + Array(TypeNames.words.keys)
        let near = known.sorted().first { SpellingDistance.isNear($0, name) }
        return wrong("\(name) is no known type: \(hint)" + (near.map { "; did you mean \($0)?" } ?? ""))
    }
}
