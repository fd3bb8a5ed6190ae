import Contract
import Glibc
import LinuxHost
import Netlink
import TestSupport
import Testing
import TrafficShaping

@Suite(
    "What is not shaped", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("shaping")
)
struct ShapingRefusalTests {
    private static let delay = LinkImpairment(delay: .init(nanoseconds: 5_000_000))

    @Test("the machine's own network, and that of a process that is to be protected")
    func namespaces() throws {
        let host = try NetworkNamespace.current()
        let error = #expect(throws: ShapingError.self) { _ = try InterfaceShaper(LinkShaping(Self.delay), in: host) }
        #expect(error?.code == .refused)
        #expect(error?.cause.hasPrefix("this is the network of the ") == true)
        try ScratchNamespace.with("shaping") { namespace, _ in
            let process = try namespace.run { () throws(HostError) in try TestProcess.start("sleep", "1000") }
            defer {
                kill(process, SIGKILL)
                _ = TestProcess.endingSignal(of: process)
            }
            let error = #expect(throws: ShapingError.self) {
                _ = try InterfaceShaper(LinkShaping(Self.delay), in: namespace, protecting: [process])
            }
            #expect(error?.code == .refused)
            #expect(error?.cause.contains("\(process)") == true)
        }
    }

    @Test(
        "the loopback, and an interface that is not there",
        arguments: [("lo", ShapingError.Code.refused), ("eth7", .absent)])
    func interfaces(_ name: String, _ code: ShapingError.Code) throws {
        try ScratchNamespace.with("shaping") { namespace, _ in
            let error = #expect(throws: ShapingError.self) {
                try InterfaceShaper(LinkShaping(Self.delay, interface: name), in: namespace).apply()
            }
            #expect(error?.code == code)
            #expect(error?.object == name)
        }
    }

    @Test("what this kernel lacks is said, and an interface that was half shaped is as it was")
    func lacking() throws {
        try ShapingBench.with { near, _, bench in
            let before = try bench.everything()
            let impairment = LinkImpairment(loss: .random(.init(0.1)))
            for direction in ShapingDirection.allCases {
                let shaper = try InterfaceShaper(LinkShaping(impairment, direction: direction), in: near)
                do throws(ShapingError) {
                    _ = try shaper.apply()
                    #expect(ShapingSetting.isThere)
                } catch {
                    #expect(!ShapingSetting.isThere)
                    #expect(error.code == .unsupported, "\(error)")
                    #expect(error.nextStep.contains("doctor"), "\(error)")
                }
                try shaper.undo()
                #expect(try bench.everything() == before)
            }
        }
    }
}
