package io.onebalance.upstream;

import io.onebalance.http.Origin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.function.Consumer;

/// One HTTP request, ready to be asked. `target` goes on the wire as it is. `headers` writes the
/// fields into the request, but for the framing ones (`Host`, `Content-Length`,
/// `Transfer-Encoding`): those the caller adds. `patience` is how long the head of the answer may
/// take.
public record Question(
    Origin origin,
    HttpMethod method,
    String target,
    Consumer<MultiMap> headers,
    Body body,
    Duration patience) {}
