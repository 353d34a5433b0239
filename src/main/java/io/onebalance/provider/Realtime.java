package io.onebalance.provider;

import io.onebalance.provider.auth.Auth;
import io.onebalance.secret.Secret;
import java.util.List;

/// Where a WebSocket stands at a Cloudflare AI Gateway. A few providers have one address for it
/// there, whatever the provider's own path is, and two want the key in the query; all else stands
/// where requests stand. A token in a subprotocol is for browsers: ours goes in a field.
///
/// From the gateway's pages on its realtime WebSockets.
final class Realtime {
  /// What a path at the gateway begins with or is, where its WebSocket stands, and the parameter
  /// that the key goes in, empty where its usual field does.
  private record Place(String usual, String there, String parameter) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("/openai/realtime", "/openai", ""),
          new Place("/google-ai-studio/ws", "/google", "api_key"),
          new Place("/cartesia/tts/websocket", "/cartesia", "api_key"),
          new Place("/elevenlabs/v1/convai/conversation", "/elevenlabs", ""),
          new Place("/deepgram/v1/listen", "/deepgram", ""));

  /// Here the model moves from the path into the query.
  private static final String WORKERS_AI = "/workers-ai";

  private Realtime() {}

  /// Path and query behind the gateway's own URL, from those where a request would go.
  static String target(String usual, Secret key) {
    var mark = usual.indexOf('?');
    var path = mark < 0 ? usual : usual.substring(0, mark);
    var query = mark < 0 ? "" : usual.substring(mark + 1);
    if (path.startsWith(WORKERS_AI + "/@")) {
      var model = "model=" + path.substring(WORKERS_AI.length() + 1);
      return joined(WORKERS_AI, query.isEmpty() ? model : model + "&" + query);
    }
    return PLACES.stream()
        .filter(place -> isAt(path, place.usual()))
        .findFirst()
        .map(place -> joined(place.there(), with(place.parameter(), query, key)))
        .orElse(usual);
  }

  /// Google's path ends in the name of the service that is asked for; the others are whole.
  private static boolean isAt(String path, String usual) {
    return path.equals(usual) || (usual.endsWith("/ws") && path.startsWith(usual + "/"));
  }

  private static String with(String parameter, String query, Secret key) {
    return parameter.isEmpty() ? query : new Auth.InQuery(parameter).query(query, key);
  }

  private static String joined(String path, String query) {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
