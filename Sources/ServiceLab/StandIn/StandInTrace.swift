public import Contract
import LinuxHost
import Netlink
import Quantities

/// What a stand-in changes in the network of its place, so that it is as before when the stand-in goes and the place stays.
public struct StandInTrace: Sendable {
    private static let settings = ["net.ipv4.icmp_ratelimit", "net.ipv6.icmp.ratelimit"]

    private let values: [(key: String, value: String)]

    /// Remembers what is there before anything is made.
    public init() throws(LabError) {
        let namespace: NetworkNamespace
        do throws(HostError) {
            namespace = try NetworkNamespace.current()
        } catch {
            throw Self.error("look at", error.description)
        }
        var values: [(String, String)] = []
        // Where IPv6 is turned off there is no setting of it.
        for key in Self.settings { if let value = try? Sysctl.read(key, in: namespace) { values.append((key, value)) } }
        self.values = values
    }

    /// Makes what a place stands in for; where that fails, all is as before.
    public func make(_ standIn: StandIn) throws(LabError) {
        do throws(LabError) {
            try StandInNetwork.make(standIn)
        } catch {
            try? putSettingsBack()
            throw error
        }
    }

    private func putSettingsBack() throws {
        let namespace = try NetworkNamespace.current()
        for (key, value) in values { try Sysctl.write(key, value, in: namespace) }
    }

    /// Takes away what was made for a stand-in, and puts the settings back.
    public func undo(_ standIn: StandIn) throws(LabError) {
        do {
            try StandInNetwork.takeAway(standIn)
            try putSettingsBack()
        } catch {
            throw Self.error("take away", "\(error)")
        }
    }

    private static func error(_ operation: String, _ cause: String) -> LabError {
        LabError(.system, operation: operation, object: "what the place stands in for", cause: cause)
    }
}
