extension RandomNumberGenerator {
    /// A number from 0 to `bound` - 1 from one draw, by the high half of a product (Lemire, "Fast Random Integer
    /// Generation in an Interval", 2019). Without his second draw, numbers differ in probability by at most
    /// `bound` / 2^64, which decides nothing here. The standard library's `random(in:using:)` costs some twenty times
    /// as much where the generator's type is not known at compile time.
    ///
    /// - Parameter bound: at least 1.
    mutating func draw(below bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

    /// A number from 0 to `bound`, which is 0 or more.
    mutating func draw(upTo bound: Int64) -> Int64 { Int64(draw(below: UInt64(bound) + 1)) }
}
