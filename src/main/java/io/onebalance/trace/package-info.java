/// Requests as OpenTelemetry's traces, sent to a collector. Made from entries of the ledger when
/// they are written, off the hot path; while nobody wants traces, nothing of it is loaded.
@NullMarked
package io.onebalance.trace;

import org.jspecify.annotations.NullMarked;
