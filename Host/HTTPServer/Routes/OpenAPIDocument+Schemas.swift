import JackfieldJSON

extension OpenAPIDocument {
    private static func text(_ description: String) -> JSON { ["type": "string", "description": .string(description)] }

    private static let attempts: JSON = ["type": "array", "items": ["$ref": "#/components/schemas/Attempt"]]

    private static func header(_ description: String, _ type: String) -> JSON {
        ["description": .string(description), "schema": ["type": .string(type)]]
    }

    /// How an answer of a model came to be.
    static let provenance: JSON = [
        "x-jackfield-upstream": header("INSTANCE/MODEL that answered.", "string"),
        "x-jackfield-attempts": header("How many attempts it took; 0 out of the cache.", "integer"),
        "x-jackfield-cache": header("hit, miss or bypass; absent where the model has no cache.", "string"),
    ]

    static let schemas: JSON = {
        var all = asking
        for member in operating.members { all[member.key] = member.value }
        return .object(all)
    }()

    /// For those who ask.
    private static let asking: JSONObject = [
        "ChatCompletionRequest": [
            "type": "object", "required": ["model", "messages"],
            "description":
                "OpenAI's chat completion request; fields that are not listed are passed on to the provider.",
            "properties": [
                "model": ["type": "string"], "messages": ["type": "array", "minItems": 1, "items": ["type": "object"]],
                "stream": ["type": "boolean"], "tools": ["type": "array", "items": ["type": "object"]],
            ],
        ],
        "EmbeddingRequest": [
            "type": "object", "required": ["model", "input"],
            "properties": [
                "model": ["type": "string"],
                "input": ["oneOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]],
                "dimensions": ["type": "integer", "minimum": 1], "encoding_format": ["enum": ["float", "base64"]],
            ],
        ],
        "OrchestrateRequest": [
            "type": "object", "required": ["input"],
            "properties": [
                "input": text("The question."), "session": text("A conversation to continue."),
                "agents": ["type": "array", "items": ["type": "string"]], "model": text("A name from /api/v1/models."),
                "context": ["type": "object"], "stream": ["type": "boolean"],
            ],
        ],
        "OrchestrateAnswer": [
            "type": "object",
            "properties": [
                "answer": ["type": "string"],
                "findings": ["type": "array", "items": ["$ref": "#/components/schemas/Finding"]],
                "agents": ["type": "array", "items": ["type": "object"]], "model": ["type": "object"],
                "usage": ["type": "object"], "session": ["type": ["string", "null"]], "request_id": ["type": "string"],
            ],
        ],
        "Finding": [
            "type": "object",
            "properties": [
                "id": ["type": "string"], "severity": ["enum": ["ok", "info", "warning", "critical"]],
                "title": ["type": "string"], "value": ["type": ["number", "null"]],
                "threshold": ["type": ["number", "null"]],
                "unit": ["type": ["string", "null"]], "source": ["type": ["string", "null"]],
                "agent": ["type": "string"],
            ],
        ],
        "Health": [
            "type": "object",
            "properties": [
                "status": ["enum": ["ok", "degraded", "failing"]], "time": ["type": "string", "format": "date-time"],
                "uptime_seconds": ["type": "number"], "components": ["type": "array", "items": ["type": "object"]],
            ],
        ],
        "Problem": [
            "type": "object", "description": "RFC 9457 problem details.",
            "properties": [
                "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                "detail": ["type": "string"], "instance": ["type": "string"],
                "errors": ["type": "array", "items": ["type": "object"]], "attempts": attempts,
            ],
        ],
        "OpenAIError": [
            "type": "object",
            "properties": [
                "error": [
                    "type": "object",
                    "properties": [
                        "message": ["type": "string"], "type": ["type": "string"],
                        "param": ["type": ["string", "null"]],
                        "code": ["type": ["string", "null"]], "attempts": attempts,
                    ],
                ]
            ],
        ],
    ]

    /// For those who look after the host.
    private static let operating: JSONObject = [
        "Models": [
            "type": "object",
            "properties": [
                "models": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "name": ["type": "string"], "route": ["type": "array", "items": ["type": "string"]],
                            "upstreams": ["type": "array", "items": ["$ref": "#/components/schemas/Upstream"]],
                        ],
                    ],
                ]
            ],
        ],
        "Upstream": [
            "type": "object",
            "properties": [
                "upstream": text("INSTANCE/MODEL"), "step": ["type": "integer", "minimum": 1],
                "weight": ["type": "integer"], "state": ["enum": ["ready", "resting", "open", "probing", "down"]],
                "running": ["type": "integer"], "queued": ["type": "integer"], "rests_for_s": ["type": "number"],
                "first_event_p50_ms": ["type": "number"], "first_event_p95_ms": ["type": "number"],
            ],
        ],
        "Tools": [
            "type": "object",
            "properties": [
                "tools": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "name": text("INSTANCE/TOOL"), "alias": text("The same as language models are told it."),
                            "plugin": ["type": "string"], "description": ["type": "string"],
                            "parameters": ["type": "object", "description": "JSON Schema of the arguments."],
                            "result": ["type": "object"],
                            "read_only": ["type": "boolean"], "idempotent": ["type": "boolean"],
                            "destructive": ["type": "boolean"], "open_world": ["type": "boolean"],
                        ],
                    ],
                ]
            ],
        ],
        "ToolAnswer": [
            "type": "object",
            "properties": [
                "tool": text("INSTANCE/TOOL"),
                "content": ["description": "JSON where the tool answers with JSON, otherwise a string."],
                "media_type": ["type": "string"],
                "failed": [
                    "type": "boolean", "description": "The tool was called and reports a failure of its own.",
                ],
                "duration_ms": ["type": "number"],
            ],
        ],
        "Usage": [
            "type": "object",
            "properties": [
                "by": ["type": "string"], "from": ["type": "string", "format": "date"],
                "until": ["type": "string", "format": "date"], "total": ["$ref": "#/components/schemas/Totals"],
                "lines": ["type": "array", "items": ["$ref": "#/components/schemas/Totals"]],
                "subjects": ["type": "integer"], "partial": ["type": "boolean"],
            ],
        ],
        "Totals": [
            "type": "object", "description": "A line has a member with the name of what is added up by, besides.",
            "properties": [
                "requests": ["type": "integer"], "prompt_tokens": ["type": "integer"],
                "completion_tokens": ["type": "integer"], "cached_tokens": ["type": "integer"],
                "cache_write_tokens": ["type": "integer"], "reasoning_tokens": ["type": "integer"],
                "cost_usd": ["type": "number"], "requests_without_price": ["type": "integer"],
                "requests_estimated": ["type": "integer"],
            ],
        ],
        "Budgets": [
            "type": "object",
            "properties": [
                "budgets": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "per": ["enum": ["key", "user", "agent", "model", "all"]],
                            "period": ["enum": ["minute", "day", "month"]], "id": ["type": "string"],
                            "limit_tokens": ["type": "integer"], "limit_cost_usd": ["type": "number"],
                            "used": ["type": "object"], "reserved": ["type": "object"], "share": ["type": "number"],
                        ],
                    ],
                ]
            ],
        ],
        "Attempt": [
            "type": "object",
            "properties": [
                "upstream": text("INSTANCE/MODEL"), "code": ["type": "string"], "message": ["type": "string"],
                "duration_ms": ["type": "integer", "description": "Absent if the upstream was passed over."],
            ],
        ],
    ]
}
