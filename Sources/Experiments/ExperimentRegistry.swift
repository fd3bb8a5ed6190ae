public import Resources

/// Which experiment measures which kind of resource.
public enum ExperimentRegistry {
    /// The experiment for a document's resource, or nil when its kind measures nothing.
    ///
    /// Files that a resource names are taken from the directory of the document's own file.
    public static func experiment(for document: ResourceDocument) -> (any Experiment)? {
        guard let experiment = undisturbed(document) else { return nil }
        let conditions = document.resource.conditions
        return conditions.isEmpty ? experiment : ConditionedExperiment(experiment, conditions)
    }

    private static func undisturbed(_ document: ResourceDocument) -> (any Experiment)? {
        switch document.resource {
        case let resource as CNIPerformance: CNIPerformanceExperiment(resource, directory: document.directory)
        case let resource as CNIBenchmark: CNIBenchmarkExperiment(resource, directory: document.directory)
        case let resource as NetworkScalabilityTest: NetworkScalabilityExperiment(resource)
        case let resource as NetworkConnectivityTest: NetworkConnectivityExperiment(resource)
        case let resource as NetworkProblemDetector: NetworkProblemDetectorExperiment(resource)
        case let resource as NetworkTrafficShaper: NetworkTrafficShaperExperiment(resource)
        default: nil
        }
    }
}
