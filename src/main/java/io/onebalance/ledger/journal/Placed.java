package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;

/// An entry in the journal.
///
/// @param position right behind it: whoever took this entry over reads on after it
/// @param detailed whether all of it was kept; else its request id, attempts and dropped features
///   are empty, because it was written in brief or the journal was filling up
public record Placed(long position, Entry entry, boolean detailed) {}
