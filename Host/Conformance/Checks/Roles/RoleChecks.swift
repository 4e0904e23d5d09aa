extension CheckCatalogue {
    /// What each role promises beyond the ABI, in the words of its header.
    static let roleChecks: [Check] =
        agentChecks + llmChecks + validatorChecks + exporterChecks + notifierChecks + toolChecks
}
