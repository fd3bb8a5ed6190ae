/// Every kind that this program knows.
///
/// A new kind is added here, and nowhere else outside of its own file and folder.
enum Kinds {
    static let all: [any ReadableResource.Type] = [
        CNIPerformance.self,
        CNIBenchmark.self,
        NetworkScalabilityTest.self,
        NetworkConnectivityTest.self,
        NetworkTrafficShaper.self,
        Scenario.self,
        NetworkProblemDetector.self,
    ]

    static let apiVersion = "networkmachinery.io/v1alpha1"
}
