import ContainerNetworking
import Testing

@testable import LocalTestbed

@Suite("Where leases are kept")
struct LeaseDirectoryTests {
    private func inserted(_ json: String) throws -> JSONValue {
        LeaseDirectory.insert("/run/r/leases", into: try JSONValue(parsing: json))
    }

    @Test(
        "host-local keeps its leases with the run, whatever directory a list names",
        arguments: [
            (#"{"type":"host-local"}"#, "/run/r/leases"),
            (#"{"type":"host-local","dataDir":"/run/r/leases"}"#, "/run/r/leases"),
            (#"{"type":"host-local","dataDir":"/run/r/leases/second"}"#, "/run/r/leases/second"),
            (#"{"type":"host-local","dataDir":"/var/lib/cni/networks"}"#, "/run/r/leases/var/lib/cni/networks"),
            (#"{"type":"host-local","dataDir":"/run/r/leases/../../../etc"}"#, "/run/r/leases/etc"),
            (#"{"type":"host-local","dataDir":"/run/r/leases-other"}"#, "/run/r/leases/run/r/leases-other"),
            (#"{"type":"host-local","dataDir":"relative/./x"}"#, "/run/r/leases/relative/x"),
            (#"{"type":"host-local","dataDir":""}"#, "/run/r/leases"),
            (#"{"type":"host-local","dataDir":7}"#, "/run/r/leases"),
        ]
    )
    func rewritten(_ ipam: String, _ directory: String) throws {
        let list = try inserted(#"{"plugins":[{"type":"bridge","ipam":\#(ipam)}]}"#)
        #expect(list["plugins"]?.array?.first?["ipam"]?["dataDir"] == .string(directory))
    }

    @Test("so it does in the configurations that a plugin delegates to, however deep")
    func delegates() throws {
        let list = try inserted(
            #"""
            {"plugins":[{"type":"multus","delegates":[
              {"type":"bridge","ipam":{"type":"host-local","dataDir":"/a"}},
              {"name":"x","plugins":[{"type":"ptp","ipam":{"type":"host-local","dataDir":"/b"}}]}],
              "delegate":{"ipam":{"type":"host-local"}}}]}
            """#)
        let plugin = list["plugins"]?.array?.first
        let delegates = plugin?["delegates"]?.array
        #expect(delegates?.first?["ipam"]?["dataDir"] == .string("/run/r/leases/a"))
        #expect(
            delegates?.last?["plugins"]?.array?.first?["ipam"]?["dataDir"] == .string("/run/r/leases/b"))
        #expect(plugin?["delegate"]?["ipam"]?["dataDir"] == .string("/run/r/leases"))
    }

    @Test("addresses of other plugins, and everything else, stay as they are")
    func others() throws {
        let text = #"{"name":"n","plugins":[{"ipam":{"dataDir":"/d","type":"static"},"mtu":1400,"type":"bridge"}]}"#
        #expect(try inserted(text) == JSONValue(parsing: text))
    }
}
