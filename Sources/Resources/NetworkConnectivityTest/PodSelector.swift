extension NetworkConnectivityTest {
    /// Pods by their labels, as Kubernetes selects them: all that is said has to hold.
    public struct PodSelector: Sendable, Hashable, CustomStringConvertible {
        /// One thing that is said of a label.
        public struct Expression: Sendable, Hashable, CustomStringConvertible {
            /// What has to hold.
            public enum Operator: String, Sendable, Hashable, CaseIterable {
                /// The label is there with one of the values.
                case isIn = "In"
                /// It is not: without the label, or with another value.
                case isNotIn = "NotIn"
                /// It is there.
                case exists = "Exists"
                /// It is not there.
                case isAbsent = "DoesNotExist"

                /// Whether it goes with values.
                var hasValues: Bool { self == .isIn || self == .isNotIn }
            }

            /// The label.
            public var key: String
            /// What has to hold.
            public var comparison: Operator
            /// The values, for those that go with some.
            public var values: [String]

            /// Says something of a label.
            public init(_ key: String, _ comparison: Operator, _ values: [String] = []) {
                self.key = key
                self.comparison = comparison
                self.values = values
            }

            func holds(for labels: [String: String]) -> Bool {
                switch comparison {
                case .isIn: labels[key].map(values.contains) ?? false
                case .isNotIn: !(labels[key].map(values.contains) ?? false)
                case .exists: labels[key] != nil
                case .isAbsent: labels[key] == nil
                }
            }

            /// As `kubectl` writes it: `tier in (a, b)`, `!tier`.
            public var description: String {
                switch comparison {
                case .isIn: "\(key) in (\(values.joined(separator: ", ")))"
                case .isNotIn: "\(key) notin (\(values.joined(separator: ", ")))"
                case .exists: key
                case .isAbsent: "!\(key)"
                }
            }
        }

        /// The namespace of the pods.
        public var namespace: String
        /// Labels with their values.
        public var labels: [String: String]
        /// What else is said.
        public var expressions: [Expression]

        /// Selects pods; nothing said selects all of the namespace.
        public init(
            namespace: String = Reference.usual, labels: [String: String] = [:], expressions: [Expression] = []
        ) {
            self.namespace = namespace
            self.labels = labels
            self.expressions = expressions
        }

        /// Whether a pod is selected.
        public func selects(_ pod: LocalPod) -> Bool {
            pod.name.namespace == namespace && labels.allSatisfy { pod.labels[$0.key] == $0.value }
                && expressions.allSatisfy { $0.holds(for: pod.labels) }
        }

        /// What is said, `kubectl`'s way.
        public var description: String {
            let words =
                labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + expressions.map(\.description)
            let text = words.isEmpty ? "every pod" : words.joined(separator: ",")
            return namespace == Reference.usual ? text : "\(namespace)/\(text)"
        }
    }
}
