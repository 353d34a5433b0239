package io.onebalance.relay.ask;

import io.onebalance.key.ApiKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// An upstream's answer that is not a success, read whole and scrubbed of the key it was given to.
public record Declined(ApiKey key, int status, MultiMap headers, Buffer body) {}
