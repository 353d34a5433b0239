/// Several instances on one database: who lives, what happened elsewhere, and who runs a job. It
/// knows when to look, not what is looked at.
@NullMarked
package io.onebalance.cluster;

import org.jspecify.annotations.NullMarked;
