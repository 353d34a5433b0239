package io.onebalance.trace;

import io.onebalance.secret.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where traces go.
///
/// @param endpoint a collector's URL for OTLP over HTTP; without a path, its usual one is meant
/// @param headers fields that the collector wants, as `name=value,name=value`
/// @param share how many of the traces that begin here are told, from 0 to 1; one that began at the
///   client is told when the client says so
public record Target(String endpoint, Optional<Secret> headers, double share) {
  private static final String USUAL = "/v1/traces";

  String url() {
    var path = URI.create(endpoint).getRawPath();
    return path == null || path.isEmpty() ? endpoint + USUAL : endpoint;
  }

  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    headers.ifPresent(text -> {
      for (var field : text.reveal().split(",", -1)) {
        var at = field.indexOf('=');
        fields.put(field.substring(0, at).strip(), field.substring(at + 1).strip());
      }
    });
    return fields;
  }
}
