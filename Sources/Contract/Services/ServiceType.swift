/// How clients reach a service; the words of the Kubernetes API.
public enum ServiceType: String, Codable, Sendable, Hashable, CaseIterable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
}
