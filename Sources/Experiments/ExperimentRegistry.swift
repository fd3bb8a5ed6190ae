public import Resources

/// Which experiment measures which kind of resource.
public enum ExperimentRegistry {
    /// The experiment for a resource, or nil when its kind measures nothing.
    public static func experiment(for resource: any Resource) -> (any Experiment)? {
        switch resource {
        case let resource as CNIPerformance: CNIPerformanceExperiment(resource)
        default: nil
        }
    }
}
