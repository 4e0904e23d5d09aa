/// One step of a model's route: one upstream, or several that share the load.
package struct RouteStep: Sendable, Hashable {
    package struct Member: Sendable, Hashable, CustomStringConvertible {
        package var route: ModelRoute
        /// Its share of the load, 1...1000, compared to its neighbours.
        package var weight: Int

        package init(_ route: ModelRoute, weight: Int = 1) {
            self.route = route
            self.weight = weight
        }

        /// `INSTANCE/MODEL`, or `INSTANCE/MODEL weight=N`: names hold no spaces.
        ///
        /// - Throws: `InvalidValue`.
        package init(_ text: String) throws(InvalidValue) {
            let parts = text.split(separator: " ", omittingEmptySubsequences: true)
            guard parts.count == 2 else {
                self.init(try ModelRoute(text))
                return
            }
            guard parts[1].hasPrefix("weight="), let weight = Int(parts[1].dropFirst("weight=".count)),
                1...1000 ~= weight
            else {
                throw InvalidValue(
                    "\(text.quoted) is not INSTANCE/MODEL or INSTANCE/MODEL weight=N, with N from 1 to 1000")
            }
            self.init(try ModelRoute(String(parts[0])), weight: weight)
        }

        package var description: String {
            self.weight == 1 ? self.route.description : "\(self.route) weight=\(self.weight)"
        }
    }

    package var members: [Member]

    package init(_ members: [Member]) { self.members = members }
    package init(_ route: ModelRoute) { self.init([Member(route)]) }
}
