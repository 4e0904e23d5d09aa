import Manifest
import Resilience

extension RetryBudget.Settings {
    /// Where neither a share nor a minimum is left there are no retries, not even at the start.
    init(_ config: RetryBudgetConfig) {
        let minimum = Double(config.minimum)
        guard config.ratio > 0 || minimum > 0 else {
            self.init(ratio: 0, minimumPerSecond: 0, burst: 0)
            return
        }
        // Ten seconds' worth can be saved up, so that all who waited for one that hangs may be asked again at once.
        self.init(
            ratio: config.ratio, minimumPerSecond: minimum, burst: max(10 * minimum, 100), start: max(minimum, 10))
    }

    /// - Parameter share: hedges for each request; 0: none.
    init(hedging share: Double) {
        self.init(ratio: share, minimumPerSecond: share > 0 ? 1 : 0, burst: share > 0 ? 10 : 0)
    }
}
