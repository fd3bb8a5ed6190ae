import Contract
import NodeInventory

extension ProbeFailure {
    /// The failure of a probe that could not see what there is on its node.
    init(_ error: InventoryError) {
        switch error {
        case .kernel: self.init(.system, error.description)
        case .tool: self.init(.toolFailed, error.description)
        }
    }
}
