"""What runs an endorsement machine: the transaction's thread, proofs, papers, queries."""
