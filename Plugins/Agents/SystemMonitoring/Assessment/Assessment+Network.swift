import JackfieldJSON
import JackfieldVocabulary

extension Assessment {
    func network(_ from: CounterReading, _ to: CounterReading, _ seconds: Double) -> [Measured] {
        let before = Dictionary(from.interfaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = to.interfaces.compactMap { interface in before[interface.name].map { ($0, interface) } }
        func traffic(_ pair: (InterfaceCounters, InterfaceCounters)) -> Double {
            growth(pair.0.bytesReceived, pair.1.bytesReceived) + growth(pair.0.bytesSent, pair.1.bytesSent)
        }
        return pairs.sorted { traffic($0) > traffic($1) }.prefix(Self.devices).flatMap { rates($0, $1, seconds) }
    }

    private func rates(_ first: InterfaceCounters, _ second: InterfaceCounters, _ seconds: Double) -> [Measured] {
        func rate(_ counter: (InterfaceCounters) -> UInt64) -> Double {
            growth(counter(first), counter(second)) / seconds
        }
        let (name, source) = (second.name, "/proc/net/dev")
        let (received, sent) = (rate { $0.bytesReceived }, rate { $0.bytesSent })
        let (errorsIn, errorsOut) = (rate { $0.errorsReceived }, rate { $0.errorsSent })
        let (dropsIn, dropsOut) = (rate { $0.dropsReceived }, rate { $0.dropsSent })
        func both(_ received: Double, _ sent: Double) -> [(String, JSON)] {
            [("received_per_second", .rounding(received)), ("sent_per_second", .rounding(sent))]
        }
        var found = [
            Measured(
                "network.rate:\(name)",
                received + sent == 0
                    ? "The interface \(name) is silent"
                    : "The interface \(name) receives \(Amount.rate(received)) and sends \(Amount.rate(sent))",
                value: received + sent, unit: "By/s", source: source,
                detail: [
                    ("received_bytes_per_second", .rounding(received)), ("sent_bytes_per_second", .rounding(sent)),
                ]),
            judged(
                "network.errors:\(name)", .networkErrors, errorsIn + errorsOut, "{error}/s", source,
                errorsIn + errorsOut == 0
                    ? "The interface \(name) has no errors"
                    : "The interface \(name) has \(Amount.plain(errorsIn + errorsOut)) errors a second",
                detail: both(errorsIn, errorsOut)),
            judged(
                "network.drops:\(name)", .networkDrops, dropsIn + dropsOut, "{packet}/s", source,
                dropsIn + dropsOut == 0
                    ? "The interface \(name) drops nothing"
                    : "The interface \(name) drops \(Amount.plain(dropsIn + dropsOut)) packets a second",
                detail: both(dropsIn, dropsOut)),
        ]
        if let speed = second.speed {
            // The link carries its speed in each direction.
            let used = max(received, sent) * 8 / speed * 100
            found.append(
                judged(
                    "network.used:\(name)", .networkUse, used, "%", "/sys/class/net/\(name)/speed",
                    "The interface \(name) uses \(Amount.percent(used)) of its speed",
                    detail: [("speed_bits_per_second", JSON(speed))]))
        }
        return found
    }
}
