package io.onebalance.upstream;

import io.onebalance.http.Origin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;

/// One HTTP request, ready to be asked. `target` goes on the wire as it is; the framing fields
/// (`Host`, `Content-Length`, `Transfer-Encoding`) are added by the caller and must not be among
/// `headers`. `patience` is how long the head of the answer may take.
public record Question(
    Origin origin,
    HttpMethod method,
    String target,
    MultiMap headers,
    Body body,
    Duration patience) {}
