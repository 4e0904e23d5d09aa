import Synchronization
import Telemetry

/// What all connections of a listener share. Immutable but for the count.
final class ListenerContext: Sendable {
    let settings: ListenerSettings
    let handler: any RequestHandler
    let observer: any RequestObserver
    let renderFault: FaultRenderer
    let openConnections = Atomic<Int>(0)

    // The settings' durations in nanoseconds, because each request uses them.
    let headerTimeout: Int64
    let bodyTimeout: Int64
    let idleTimeout: Int64
    let requestTimeout: Int64
    let grace: Int64
    let sendTimeout: Int64
    let lingerTimeout: Int64

    init(
        settings: ListenerSettings, handler: any RequestHandler, observer: any RequestObserver,
        renderFault: @escaping FaultRenderer
    ) {
        self.settings = settings
        self.handler = handler
        self.observer = observer
        self.renderFault = renderFault
        headerTimeout = settings.headerTimeout.wholeNanoseconds
        bodyTimeout = settings.bodyTimeout.wholeNanoseconds
        idleTimeout = settings.idleTimeout.wholeNanoseconds
        requestTimeout = settings.requestTimeout.wholeNanoseconds
        grace = settings.cancellationGrace.wholeNanoseconds
        sendTimeout = settings.sendTimeout.wholeNanoseconds
        lingerTimeout = settings.lingerTimeout.wholeNanoseconds
    }
}
