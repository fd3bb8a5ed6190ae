import Foundation

/// Like with like: which settings of the resource must be equal before two runs may be compared.
///
/// A factor with one level is not part of a variant's key, so that 64 B then and 1400 B now would look like the same
/// variant. Works on the canonical JSON of any kind. Entries of lists that have a name, such as tests and networks, are
/// compared by name, and only those that both runs have.
enum ResourceGuard {
    /// Keys of `spec` that decide how often and when is measured, and not what.
    static let keysThatDoNotMatter: Set<String> = ["repetitions", "seed", "settle"]

    /// The key of the resource's kind, the one difference that cannot be overridden.
    static let kindKey = "kind"

    /// The settings that differ, sorted by their path: `spec.tests[rr].messageSize`.
    static func differences(base: RunData, candidate: RunData) -> [EnvironmentGuard.Difference] {
        var found: [EnvironmentGuard.Difference] = []
        compare(kindKey, .scalar(base.kind), .scalar(candidate.kind), into: &found)
        compare("spec", spec(of: base), spec(of: candidate), into: &found)
        return found.sorted { $0.key < $1.key }
    }

    /// The `spec` of a run's resource, without the keys that do not matter; nil for what is no JSON.
    static func spec(of run: RunData) -> ResourceValue? {
        guard
            case .object(let resource) = try? JSONDecoder().decode(ResourceValue.self, from: Data(run.resource.utf8)),
            case .object(let spec) = resource["spec"]
        else { return nil }
        return .object(spec.filter { !keysThatDoNotMatter.contains($0.key) })
    }

    private static func compare(
        _ path: String, _ base: ResourceValue?, _ candidate: ResourceValue?,
        into found: inout [EnvironmentGuard.Difference]
    ) {
        guard base != candidate else { return }
        if case .object(let old) = base, case .object(let new) = candidate {
            for key in Set(old.keys).union(new.keys) {
                compare("\(path).\(key)", old[key], new[key], into: &found)
            }
        } else if let old = base?.named, let new = candidate?.named {
            for (name, value) in old {
                guard let other = new[name] else { continue }
                compare("\(path)[\(name)]", value, other, into: &found)
            }
        } else if base?.text != candidate?.text {
            found.append(.init(key: path, base: base?.text, candidate: candidate?.text))
        }
    }
}
