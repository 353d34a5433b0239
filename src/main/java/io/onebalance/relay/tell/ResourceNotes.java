package io.onebalance.relay.tell;

import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.route.Endpoint;
import io.onebalance.route.resource.OnwardUrl;
import io.onebalance.route.resource.QueueAnswer;
import io.onebalance.route.resource.Resources;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// Takes note of the resources that an answer makes, and leads uploads and queued requests that go
/// on elsewhere back to us.
public final class ResourceNotes {
  /// Where an answer says how an upload goes on: Google's own protocol, and the older one.
  private static final List<String> UPLOAD_URLS =
      List.of("x-goog-upload-url", "x-goog-upload-control-url", "location");

  private final Belongings belongings;

  public ResourceNotes(Belongings belongings) {
    this.belongings = belongings;
  }

  /// Call it when the head of the answer was copied to the client, and before it is sent.
  public void note(Exchange exchange, Errand errand, Ending.Opened opened) {
    var message = errand.message();
    if (!Resources.mayMake(message.method().name(), message.path())) {
      return;
    }
    var headers = opened.response().headers();
    var names =
        Resources.made(
            message.method().name(),
            message.path(),
            HeaderFields.of(headers),
            beginning(opened.start()));
    var key = opened.slot().key().id();
    names.forEach(name -> belongings.made(errand.provider().slug(), name, key));
    UPLOAD_URLS.forEach(field -> leadBack(field, exchange, errand, headers));
  }

  /// The body of an answer, with the URLs at which a queued request goes on leading back to us.
  Buffer ledBack(Exchange exchange, Errand errand, Ending.Opened opened) {
    if (!(exchange.endpoint() instanceof Endpoint.Native asked)) {
      return opened.start();
    }
    var queues = errand.provider().queues();
    var base = base(exchange);
    var mount = asked.provider() + QueueAnswer.QUEUE;
    return Buffer.buffer(
        QueueAnswer.ledBack(
            opened.start().getBytes(), url -> OnwardUrl.rewritten(url, queues, base, mount)));
  }

  private static byte[] beginning(Buffer start) {
    return start.getBytes(0, Math.min(start.length(), Resources.LOOKED_AT));
  }

  private static void leadBack(String field, Exchange exchange, Errand errand, MultiMap headers) {
    var url = headers.get(field);
    if (url == null || !(exchange.endpoint() instanceof Endpoint.Native asked)) {
      return;
    }
    var bases = errand.provider().bases(exchange.snapshot().way());
    OnwardUrl.rewritten(url, bases, base(exchange), asked.provider())
        .ifPresent(ours -> exchange.client().response().putHeader(field, ours));
  }

  private static String base(Exchange exchange) {
    return exchange.client().publicBase(exchange.snapshot().trustedProxies());
  }
}
