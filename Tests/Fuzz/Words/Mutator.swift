/// libFuzzer's own mutations, of bytes and with the words of the dictionary.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// Changes reports as the JSON that they are, and lines where lines are cut and reports of the sandbox are read.
@_cdecl("LLVMFuzzerCustomMutator")
public func customMutator(
    _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32
) -> Int {
    var dice = Dice(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1)
    guard count >= 2, dice.below(3) > 0 else { return mutateBytes(data, count, most) }
    var words = Array(UnsafeBufferPointer(start: data + 2, count: count - 2))
    if data[0] & 1 == 0 {
        guard var json = try? JSON(parsing: words) else { return mutateBytes(data, count, most) }
        json.change(using: &dice)
        words = Array(json.text.utf8)
    } else {
        words.insert(contentsOf: line(using: &dice), at: dice.below(words.count + 1))
    }
    words = Array(words.prefix(most - 2))
    UnsafeMutableRawBufferPointer(start: data + 2, count: words.count).copyBytes(from: words)
    return words.count + 2
}

private func line(using dice: inout Dice) -> [UInt8] {
    let numbers = ["0", "1", "41", "ffffffff", "4294967294", "4294967295", "4294967296", "18446744073709551616", "-1"]
    switch dice.below(4) {
    case 0: return [UInt8](repeating: UInt8(dice.below(256)), count: 2040 + dice.below(16))
    case 1: return [UInt8(ascii: "\n")]
    case 2: return [0xe2, 0x82, 0xac]
    default:
        let (call, argument, count) = (dice.one(of: numbers), dice.one(of: numbers), dice.one(of: numbers))
        return Array("\n\u{1}jackfield-sandbox syscall=\(call) arg0=\(argument) count=\(count)\n".utf8)
    }
}

extension JSON {
    private static let values: [JSON] =
        [.null, true, "", "strict", "none", [], [:]]
        + [
            "0", "-0", "-1", "0.5", "64", "256", "257", "1e3", "4294967295", "4294967296", "9223372036854775808",
            "18446744073709551616", "1e300", "-1e300",
        ].map { .number($0) }

    /// One value somewhere inside becomes another; elements of arrays go, or come as often as makes too many.
    mutating func change(using dice: inout Dice) {
        switch self {
        case .array(var elements) where !elements.isEmpty && dice.below(8) > 0:
            let at = dice.below(elements.count)
            switch dice.below(4) {
            case 0: elements.remove(at: at)
            case 1:
                let copies = dice.one(of: [1, 62, 63, 64])
                elements.insert(contentsOf: [JSON](repeating: elements[at], count: copies), at: at)
            default: elements[at].change(using: &dice)
            }
            self = .array(elements)
        case .object(var object) where !object.isEmpty && dice.below(16) > 0:
            let at = dice.below(object.count)
            if dice.below(8) == 0 {
                object.members.remove(at: at)
            } else {
                object.members[at].value.change(using: &dice)
            }
            self = .object(object)
        default: self = dice.one(of: Self.values)
        }
    }
}

/// The same numbers for the same seed (xorshift).
struct Dice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state &* 2_685_821_657_736_338_717) >> 33) % limit
    }

    mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}
