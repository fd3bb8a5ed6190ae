import Contract
import Results
import TestSupport
import Testing

extension Workbench {
    /// Measures a few services with these modes and keys, and expects that every trial was completed.
    func expectMeasured(
        _ proxies: [String],
        _ more: [String],
        measure: [String] = [
            "program", "first-packet", "add-one", "delete-one", "change-endpoint", "restart", "remove",
        ]
    ) async throws {
        var more = more
        // The pause between two syncs is waited for elsewhere.
        if !more.contains(where: { $0.hasPrefix("sync: ") }) { more.append("sync: {minSyncPeriod: 10ms}") }
        let scenario = ServiceProxyScenario(
            proxies: proxies,
            services: ["4"],
            measure: measure,
            more: more
        )
        let file = try write(scenario.yaml, to: "scenario.yaml")
        let result = try await startRun(file).end(within: .seconds(180))
        #expect(result.exitCode == 0, "\(more): \(result.standardError)")
        let trials = try store().trials(runID: try lastRun().id)
        #expect(Set(trials.compactMap { $0.factors["proxy"] }) == Set(proxies))
        for trial in trials {
            #expect(trial.outcome == .completed, "\(trial.variant): \(trial.reason ?? "")")
            guard trial.factors["proxy"] != "none" else { continue }
            let visible = try #require(try samples(of: trial)["add_one_visible"], "\(trial.variant)")
            #expect(!visible.censored, "\(trial.variant): the added service was not seen")
        }
    }
}
