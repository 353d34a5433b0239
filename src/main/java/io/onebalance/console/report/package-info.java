/// What happened, for scripts: sums and the request log, in JSON and CSV. It only reads.
@NullMarked
package io.onebalance.console.report;

import org.jspecify.annotations.NullMarked;
