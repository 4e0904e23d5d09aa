import Glibc
import JackfieldJSON

extension CallOutcome {
    /// Whether the function says that it failed.
    func isFailure(_ rule: FailureConfig.Rule) -> Bool {
        switch rule {
        case .errno: return errno != 0
        case .null: return frame.result.load(as: UInt.self) == 0
        default: break
        }
        guard let kind = plan.result.type.scalar else { return false }
        if kind.isFloating {
            let value =
                kind == .float ? Double(frame.result.load(as: Float.self)) : frame.result.load(as: Double.self)
            switch rule {
            case .nonzero: return value != 0
            case .zero: return value == 0
            case .negative: return value < 0
            default: return false
            }
        }
        let value = ScalarMemory.whole(kind, at: frame.result)
        switch rule {
        case .nonzero: return value != 0
        case .zero: return value == 0
        case .negative: return value < 0
        case .among(let values): return values.contains(value)
        case .unless(let values): return !values.contains(value)
        case .null, .errno: return false
        }
    }

    /// What a caller reads of a function that failed.
    func failure(_ failure: FailurePlan) -> JSONObject {
        var content = JSONObject()
        var what: [String] = []
        var isCut = false
        var sentence = "\(plan.symbol) failed"
        if let kind = plan.result.type.scalar, !kind.isFloating {
            let code = ScalarMemory.whole(kind, at: frame.result)
            content["code"] = WholeNumber.json(code)
            let name = failure.codes.first { $0.value == code }?.name
            if let name { content["name"] = .string(name) }
            sentence += name.map { " with \($0) (\(code))" } ?? " with \(code)"
        }
        switch failure.message {
        case .parameter(let index)?:
            if let text = frame.places[index].flatMap({ reader.text(at: $0, isCut: &isCut) }) { what.append(text) }
        case .call(let call)?:
            if var pointer = ask(call),
                let text = withUnsafeBytes(of: &pointer, { reader.text(at: $0.baseAddress!, isCut: &isCut) })
            {
                what.append(text)
            }
        case nil: break
        }
        if failure.tellsErrno, errno != 0 {
            content["errno"] = JSON(errno)
            what.append(strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
        }
        if isCut { content["truncated"] = ["error"] }
        // The sentence stands first, since it is what a model reads.
        let message = ([sentence] + what).joined(separator: ": ")
        return JSONObject([("error", .string(message))] + content.members.map { ($0.key, $0.value) })
    }
}
