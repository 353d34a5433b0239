/// What the operator of the house looks after: gateway keys, settings, the audit log.
@NullMarked
package io.onebalance.console.pages.house;

import org.jspecify.annotations.NullMarked;
