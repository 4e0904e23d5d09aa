import Foundation
import JackfieldJSON

/// One measured value, and its goal where it has one.
struct Figure {
    /// A value that is good below or up to a bound, and how the bound is written.
    struct Goal {
        var bound: Double
        var text: String
    }

    var what: String
    var value: Double
    var unit: String
    var goal: Goal?
    /// More that was seen in the same measurement.
    var note = ""
    var digits = 1

    var isReached: Bool? { goal.map { value <= $0.bound } }
}

/// All figures of one run, as a table for people and as JSON for programs.
struct Report {
    var machine: Machine
    var figures: [Figure] = []
    /// Rows that could not be measured, each with its reason.
    var failures: [String] = []

    var isGood: Bool { failures.isEmpty && figures.allSatisfy { $0.isReached ?? true } }

    var table: String {
        var lines = ["| what | measured | goal | reached |", "| --- | --- | --- | --- |"]
        for figure in figures {
            let reached = figure.isReached.map { $0 ? "yes" : "no" } ?? ""
            var measured = "\(figure.value.text(figure.digits)) \(figure.unit)"
            if !figure.note.isEmpty { measured += "; \(figure.note)" }
            lines.append("| \(figure.what) | \(measured) | \(figure.goal?.text ?? "") | \(reached) |")
        }
        lines += failures.map { "not measured: \($0)" }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        let rows = figures.map { figure -> JSON in
            [
                "what": .string(figure.what), "value": .number("\(figure.value)"), "unit": .string(figure.unit),
                "goal": figure.goal.map { .number("\($0.bound)") } ?? .null,
                "reached": figure.isReached.map { .bool($0) } ?? .null, "note": .string(figure.note),
            ]
        }
        return [
            "machine": .string(machine.description), "figures": .array(rows),
            "not_measured": .array(failures.map { .string($0) }),
        ]
    }
}

extension Double {
    func text(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}

extension Collection<Double> {
    /// Of an even number the upper one of the two in the middle.
    var median: Double { sorted()[count / 2] }
}
