import Foundation
import TestSupport
import Testing

@testable import Coordinator

@Suite("The lock that keeps runs apart")
struct MeasurementLockTests {
    private static var descriptors: Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).count
    }

    @Test("one holds it, the next is told by whom, and it is free again when the holder lets go")
    func excludes() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/lock"
            var first: MeasurementLock? = try MeasurementLock(path: path, holder: "run A, process 1")
            #expect(throws: MeasurementLock.Refusal.held(by: "run A, process 1")) {
                _ = try MeasurementLock(path: path, holder: "run B")
            }
            #expect(first != nil)
            first = nil
            let third = try MeasurementLock(path: path, holder: "C")
            // A shorter name leaves nothing of the longer one before it.
            #expect(throws: MeasurementLock.Refusal.held(by: "C")) {
                _ = try MeasurementLock(path: path, holder: "run D")
            }
            withExtendedLifetime(third) {}
        }
    }

    @Test("a refusal keeps no descriptor open")
    func closes() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/lock"
            let lock = try MeasurementLock(path: path, holder: "A")
            let before = Self.descriptors
            for _ in 0..<200 {
                #expect(throws: MeasurementLock.Refusal.self) { _ = try MeasurementLock(path: path, holder: "B") }
            }
            // Other tests open files meanwhile, but not hundreds.
            #expect(Self.descriptors < before + 100)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("a path where no file can be is told with the reason")
    func unusable() {
        let error = #expect(throws: MeasurementLock.Refusal.self) {
            _ = try MeasurementLock(path: "/nowhere/lock", holder: "A")
        }
        #expect(error?.description.contains("cannot lock /nowhere/lock: No such file or directory") == true)
    }
}
