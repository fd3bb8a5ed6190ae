import Glibc
import Testing

@testable import LinuxHost

@Suite("Errors and names of the host")
struct HostErrorTests {
    @Test("an error says what, on what, why, and what to do")
    func description() {
        let error = HostError(operation: "create network namespace", object: "a", errno: EPERM, hint: "Run as root")
        #expect("\(error)" == "cannot create network namespace a: Operation not permitted (errno 1). Run as root")
    }

    @Test("an error without an answer of the kernel leaves the number out")
    func withoutNumber() {
        let error = HostError(operation: "open", object: "b", errno: 0, hint: "")
        #expect("\(error)" == "cannot open b")
    }

    @Test("an errno that nobody knows has a text too")
    func unknown() {
        #expect(HostError.text(of: 9999) == "unknown error")
    }

    @Test(
        "a name that is no file name is refused before anything is made",
        arguments: ["", ".", "..", "a/b", "/", "../../etc/passwd", "a\0b", String(repeating: "n", count: 256)]
    )
    func badNames(name: String) {
        #expect(throws: HostError.self) { _ = try NetworkNamespace.create(named: name).inode }
        #expect(throws: HostError.self) { _ = try NetworkNamespace.open(named: name).inode }
        #expect(throws: HostError.self) { try NetworkNamespace.remove(named: name) }
    }

    @Test(
        "a path that is no namespace is refused",
        arguments: ["/proc/self/status", "/proc/self/ns/mnt", "/dev/null", "/", "/nowhere"])
    func badPaths(path: String) {
        #expect(throws: HostError.self) { _ = try NetworkNamespace.open(path: path).inode }
    }

    @Test("the current namespace is that of the process")
    func current() throws {
        let current = try NetworkNamespace.current().inode
        let process = try NetworkNamespace.open(path: "/proc/self/ns/net").inode
        #expect(current == process)
        #expect(current > 0)
    }

    @Test(
        "a key becomes a path below /proc/sys",
        arguments: [
            ("net.ipv4.ip_forward", "/proc/sys/net/ipv4/ip_forward"),
            ("net/ipv4/conf/eth0.5/forwarding", "/proc/sys/net/ipv4/conf/eth0.5/forwarding"),
        ]
    )
    func sysctlPath(key: String, path: String) throws {
        #expect(try Sysctl.path(of: key, for: "read") == path)
    }

    @Test(
        "a key that leaves /proc/sys is refused", arguments: ["", "net", "net..x", "net/../kernel", ".net.x", "net.x."])
    func badKeys(key: String) {
        #expect(throws: HostError.self) { try Sysctl.path(of: key, for: "read") }
    }

    @Test("the monotonic clock does not step back")
    func clock() {
        let readings = (0..<1000).map { _ in Clock.monotonicNanoseconds() }
        #expect(readings == readings.sorted())
        #expect(readings[0] > 0)
    }
}
