import Glibc
import Testing

@testable import LinuxHost

@Suite("What a process may have")
struct ProcessLimitsTests {
    private let needed = ProcessLimits.neededAddresses(processors: 2)

    @Test("too few descriptors and too few addresses are said, with how to have more; enough is nothing to say")
    func shortages() {
        let files = UInt64(ProcessLimits.neededDescriptors)
        func shortage(_ files: UInt64, _ addresses: UInt64) -> String? {
            ProcessLimits.shortage(freeDescriptors: files, addresses: addresses, neededAddresses: needed)
        }
        #expect(shortage(files, needed) == nil)
        #expect(shortage(files - 1, needed)?.contains("\(files - 1) more files, and \(files) are needed") == true)
        #expect(shortage(files, needed - 1)?.contains("ulimit -v") == true)
        #expect(shortage(0, 0)?.contains("ulimit -n") == true)
    }

    @Test("more processors need more addresses, for the threads that there will be")
    func processors() {
        #expect(ProcessLimits.neededAddresses(processors: 64) > ProcessLimits.neededAddresses(processors: 2))
        #expect(needed < 3 << 30)
    }

    @Test("64 descriptors, of which three are open, are enough")
    func sixtyFour() {
        #expect(ProcessLimits.neededDescriptors <= 61)
    }

    @Test("a signal that is ignored is told from one with a handler and from the default")
    func dispositions() {
        let number = SIGUSR2
        let before = signal(number, SIG_IGN)
        defer { signal(number, before) }
        #expect(SignalDisposition.isIgnored(number))
        signal(number) { _ in }
        #expect(!SignalDisposition.isIgnored(number))
        signal(number, SIG_DFL)
        #expect(!SignalDisposition.isIgnored(number))
    }
}
