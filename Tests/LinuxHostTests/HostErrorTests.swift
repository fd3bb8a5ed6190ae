import Foundation
import TestSupport
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
        "a name that is no file name is no name of a namespace",
        arguments: ["", ".", "..", "a/b", "/", "../x", "a\0b", String(repeating: "n", count: 256)]
    )
    func badNames(name: String) {
        #expect(throws: HostError.self) { try NetworkNamespace.check(name, for: "use") }
    }

    @Test(
        "a name is one of up to 255 bytes",
        arguments: ["a", "...", ".a", "a b", "é", String(repeating: "n", count: 255)])
    func goodNames(name: String) {
        #expect(throws: Never.self) { try NetworkNamespace.check(name, for: "use") }
    }

    /// The names lead to a file of the test's own and to nowhere: with a broken guard that file is gone, and nothing else.
    @Test("a name that leads out of the directory is refused before anything is made or removed")
    func outside() throws {
        try ScratchDirectory.with { directory in
            let sentinel = "\(directory)/sentinel"
            try "stays".write(toFile: sentinel, atomically: true, encoding: .utf8)
            let upwards = NetworkNamespace.directory.split(separator: "/").map { _ in ".." }.joined(separator: "/")
            for name in [upwards + sentinel, upwards + directory + "/none"] {
                #expect(throws: HostError.self) { _ = try NetworkNamespace.create(named: name).inode }
                #expect(throws: HostError.self) { _ = try NetworkNamespace.open(named: name).inode }
                #expect(throws: HostError.self) { try NetworkNamespace.remove(named: name) }
            }
            #expect(try String(contentsOfFile: sentinel, encoding: .utf8) == "stays")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["sentinel"])
        }
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
