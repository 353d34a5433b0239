package io.onebalance.provider.site;

import io.onebalance.http.Header;
import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;

/// fal: its synchronous host, and its queue below `/queue.fal.run/…`. The gateway is told the
/// queue's whole address in a field.
public record Fal(BaseUrl base, BaseUrl queue, Auth auth) implements Site.Several {
  /// In which fal's clients name the address they mean.
  public static final String TARGET = "x-fal-target-url";

  private static final String RUN = "fal.run";
  private static final String QUEUE = "queue.fal.run";

  /// A path of ours for the address that a client names, or empty where it is none of fal's: no
  /// other host is ever asked (S9).
  public static Optional<String> pathOf(String target) {
    for (var host : List.of(RUN, QUEUE)) {
      var origin = "https://" + host + "/";
      if (target.startsWith(origin)) {
        return Optional.of("/" + host + "/" + target.substring(origin.length()));
      }
    }
    return Optional.empty();
  }

  /// The URLs at which answers say that the queue is: its own, whichever way they came, or the one
  /// that is set.
  public List<String> queues() {
    return List.of(queue.url(), "https://" + QUEUE);
  }

  @Override
  public String ownPath(String rawPath) {
    return Segments.first(rawPath).equals(RUN) ? Segments.rest(rawPath) : rawPath;
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var own = ownPath(rawPath);
    if (!Segments.first(own).equals(QUEUE)) {
      return Spot.at(base, base.path() + own, Optional.of(own), auth, key);
    }
    var rest = Segments.rest(own);
    var named = new Header(TARGET, queue.url() + rest);
    var there = Optional.of(new Spot.AtGateway(rest, Optional.of(named)));
    return new Spot(Optional.of(queue), queue.path() + rest, there, auth, key);
  }
}
