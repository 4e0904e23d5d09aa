import JackfieldJSON

extension OpenAPIDocument {
    private static let day: JSON = ["type": "string", "format": "date"]

    static let operations: [Operation] = [
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
        Operation(
            "post", "/api/v1/plugins/{id}/restart",
            "Start the process of an isolated plugin again, and close its circuit", tag: "Plugins", response: object,
            parameter: "id"),
        Operation(
            "get", "/api/v1/tools", "Every tool that can be called, with its schema", tag: "Tools",
            response: ref("Tools")),
        Operation(
            "post", "/api/v1/tools/{instance}/{tool}", "Call a tool with a JSON object as its schema says",
            tag: "Tools",
            request: object, response: ref("ToolAnswer"), parameters: ["instance", "tool"]),
        Operation(
            "post", "/api/v1/tools/{alias}", "The same by the name that models are told", tag: "Tools",
            request: object, response: ref("ToolAnswer"), parameters: ["alias"]),
        Operation(
            "get", "/api/v1/models", "Models, their routes, and how each upstream stands", tag: "Models",
            response: ref("Models")),
        Operation(
            "get", "/api/v1/usage", "Tokens and cost of a range of days", tag: "Models", response: ref("Usage"),
            query: [
                (
                    "by", "What they are added up by.",
                    ["enum": ["model", "upstream", "user", "key", "agent", "session", "all"], "default": "model"]
                ),
                ("from", "The first day, in UTC; the same as `until` where it is left out.", day),
                ("until", "The last day; today where it is left out.", day),
                ("limit", "How many lines.", ["type": "integer", "minimum": 1, "maximum": 10_000, "default": 100]),
            ]),
        Operation(
            "get", "/api/v1/budgets", "The budgets that are in use, and how far each is used up", tag: "Models",
            response: ref("Budgets")),
        Operation("get", "/api/v1/cache", "What the response cache holds and did", tag: "Models", response: object),
        Operation(
            "delete", "/api/v1/cache", "Throw answers away: those that fit all that is named, or every one",
            tag: "Models", response: object,
            query: [
                ("model", "A name from /api/v1/models.", ["type": "string"]),
                ("tenant", "A key's short name, as /api/v1/usage?by=key has it.", ["type": "string"]),
                ("tag", "One of the names that x-jackfield-cache-tags gave the answer.", ["type": "string"]),
            ]),
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
}
