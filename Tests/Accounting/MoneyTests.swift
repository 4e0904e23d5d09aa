import Accounting
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [
        (0, "0.000000"), (1_250_000, "0.001250"), (75, "0.000000075"), (12_000_000_000, "12.000000"),
        (-3_500_000_000, "-3.500000"), (Int64.max, "9223372036.854775807"), (Int64.min, "-9223372036.854775808"),
    ])
    func `is printed in dollars with all places that say something`(nanos: Int64, text: String) {
        #expect(Money(nanoDollars: nanos).description == text)
    }

    @Test(arguments: [
        ("12", 12_000_000_000), ("0.00125", 1_250_000), ("-3.5", -3_500_000_000), ("0.000000001", 1),
        ("9223372036.854775807", Int64.max),
    ])
    func `is read from decimal text`(text: String, nanos: Int64) {
        #expect(Money(text) == Money(nanoDollars: nanos))
    }

    @Test(arguments: ["", ".", "1.", ".5", "+1", "1e3", "1.0000000001", "9223372037", "--1", "1.-5", "1,5", "$1", " 1"])
    func `is not read from anything else`(text: String) {
        #expect(Money(text) == nil)
    }

    @Test func `comes back from what it prints`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            let money = Money(nanoDollars: Int64.random(in: -.max ... .max, using: &random))
            #expect(Money(money.description) == money)
        }
    }

    @Test func `saturates and never wraps`() {
        #expect(Money(nanoDollars: .max) + Money(nanoDollars: 1) == Money(nanoDollars: .max))
        #expect(Money(nanoDollars: .min) + Money(nanoDollars: -1) == Money(nanoDollars: .min))
    }

    @Test func `of a number of dollars is the nearest nano-dollar`() {
        #expect(Money(dollars: 0.15) == Money(nanoDollars: 150_000_000))
        #expect(Money(dollars: .nan) == .zero)
        #expect(Money(dollars: 1e300) == Money(nanoDollars: .max))
    }
}
