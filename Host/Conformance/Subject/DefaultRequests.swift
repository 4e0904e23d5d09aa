import JackfieldJSON

/// What a plugin is asked where its rehearsal says nothing: for each role a few requests that a host really makes.
/// Members are named like the fields of the request's struct.
enum DefaultRequests {
    static func of(_ role: String) -> [(method: String, request: JSON)] {
        switch role {
        case "jackfield.agent": agent
        case "jackfield.llm": llm
        case "jackfield.validator": validator
        case "jackfield.exporter": exporter
        case "jackfield.notifier": notifier
        case "jackfield.tool": [("list", .object([:]))]
        default: []
        }
    }

    private static let agent: [(String, JSON)] = [
        ("invoke", ["input": "How are you, and what do you see? Grüße, 世界."]),
        (
            "invoke",
            [
                "input": "And now?", "context": "{\"source\":\"check\"}",
                "history": [["role": "user", "text": "Hello"], ["role": "assistant", "text": "Hello there."]],
            ]
        ),
        ("describe", .object([:])),
    ]

    private static let llm: [(String, JSON)] = [
        (
            "complete",
            [
                "model": "default", "flags": 1, "choices": 1, "max_tokens": 64,
                "messages": [
                    ["role": "system", "parts": [["kind": 1, "text": "You answer in one sentence."]]],
                    ["role": "user", "parts": [["kind": 1, "text": "Say hello to the world, grüße an 世界."]]],
                ],
            ]
        ),
        ("models", .object([:])),
    ]

    private static let validator: [(String, JSON)] = [
        ("check", ["direction": 1, "last": 1, "segments": [["role": "user", "text": "What is the weather like?"]]]),
        (
            "check",
            [
                "direction": 2, "last": 1,
                "segments": [
                    ["role": "assistant", "text": "Grüße, 世界. See https://example.com/a?b=c for more."],
                    ["role": "assistant", "text": ""],
                ],
            ]
        ),
        (
            "check",
            ["direction": 2, "last": 0, "segments": [["role": "assistant", "text": "The beginning of an ans"]]]
        ),
    ]

    private static let exporter: [(String, JSON)] = [
        ("render", snapshot), ("push", snapshot),
    ]

    private static let snapshot: JSON = [
        "time": 1_750_000_000_000_000_000,
        "families": [
            [
                "kind": 1, "name": "http.server.requests", "unit": "{request}", "help": "Requests so far.",
                "samples": [["value": 12, "labels": [["name": "route", "value": "/v1"]]]],
            ],
            ["kind": 2, "name": "process.memory", "unit": "By", "help": "Memory now.", "samples": [["value": 4096]]],
            [
                "kind": 3, "name": "http.server.request.duration", "unit": "s", "help": "How long requests took.",
                "samples": [
                    [
                        "value": JSON(1.5), "count": 3,
                        "buckets": [["upper": JSON(0.5), "count": 2], ["upper": "inf", "count": 3]],
                    ]
                ],
            ],
        ],
        "spans": [
            [
                "start": 1_750_000_000_000_000_000, "end": 1_750_000_000_001_000_000, "kind": 2, "name": "GET /health",
                "trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331",
                "attributes": [["name": "http.route", "value": "/health"]],
            ]
        ],
    ]

    private static let notifier: [(String, JSON)] = [("notify", alert(ended: 0)), ("resolve", alert(ended: 60))]

    /// - Parameter ended: seconds after it began, or 0.
    private static func alert(ended: Int) -> JSON {
        let began = 1_750_000_000_000_000_000
        return [
            "severity": 2, "started": JSON(began), "ended": JSON(ended == 0 ? 0 : began + ended * 1_000_000_000),
            "id": "check-1", "rule": "plugin.circuit-open", "title": "The plugin llm/main is not used for now.",
            "detail": "It failed 10 times in 30 s. Grüße, 世界.", "source": "check",
            "labels": [["name": "plugin", "value": "llm/main"]],
        ]
    }
}
