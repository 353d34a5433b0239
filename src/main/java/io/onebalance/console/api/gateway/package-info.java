/// Gateway keys over the API: issued, looked at, changed, rotated, revoked.
@NullMarked
package io.onebalance.console.api.gateway;

import org.jspecify.annotations.NullMarked;
