package io.onebalance.relay.ask.once;

import io.onebalance.key.ApiKey;
import io.onebalance.secret.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/// An upstream's answer that is not a success, read whole. The body is scrubbed, the fields are not
/// yet: `secrets` are what must not be told.
public record Declined(
    ApiKey key, int status, MultiMap headers, Buffer body, Supplier<Secret[]> secrets) {}
