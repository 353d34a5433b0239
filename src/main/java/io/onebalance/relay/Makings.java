package io.onebalance.relay;

import io.onebalance.route.resource.Resources;
import io.onebalance.route.resource.UploadUrl;
import io.vertx.core.buffer.Buffer;

/// Takes note of the resources that an answer makes, and leads uploads that go on elsewhere back to
/// us.
final class Makings {
  private static final String UPLOAD_URL = "x-goog-upload-url";

  private final Belongings belongings;

  Makings(Belongings belongings) {
    this.belongings = belongings;
  }

  /// Call it when the head of the answer was copied to the client, and before it is sent.
  void note(Exchange exchange, Errand errand, Ending.Opened opened) {
    var message = errand.message();
    if (!Resources.mayMake(message.method().name(), message.path())) {
      return;
    }
    var headers = opened.response().headers();
    var names =
        Resources.made(
            message.method().name(), message.path(), headers::get, beginning(opened.start()));
    var key = opened.slot().key().id();
    names.forEach(name -> belongings.made(errand.provider().slug(), name, key));
    var url = headers.get(UPLOAD_URL);
    if (url != null) {
      leadBack(url, exchange, errand);
    }
  }

  private static byte[] beginning(Buffer start) {
    return start.getBytes(0, Math.min(start.length(), Resources.LOOKED_AT));
  }

  private static void leadBack(String url, Exchange exchange, Errand errand) {
    var client = exchange.client();
    var provider = errand.provider();
    var bases = provider.bases(exchange.snapshot().way());
    UploadUrl.rewritten(url, bases, client.publicBase(), provider.slug())
        .ifPresent(ours -> client.response().putHeader(UPLOAD_URL, ours));
  }
}
