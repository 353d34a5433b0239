/// Fetching what strangers' links lead to: from public addresses only, never with anybody's
/// credentials, and not over the connections that providers are asked over.
@NullMarked
package io.onebalance.upstream.fetch;

import org.jspecify.annotations.NullMarked;
