import Testing

@testable import Netlink

@Suite("Netlink errors")
struct NetlinkErrorTests {
    @Test("an error says what, on what, why, and what to do")
    func description() {
        let error = NetlinkError(
            operation: "add route", object: "default via 203.0.113.1 dev v0", code: 7, errno: 22,
            message: "Nexthop has invalid gateway", hint: "Add a route to the gateway"
        )
        let text = "cannot add route default via 203.0.113.1 dev v0: Nexthop has invalid gateway (errno 22)."
        #expect("\(error)" == text + " Add a route to the gateway")
    }

    @Test("an error without number and hint has neither")
    func short() {
        #expect("\(NetlinkError.refused("add link", "x", "no", hint: ""))" == "cannot add link x: no")
    }

    @Test(
        "there and absent are told apart by libnl's codes",
        arguments: [(6, true, false), (12, false, true), (31, false, true), (7, false, false)])
    func kinds(code: Int32, isAlreadyThere: Bool, isAbsent: Bool) {
        let error = NetlinkError(operation: "a", object: "b", code: code, message: "c", hint: "")
        #expect(error.isAlreadyThere == isAlreadyThere)
        #expect(error.isAbsent == isAbsent)
    }
}
