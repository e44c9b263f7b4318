"""Central's side of the endorsement machine: permits on file, orders, payments, cases."""
