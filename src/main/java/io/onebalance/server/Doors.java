package io.onebalance.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Where the requests of one address lead: `desk` takes the paths it owns, `relay` all others;
/// either may be absent. `relay` is made once for each event loop. `cors` and `trustedProxies` (by
/// address) are asked at each request, so that a reload is in force at once. `threads` gives each
/// visit at the desk a virtual thread.
public record Doors(
    Health health,
    Supplier<Cors> cors,
    Predicate<String> trustedProxies,
    Optional<Desk> desk,
    Optional<Function<Vertx, Handler<HttpServerRequest>>> relay,
    ExecutorService threads) {}
