/// The units, and what they are in the base unit of their kind: metre, kilogram, kelvin.
enum Units {
    enum Kind: String, Sendable, CaseIterable, CustomStringConvertible {
        case length, mass, temperature
        var description: String { rawValue }
    }

    struct Unit: Sendable, Hashable {
        var name: String
        var kind: Kind
        /// One unit in the base unit.
        var factor: Double
        /// Where the unit's zero lies on its own scale, as seen from the base unit's: for temperatures.
        var offset = 0.0

        func toBase(_ value: Double) -> Double { (value + offset) * factor }
        func fromBase(_ value: Double) -> Double { value / factor - offset }
    }

    static let all = [
        Unit(name: "m", kind: .length, factor: 1), Unit(name: "km", kind: .length, factor: 1000),
        Unit(name: "cm", kind: .length, factor: 0.01), Unit(name: "mm", kind: .length, factor: 0.001),
        Unit(name: "in", kind: .length, factor: 0.0254), Unit(name: "ft", kind: .length, factor: 0.3048),
        Unit(name: "mi", kind: .length, factor: 1609.344),
        Unit(name: "kg", kind: .mass, factor: 1), Unit(name: "g", kind: .mass, factor: 0.001),
        Unit(name: "lb", kind: .mass, factor: 0.45359237), Unit(name: "oz", kind: .mass, factor: 0.028349523125),
        Unit(name: "C", kind: .temperature, factor: 1, offset: 273.15),
        Unit(name: "F", kind: .temperature, factor: 5.0 / 9, offset: 459.67),
        Unit(name: "K", kind: .temperature, factor: 1),
    ]
}
