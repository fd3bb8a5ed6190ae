import Contract
import Probes
import Quantities
import Testing

@Suite("plans of operations on pods")
struct CNIOperationsTests {
    static var plans: [CNIOperations] {
        guard let plan else { return [] }
        return [plan]
    }

    private static var plan: CNIOperations? {
        guard let range = IPAddress(bytes: [10, 244, 0, 0]).flatMap({ CIDR(address: $0, prefixLength: 20) }) else {
            return nil
        }
        return CNIOperations(
            work: .lifecycle, conflist: #"{"name": "net"}"#, pluginDirectories: ["/opt/cni/bin"],
            directory: "/run/netmachinery/run/sites", containerPrefix: "nm-run-net-node0-pod",
            range: range, standing: 100, measured: 20, concurrency: 4)
    }

    @Test(
        "what cannot be carried out is refused with its place",
        arguments: [
            ("standing", 0), ("standing", 5_000), ("measured", 0), ("concurrency", 0), ("concurrency", 1_000),
            ("timeoutNanoseconds", 0),
        ]
    )
    func outOfRange(_ key: String, _ value: Int) throws {
        var plan = try #require(Self.plan)
        switch key {
        case "standing": plan.standing = value
        case "measured": plan.measured = value
        case "concurrency": plan.concurrency = value
        default: plan.timeoutNanoseconds = UInt64(value)
        }
        let error = #expect(throws: PlanError.self) {
            try ProbePlan(probe: plan, deadlineSeconds: 1).validate()
        }
        #expect(error?.path == "probe.\(key)")
    }

    @Test("containers without a name of our own are refused", arguments: ["", "-pod", "a/b", "nm run"])
    func badPrefix(_ prefix: String) throws {
        var plan = try #require(Self.plan)
        plan.containerPrefix = prefix
        let error = #expect(throws: PlanError.self) {
            try ProbePlan(probe: plan, deadlineSeconds: 1).validate()
        }
        #expect(error?.path == "probe.containerPrefix")
    }

    @Test(
        "a directory that could be somebody else's is never emptied",
        arguments: ["", "/", "/run", "/var/lib", "run/netmachinery/x", "/run/netmachinery/../../etc/cni"]
    )
    func dangerousDirectory(_ directory: String) throws {
        var plan = try #require(Self.plan)
        plan.directory = directory
        let error = #expect(throws: PlanError.self) {
            try ProbePlan(probe: plan, deadlineSeconds: 1).validate()
        }
        #expect(error?.path == "probe.directory")
    }
}
