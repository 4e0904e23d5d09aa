/// A classic BPF program for seccomp, written from its end to its beginning.
///
/// Jumps in BPF only go forward, so whatever an instruction jumps to must be there before it: the last instruction is
/// written first. Conditional jumps reach 255 instructions; where that is too short, an unconditional one is put in
/// between. (Kernel: Documentation/networking/filter.rst.)
package struct FilterProgram: Sendable {
    /// An instruction that control can go to, by how many were written before it.
    package struct Place: Sendable, Hashable {
        fileprivate let index: Int
    }

    private var reversed: [FilterInstruction] = []
    private var answers: [(action: FilterAction, place: Place)] = []

    package init() { reversed.reserveCapacity(512) }

    /// In the order of execution. The kernel takes 4096 at most.
    package var instructions: [FilterInstruction] { reversed.reversed() }

    /// Ends the program with this answer. Equal answers share one instruction while it is near.
    package mutating func answer(_ action: FilterAction) -> Place {
        for known in answers.reversed() where known.action == action {
            if reversed.count - known.place.index < 200 { return known.place }
            break
        }
        let place = append(.init(code: Code.answer, jumpTrue: 0, jumpFalse: 0, constant: action.value))
        answers.append((action, place))
        return place
    }

    /// Loads a word, then goes on.
    package mutating func load(_ word: FilterWord, then next: Place) -> Place {
        fall(to: next)
        return append(.init(code: Code.load, jumpTrue: 0, jumpFalse: 0, constant: word.offset))
    }

    /// Keeps these bits of the loaded word, then goes on.
    package mutating func and(_ mask: UInt32, then next: Place) -> Place {
        fall(to: next)
        return append(.init(code: Code.and, jumpTrue: 0, jumpFalse: 0, constant: mask))
    }

    package mutating func ifEqual(_ value: UInt32, _ yes: Place, else no: Place) -> Place {
        branch(Code.ifEqual, value, yes, no)
    }

    /// Unsigned.
    package mutating func ifAtLeast(_ value: UInt32, _ yes: Place, else no: Place) -> Place {
        branch(Code.ifAtLeast, value, yes, no)
    }

    private typealias Code = FilterInstruction.Code

    private mutating func append(_ instruction: FilterInstruction) -> Place {
        reversed.append(instruction)
        return Place(index: reversed.count - 1)
    }

    /// How many instructions lie between the one that is written next and the place.
    private func distance(to place: Place) -> Int { reversed.count - place.index - 1 }

    private mutating func fall(to place: Place) {
        let distance = distance(to: place)
        if distance > 0 {
            _ = append(.init(code: Code.jump, jumpTrue: 0, jumpFalse: 0, constant: UInt32(distance)))
        }
    }

    private mutating func branch(_ code: UInt16, _ value: UInt32, _ yes: Place, _ no: Place) -> Place {
        // A bridge for one side puts the other one instruction farther away: 254 leaves room for that.
        let yes = bridge(to: yes)
        let no = bridge(to: no)
        return append(
            .init(
                code: code, jumpTrue: UInt8(distance(to: yes)), jumpFalse: UInt8(distance(to: no)), constant: value))
    }

    private mutating func bridge(to place: Place) -> Place {
        let distance = distance(to: place)
        if distance <= 254 { return place }
        return append(.init(code: Code.jump, jumpTrue: 0, jumpFalse: 0, constant: UInt32(distance)))
    }
}
