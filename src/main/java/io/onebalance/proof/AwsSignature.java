package io.onebalance.proof;

import io.onebalance.http.Header;
import io.onebalance.http.Origin;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.credential.AwsCredential.AccessKeys;
import io.onebalance.provider.url.IllegalPath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs a request as AWS wants it (SigV4), by AWS' own library. Only the host, the date and the
/// body's hash are signed along with the request's line: other fields may change on the way.
final class AwsSignature {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private AwsSignature() {}

  /// The fields that carry the signature.
  static List<Header> fields(Proof.Signature how, String method, byte[] body, Instant now) {
    var signed =
        SIGNER.sign(request ->
            request
                .identity(identity(how.keys()))
                .request(request(how.origin(), how.target(), method))
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, how.service())
                .putProperty(AwsV4HttpSigner.REGION_NAME, how.region())
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)));
    var fields = new ArrayList<Header>();
    signed
        .request()
        .forEachHeader((name, values) -> {
          if (!name.equalsIgnoreCase("host")) {
            fields.add(new Header(name, values.getFirst()));
          }
        });
    return fields;
  }

  private static AwsCredentialsIdentity identity(AccessKeys keys) {
    var id = keys.id();
    var secret = keys.secret().reveal();
    return keys.sessionToken().isPresent()
        ? AwsSessionCredentialsIdentity.create(id, secret, keys.sessionToken().get().reveal())
        : AwsCredentialsIdentity.create(id, secret);
  }

  private static SdkHttpRequest request(Origin origin, String target, String method) {
    var mark = target.indexOf('?');
    var request =
        SdkHttpRequest.builder()
            .method(known(method))
            .protocol(origin.tls() ? "https" : "http")
            .host(origin.host())
            .port(origin.port())
            .encodedPath(mark < 0 ? target : target.substring(0, mark))
            .putHeader("Host", origin.authority());
    if (mark >= 0) {
      query(target.substring(mark + 1), request);
    }
    return request.build();
  }

  private static void query(String query, SdkHttpRequest.Builder request) {
    for (var parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        var sign = parameter.indexOf('=');
        request.appendRawQueryParameter(
            decoded(sign < 0 ? parameter : parameter.substring(0, sign)),
            sign < 0 ? "" : decoded(parameter.substring(sign + 1)));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new IllegalPath("the query has a malformed escape");
    }
  }

  private static SdkHttpMethod known(String method) {
    for (var known : SdkHttpMethod.values()) {
      if (known.name().equals(method)) {
        return known;
      }
    }
    throw new IllegalPath("AWS knows no such method");
  }
}
