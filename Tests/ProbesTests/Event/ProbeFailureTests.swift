import ContainerNetworking
import Contract
import Glibc
import Netlink
import NodeInventory
import PodAttachment
import Processes
import ServiceLab
import Sockets
import Testing

@testable import Probes

@Suite("Errors of the rooms below as failures of a probe")
struct ProbeFailureTests {
    @Test(
        "each kind of trouble with pods has its code, and its sentence stays",
        arguments: [
            (PodError.Code.badNetwork, FailureCode.badPlan), (.notApplicable, .notApplicable),
            (.misplaced, .misplaced), (.sharedAddress, .sharedAddress), (.timedOut, .timedOut), (.system, .system),
        ]
    )
    func pods(_ code: PodError.Code, _ expected: FailureCode) {
        let error = PodError(code, operation: "attach", object: "pod 7", cause: "it is so", nextStep: "do this")
        #expect(ProbeFailure(error) == ProbeFailure(expected, "it is so; do this"))
    }

    @Test("what a plugin wrote is kept")
    func plugin() {
        let cause = CNIError(
            plugin: "x", command: .add, kind: .timedOut, msg: "late", standardErrorTail: "waiting for a daemon")
        let error = PodError(.plugin(cause), operation: "ADD", object: "x", cause: "late")
        let failure = ProbeFailure(error)
        #expect(failure == ProbeFailure(cause))
        #expect(failure.code == .timedOut)
        #expect(failure.words == "waiting for a daemon\nlate")
    }

    @Test("a namespace of somebody else's is a bad plan; what a socket says is said of the object")
    func lab() {
        let inUse = LabError(.inUse, operation: "use", object: "it", cause: "it is in use", nextStep: "take another")
        #expect(ProbeFailure(inUse) == ProbeFailure(.badPlan, "it is in use; take another"))
        let socket = LabError(
            .socket(SocketError(.bind, EADDRINUSE)), operation: "start", object: "the server", cause: "")
        #expect(ProbeFailure(socket).code == .portInUse)
        #expect(ProbeFailure(socket).message.hasPrefix("the server: "))
    }

    @Test("what the kernel does not list is the system's, what a program does not print is the program's")
    func inventory() {
        let kernel = NetlinkError(operation: "list", object: "links", code: 1, message: "no", hint: "")
        #expect(ProbeFailure(.kernel(kernel)) == ProbeFailure(.system, kernel.description))
        let tool = ProcessError.notFound(command: "nft", hint: "")
        #expect(ProbeFailure(.tool(tool)) == ProbeFailure(.toolFailed, tool.description))
    }
}
