/// A price and the models it holds for.
package struct PricePattern: Sendable, Hashable {
    /// Of the upstream's model name, or of INSTANCE/MODEL.
    package let models: ModelPattern
    package let price: Price

    package init(_ models: String, _ price: Price) {
        self.models = ModelPattern(models)
        self.price = price
    }
}
