import Contract
import LinuxHost

/// Tries in a namespace of its own whether the machine can do what a mode needs.
struct TryOut: Sendable {
    let loader: Loader

    /// Services with everything that a proxy may have to do for one.
    static let services: [ServicePort] = {
        // 198.18.0.1, of the range for benchmarks (RFC 2544).
        let address = IPv4Address(number: 0xC612_0001)
        let endpoints = [
            ServiceEndpoint(address: address.advanced(by: 100), port: 8080, isLocal: true),
            ServiceEndpoint(address: address.advanced(by: 101), port: 8080),
        ]
        return [
            ServicePort(
                name: "trial/balanced:http", clusterIP: address, port: 80,
                exposure: .loadBalancer(
                    address: address.advanced(by: 10), nodePort: 30_001,
                    sourceRanges: [IPv4Range(address, prefixLength: 16)]),
                affinitySeconds: 10_800, endpoints: endpoints),
            ServicePort(
                name: "trial/plain:dns", transport: .udp, clusterIP: address.advanced(by: 1), port: 53,
                endpoints: endpoints),
            ServicePort(
                name: "trial/empty:http", clusterIP: address.advanced(by: 2), port: 80, exposure: .nodePort(30_002),
                endpoints: []),
        ]
    }()

    /// Why the program cannot load the input into an empty namespace; nil when it can.
    ///
    /// `unshare --net` makes a namespace that is gone with the program: asking leaves nothing, not even empty tables.
    func shortcoming(of program: String, _ arguments: [String], input: [UInt8], _ mode: ProxyMode) async -> String? {
        let purpose = Loader.Purpose("try", mode.rawValue)
        guard Identity.isRoot else { return "\(mode.rawValue) needs root" }
        guard let path = loader.find(program) else {
            return ServiceProxyError.noProgram(program, purpose).description
        }
        do throws(ServiceProxyError) {
            _ = try await loader.run("unshare", ["--net", "--", path] + arguments, input: input, for: purpose)
            return nil
        } catch {
            // Somebody who holds the lock now is no lack of the machine; loading will wait for it, and say so.
            return error.code == .lockHeld ? nil : error.description
        }
    }
}
