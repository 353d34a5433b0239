package io.onebalance.relay.ask.once;

import io.onebalance.http.Road;
import io.onebalance.key.ApiKey;
import io.onebalance.provider.Destination;
import io.onebalance.provider.Way;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.vertx.core.MultiMap;
import java.time.Duration;

/// What a journey asks with one key, as it goes to its destination.
record Posed(Journey journey, ApiKey key, Destination to) {
  Question question(Duration patience) {
    var message = journey.errand().message();
    return new Question(
        to.origin(), message.method(), target(), this::write, message.body(), patience);
  }

  /// Through a gateway a WebSocket may stand elsewhere than requests do.
  private String target() {
    var errand = journey.errand();
    return errand.message().body() instanceof Body.Tunnel
        ? errand.provider().realtimeTarget(journey.snapshot().way(), to, key.secret())
        : to.target();
  }

  private void write(MultiMap fields) {
    var message = journey.errand().message();
    var road = road();
    Outgoing.write(message.headers(), to, road, fields);
    if (message.body() instanceof Body.Tunnel) {
      Outgoing.writeHandshake(message.headers(), fields);
    }
    if (road != Road.DIRECT) {
      Outgoing.label(journey.requestId(), key.id(), fields);
    }
  }

  private Road road() {
    return to.viaGateway() && journey.snapshot().way() instanceof Way.Gateway(_, var ours)
        ? ours.isPresent() ? Road.GATEWAY_WITH_TOKEN : Road.GATEWAY
        : Road.DIRECT;
  }
}
