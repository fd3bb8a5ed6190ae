import Contract

/// Carries out one kind of probe.
protocol ProbeRunner: SendableMetatype {
    /// The settings that it carries out.
    associatedtype Settings: Probe

    /// Measures, or serves until the stop is tripped, and says what happens to the output.
    ///
    /// Everything that was started is ended when this returns.
    static func run(_ probe: Settings, in context: ProbeContext) async throws(ProbeFailure)
}

extension ProbeRunner {
    /// The kind of settings, without its runner.
    static var settings: any Probe.Type { Settings.self }

    /// Carries out settings that are this runner's; false for those of another one.
    static func runs(_ probe: any Probe, in context: ProbeContext) async throws(ProbeFailure) -> Bool {
        guard let settings = probe as? Settings else { return false }
        try await run(settings, in: context)
        return true
    }
}
