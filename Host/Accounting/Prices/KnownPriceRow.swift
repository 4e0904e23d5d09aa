/// One line of the table of known prices: models that cost the same, in dollars for a million tokens.
struct KnownPriceRow {
    let names: [String]
    let input: Double
    let output: Double
    let cached: Double?
    let write: Double?
    let long: Price.LongPrompt?
    let isDearerInRegions: Bool

    init(
        _ names: String..., input: Double, output: Double = 0, cached: Double? = nil, write: Double? = nil,
        long: Price.LongPrompt? = nil, isDearerInRegions: Bool = false
    ) {
        self.names = names
        self.input = input
        self.output = output
        self.cached = cached
        self.write = write
        self.long = long
        self.isDearerInRegions = isDearerInRegions
    }
}
