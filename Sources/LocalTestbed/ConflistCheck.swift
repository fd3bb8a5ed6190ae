import Quantities
import Testbed

/// Reads configuration lists that resources name as a run would, so that what is wrong is found before one.
public enum ConflistCheck {
    /// What is wrong with a list; empty when a run could use it.
    ///
    /// - Parameters:
    ///   - path: The list's file.
    ///   - network: The name of the network that it is for.
    public static func problems(of path: String, network: String) -> [ConflistProblem] {
        let plan = NetworkPlan(name: network, podNetwork: .conflist(path: path), fabric: .routes, podsOnNode: [0])
        do {
            let addresses = try AddressPlan(families: IPAddress.Family.allCases)
            _ = try NodeConflist(network: plan, node: 0, plan: addresses, leases: "/run").list()
            return []
        } catch let error as ConflistProblems {
            return error.problems
        } catch {
            return [ConflistProblem(file: path, position: nil, message: "\(error)")]
        }
    }
}
