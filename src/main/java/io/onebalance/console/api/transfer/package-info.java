/// Keys on their way in and out of the key API with all that is known of them.
@NullMarked
package io.onebalance.console.api.transfer;

import org.jspecify.annotations.NullMarked;
