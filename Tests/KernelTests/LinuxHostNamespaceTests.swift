import Glibc
import LinuxHost
import TestSupport
import Testing

@Suite(
    "Network namespaces", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("ns")
)
struct LinuxHostNamespaceTests {
    @Test("a created namespace is named, different from the host's, and gone after removal")
    func createAndRemove() throws {
        let name = UniqueName.make("ns")
        let namespace = try NetworkNamespace.create(named: name)
        defer { try? NetworkNamespace.remove(named: name) }
        #expect(NetworkNamespace.names().contains(name))
        let host = try HostNamespace.inode()
        #expect(namespace.inode != host)
        let reopened = try NetworkNamespace.open(named: name).inode
        #expect(reopened == namespace.inode)
        try NetworkNamespace.remove(named: name)
        #expect(!NetworkNamespace.names().contains(name))
        #expect(throws: HostError.self) { _ = try NetworkNamespace.open(named: name).inode }
    }

    @Test("removing twice, or what never was, is fine")
    func removalIsIdempotent() throws {
        let name = UniqueName.make("ns")
        _ = try NetworkNamespace.create(named: name)
        try NetworkNamespace.remove(named: name)
        try NetworkNamespace.remove(named: name)
        #expect(!NetworkNamespace.names().contains(name))
    }

    @Test("a name that is taken is refused and the first namespace stays")
    func duplicate() throws {
        try ScratchNamespace.with("ns") { namespace, name in
            let inode = namespace.inode
            let error = #expect(throws: HostError.self) { _ = try NetworkNamespace.create(named: name).inode }
            #expect(error?.errno == EEXIST)
            #expect(error?.description.contains(name) == true)
            let reopened = try NetworkNamespace.open(named: name).inode
            #expect(reopened == inode)
        }
    }

    @Test("several are created at once, each a namespace of its own", arguments: [0, 1, 3, 40])
    func createSeveral(count: Int) throws {
        let names = (0..<count).map { _ in UniqueName.make("ns") }
        defer { for name in names { try? NetworkNamespace.remove(named: name) } }
        try NetworkNamespace.create(named: names)
        var inodes: Set<UInt64> = [try HostNamespace.inode()]
        for name in names { inodes.insert(try NetworkNamespace.open(named: name).inode) }
        #expect(inodes.count == count + 1)
        #expect(try NetworkNamespace.current().inode == HostNamespace.inode())
    }

    @Test("when one name of several is taken, none of the others stays, and the first owner's does")
    func createSeveralRefused() throws {
        try ScratchNamespace.with("ns") { namespace, taken in
            let inode = namespace.inode
            let others = [UniqueName.make("ns"), UniqueName.make("ns")]
            let error = #expect(throws: HostError.self) {
                try NetworkNamespace.create(named: [others[0], taken, others[1]])
            }
            #expect(error?.errno == EEXIST)
            #expect(error?.object == taken)
            #expect(NetworkNamespace.names().filter(others.contains).isEmpty)
            let reopened = try NetworkNamespace.open(named: taken).inode
            #expect(reopened == inode)
        }
    }

    @Test("the same name twice is refused and leaves nothing")
    func createTwins() throws {
        let name = UniqueName.make("ns")
        let error = #expect(throws: HostError.self) { try NetworkNamespace.create(named: [name, name]) }
        #expect(error?.errno == EEXIST)
        #expect(!NetworkNamespace.names().contains(name))
    }

    @Test("the file that a killed create leaves is listed, is no namespace, and can be removed")
    func halfMade() throws {
        let name = UniqueName.make("ns")
        let path = NetworkNamespace.path(named: name)
        mkdir(NetworkNamespace.directory, 0o755)
        close(creat(path, 0o444))
        defer { unlink(path) }
        #expect(NetworkNamespace.names().contains(name))
        let error = #expect(throws: HostError.self) { _ = try NetworkNamespace.open(named: name).inode }
        #expect(error?.hint.contains("something else") == true)
        try NetworkNamespace.remove(named: name)
        #expect(access(path, F_OK) != 0)
    }

    @Test("a body runs inside, and the caller stays outside")
    func run() throws {
        try ScratchNamespace.with("ns") { namespace, _ in
            let outside = try NetworkNamespace.current().inode
            let own = namespace.inode
            let inside = try namespace.run { () throws(HostError) in try NetworkNamespace.current().inode }
            let after = try NetworkNamespace.current().inode
            #expect(inside == own)
            #expect(after == outside)
        }
    }

    @Test("an error of the body comes out with its own type")
    func runThrows() throws {
        struct Refusal: Error, Equatable { let number: Int }
        try ScratchNamespace.with("ns") { namespace, _ in
            let error = #expect(throws: Refusal.self) {
                try namespace.run(failure: { _ in Refusal(number: 0) }) { () throws(Refusal) in
                    throw Refusal(number: 7)
                }
            }
            #expect(error == Refusal(number: 7))
        }
    }

    @Test("a namespace lives on as long as its value, without its name")
    func outlivesItsName() throws {
        try ScratchNamespace.with("ns") { namespace, name in
            let inode = namespace.inode
            try NetworkNamespace.remove(named: name)
            let inside = try namespace.run { () throws(HostError) in try NetworkNamespace.current().inode }
            #expect(inside == inode)
        }
    }

    @Test("processes are found by their namespace and ended")
    func processes() throws {
        try ScratchNamespace.with("ns") { namespace, name in
            let process = try namespace.run { () throws(HostError) in try TestProcess.start("sleep", "60") }
            #expect(NetworkNamespace.processes(in: [name, "nmx-never-was"]) == [process: name])
            #expect(ProcessEnd.end([process], deadline: .seconds(4)).isEmpty)
            #expect(TestProcess.endingSignal(of: process) == SIGTERM)
            #expect(NetworkNamespace.processes(in: [name]).isEmpty)
        }
    }

    @Test("many namespaces at once are all different", arguments: [100])
    func many(count: Int) async throws {
        let names = (0..<count).map { _ in UniqueName.make("ns") }
        defer { for name in names { try? NetworkNamespace.remove(named: name) } }
        let inodes = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for name in names {
                group.addTask { try NetworkNamespace.create(named: name).inode }
            }
            return try await group.reduce(into: Set<UInt64>()) { $0.insert($1) }
        }
        #expect(inodes.count == count)
        #expect(Set(names).isSubset(of: NetworkNamespace.names()))
    }
}
