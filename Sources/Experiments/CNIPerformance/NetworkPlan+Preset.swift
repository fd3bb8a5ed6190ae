public import Resources
public import Testbed

extension NetworkPlan {
    /// The network that a preset stands for.
    public init(name: String, preset: CNIPerformance.Preset, podsOnNode: [Int]) {
        switch preset {
        case .bridge: self.init(name: name, podNetwork: .bridge, fabric: .routes, podsOnNode: podsOnNode)
        case .bridgeVXLAN: self.init(name: name, podNetwork: .bridge, fabric: .vxlan, podsOnNode: podsOnNode)
        case .ptp: self.init(name: name, podNetwork: .pointToPoint, fabric: .routes, podsOnNode: podsOnNode)
        }
    }
}
