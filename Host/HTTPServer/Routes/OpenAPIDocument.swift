import JackfieldJSON

/// The OpenAPI 3.1 description of the routes that this host serves.
enum OpenAPIDocument {
    private struct Operation {
        var method: String
        var path: String
        var summary: String
        var request: JSON?
        var response: JSON
        var tag: String
        var parameter: String?

        init(
            _ method: String, _ path: String, _ summary: String, tag: String, request: JSON? = nil, response: JSON,
            parameter: String? = nil
        ) {
            self.method = method
            self.path = path
            self.summary = summary
            self.tag = tag
            self.request = request
            self.response = response
            self.parameter = parameter
        }
    }

    private static func ref(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }
    private static let object: JSON = ["type": "object"]

    private static let operations: [Operation] = [
        Operation(
            "post", "/v1/chat/completions", "OpenAI chat completion, whole or streamed", tag: "OpenAI",
            request: ref("ChatCompletionRequest"), response: object),
        Operation(
            "post", "/v1/embeddings", "OpenAI embeddings", tag: "OpenAI", request: ref("EmbeddingRequest"),
            response: object),
        Operation("get", "/v1/models", "The models of the manifest, in OpenAI's form", tag: "OpenAI", response: object),
        Operation("get", "/v1/models/{id}", "One model", tag: "OpenAI", response: object, parameter: "id"),
        Operation(
            "post", "/api/v1/orchestrate", "Ask the agents that fit the question", tag: "Agents",
            request: ref("OrchestrateRequest"), response: ref("OrchestrateAnswer")),
        Operation("get", "/api/v1/agents", "The agents that are running", tag: "Agents", response: object),
        Operation(
            "post", "/api/v1/agents/{id}/invoke", "Ask one agent", tag: "Agents", request: ref("OrchestrateRequest"),
            response: ref("OrchestrateAnswer"), parameter: "id"),
        Operation(
            "get", "/api/v1/plugins", "All plugins of the manifest and how they stand", tag: "Plugins", response: object
        ),
        Operation("get", "/api/v1/plugins/{id}", "One plugin", tag: "Plugins", response: object, parameter: "id"),
        Operation("get", "/api/v1/models", "Models and their routes", tag: "Plugins", response: object),
        Operation("get", "/api/v1/metrics", "Every metric as JSON", tag: "Operation", response: object),
        Operation(
            "get", "/api/v1/metrics/prometheus", "Every metric for Prometheus, text format or OpenMetrics",
            tag: "Operation", response: ["type": "string"]),
        Operation("get", "/health", "The process answers", tag: "Operation", response: ref("Health")),
        Operation(
            "get", "/ready", "Whether the host should be sent requests", tag: "Operation", response: ref("Health")),
        Operation("get", "/api/health", "The same as /health", tag: "Operation", response: ref("Health")),
        Operation("get", "/api/ready", "The same as /ready", tag: "Operation", response: ref("Health")),
        Operation("get", "/api/v1/health", "The same as /health", tag: "Operation", response: ref("Health")),
        Operation(
            "get", "/api/v1/health/detailed", "Every component, with each provider's connectivity", tag: "Operation",
            response: ref("Health")),
        Operation("get", "/openapi.json", "This document", tag: "Operation", response: object),
    ]

    private static func text(_ description: String) -> JSON { ["type": "string", "description": .string(description)] }

    private static let schemas: JSON = [
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
                "errors": ["type": "array", "items": ["type": "object"]],
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
                        "code": ["type": ["string", "null"]],
                    ],
                ]
            ],
        ],
    ]

    static func make(version: String) -> JSON {
        var paths = JSONObject()
        for operation in operations {
            let isText = operation.path.hasSuffix("/prometheus")
            let isOpenAI = operation.tag == "OpenAI"
            var described: JSONObject = [
                "summary": .string(operation.summary), "tags": [.string(operation.tag)],
                "operationId": .string(id(operation)),
                "responses": [
                    "200": [
                        "description": "The answer.",
                        "content": .object([isText ? "text/plain" : "application/json": ["schema": operation.response]]
                        ),
                    ],
                    "default": [
                        "description": "What went wrong.",
                        "content": .object([
                            isOpenAI ? "application/json" : "application/problem+json": [
                                "schema": ref(isOpenAI ? "OpenAIError" : "Problem")
                            ]
                        ]),
                    ],
                ],
            ]
            if let request = operation.request {
                described["requestBody"] = [
                    "required": true, "content": ["application/json": ["schema": request]],
                ]
            }
            if let parameter = operation.parameter {
                described["parameters"] = [
                    ["name": .string(parameter), "in": "path", "required": true, "schema": ["type": "string"]]
                ]
            }
            var path = paths[operation.path]?.object ?? JSONObject()
            path[operation.method] = .object(described)
            paths[operation.path] = .object(path)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Jackfield", "version": .string(version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths), "components": ["schemas": schemas],
        ]
    }

    /// "getApiV1Plugins"
    private static func id(_ operation: Operation) -> String {
        operation.method
            + operation.path.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }
}
