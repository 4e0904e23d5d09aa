import Testing

@testable import Prometheus

/// Which format an Accept header asks for.
struct ExpositionFormatTests {
    @Test(
        arguments: [
            nil, "", "*/*", "text/*", "text/plain;version=0.0.4", "application/json",
            "text/html,application/xhtml+xml,*/*;q=0.8",
            "application/openmetrics-text;q=0.1,text/plain;q=0.2", "application/openmetrics-text;q=0",
            "application/openmetrics-text;version=2.0.0,text/plain;q=0.1",
            "application/openmetrics-text;q=nonsense", "application/openmetrics-text;q=0.5,*/*", ";;,,=",
        ] as [String?])
    func text(_ accept: String?) {
        #expect(ExpositionFormat(accept: accept) == .text)
    }

    @Test(arguments: [
        "application/openmetrics-text", "APPLICATION/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.9 , text/plain;q=0.5",
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;q=0.4,*/*;q=0.2",
        "text/plain,application/openmetrics-text", "application/*,text/*;q=0.5",
        "application/vnd.x;a=\",text/plain\",application/openmetrics-text",
    ])
    func openMetrics(_ accept: String) {
        #expect(ExpositionFormat(accept: accept) == .openMetrics)
    }

    @Test func theContentTypeNamesTheVersion() {
        #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}
