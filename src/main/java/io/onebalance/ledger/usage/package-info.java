/// Reads tokens from the bytes of answers as they pass, whatever dialect they are in and wherever
/// they are cut. Holds nothing back and keeps a few KiB at most. Pure.
@NullMarked
package io.onebalance.ledger.usage;

import org.jspecify.annotations.NullMarked;
