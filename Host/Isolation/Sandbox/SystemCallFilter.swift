/// Builds the two filters from the table of system calls.
///
/// The number is looked up by halving: neighbours with the same answer form one range, and some eight comparisons find
/// the range of any call. Since Linux 5.11 the kernel runs the filter once for each number when it is installed, and
/// calls that are allowed whatever their arguments never run it again.
package enum SystemCallFilter {
    /// The filter that is there before any code of the plugin.
    package static func entry(_ context: FilterContext) -> [FilterInstruction] {
        var rules = [SystemCallRule](repeating: .absent, count: 512)
        var known = 0
        for theme in SystemCall.themes {
            for call in theme {
                guard let number = call.number(on: context.architecture) else { continue }
                rules[number] = call.rule
                known = max(known, number)
            }
        }
        return build(rules[...known], default: .absent, context)
    }

    /// The filter that is added when the plugin's code is mapped: no more code from here on, and no more filters.
    package static func seal(_ context: FilterContext) -> [FilterInstruction] {
        var rules = [SystemCallRule](repeating: .allow, count: 512)
        for (name, rule) in [("mmap", SystemCallRule.noNewCode), ("seccomp", .sealed)] {
            if let number = SystemCalls.number(of: name, on: context.architecture) { rules[number] = rule }
        }
        return build(rules[...], default: .allow, context)
    }

    /// `rest` is for numbers past the last rule.
    private static func build(
        _ rules: ArraySlice<SystemCallRule>, default rest: SystemCallRule, _ context: FilterContext
    ) -> [FilterInstruction] {
        var ranges: [Range] = []
        for (number, rule) in rules.enumerated() where ranges.last?.rule != rule {
            ranges.append(Range(first: UInt32(number), rule: rule))
        }
        if ranges.last?.rule != rest { ranges.append(Range(first: UInt32(rules.count), rule: rest)) }

        var program = FilterProgram()
        var place = tree(ranges[...], &program, context)
        if let foreign = context.architecture.foreignNumbers {
            // -1 is no number of that table; it is what a tracer writes to skip a call.
            let absent = program.answer(.absent)
            let kill = program.answer(.kill)
            let past = program.ifEqual(UInt32.max, absent, else: kill)
            place = program.ifAtLeast(foreign, past, else: place)
        }
        place = program.load(.number, then: place)
        let kill = program.answer(.kill)
        place = program.ifEqual(context.architecture.auditNumber, place, else: kill)
        _ = program.load(.architecture, then: place)
        return program.instructions
    }

    /// From this number on, to the next range.
    private struct Range {
        var first: UInt32
        var rule: SystemCallRule
    }

    private static func tree(
        _ ranges: ArraySlice<Range>, _ program: inout FilterProgram, _ context: FilterContext
    ) -> FilterProgram.Place {
        if ranges.count == 1 { return leaf(ranges[ranges.startIndex].rule, &program, context) }
        let middle = ranges.startIndex + ranges.count / 2
        let upper = tree(ranges[middle...], &program, context)
        let lower = tree(ranges[..<middle], &program, context)
        return program.ifAtLeast(ranges[middle].first, upper, else: lower)
    }

    private static func leaf(
        _ rule: SystemCallRule, _ program: inout FilterProgram, _ context: FilterContext
    ) -> FilterProgram.Place {
        switch rule {
        case .allow: return program.answer(.allow)
        case .refuse: return program.answer(.trap)
        case .absent: return program.answer(.absent)
        case .ignore: return program.answer(.ignore)
        default: break
        }
        var place = program.answer(.trap)
        for alternative in rule.alternatives(context).reversed() {
            let otherwise = place
            place = program.answer(.allow)
            for check in alternative.reversed() {
                place = test(check, &program, yes: place, no: otherwise)
            }
        }
        return place
    }

    private static func test(
        _ check: ArgumentCheck, _ program: inout FilterProgram, yes: FilterProgram.Place, no: FilterProgram.Place
    ) -> FilterProgram.Place {
        switch check {
        case .masked(let argument, let mask, let value):
            let compare = program.ifEqual(value, yes, else: no)
            return program.load(.low(argument), then: program.and(mask, then: compare))
        case .oneOf(let argument, let values):
            var place = no
            for value in values.reversed() { place = program.ifEqual(value, yes, else: place) }
            return program.load(.low(argument), then: place)
        case .not(let argument, let value):
            return program.load(.low(argument), then: program.ifEqual(value, no, else: yes))
        case .above(let argument, let value):
            return program.load(.low(argument), then: program.ifAtLeast(value + 1, yes, else: no))
        case .isNull(let argument):
            let high = program.load(.high(argument), then: program.ifEqual(0, yes, else: no))
            return program.load(.low(argument), then: program.ifEqual(0, high, else: no))
        }
    }
}
