/// A gateway in front of one upstream, as it would be run: prompt-injection and secrets on the way in, secrets on the
/// way out, the log at `info`.
enum GatewayManifest {
    /// - Parameter loops: event loop threads; 0 is one for each processor core.
    static func text(upstream: String, loops: Int) -> String {
        """
        jackfield: 1
        profile: production
        server: { loops: \(loops) }
        logging: { level: info, format: json }
        plugins:
          openai: { use: llm/openai, config: { base_url: "\(upstream)" }, grants: { http: ["\(upstream)"] } }
          prompt-injection: { use: validator/prompt-injection }
          secrets: { use: validator/secrets }
        models:
          gpt-4o-mini: { route: [openai/gpt-4o-mini] }
        validators: { input: [prompt-injection, secrets], output: [secrets] }
        """
    }
}
