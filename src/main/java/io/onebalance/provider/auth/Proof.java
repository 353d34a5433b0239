package io.onebalance.provider.auth;

import io.onebalance.http.Origin;
import io.onebalance.provider.credential.AwsCredential.AccessKeys;
import io.onebalance.provider.credential.GoogleCredential.ServiceAccount;
import io.onebalance.provider.url.BaseUrl;

/// What a request still needs before it may be sent, where its key alone opens nothing.
public sealed interface Proof {
  /// Nothing: the key is in its place.
  record None() implements Proof {
    public static final None NOTHING = new None();
  }

  /// A signature over the request as AWS will see it: `origin` and `target` are AWS' own, also
  /// where a gateway carries it there.
  record Signature(AccessKeys keys, String region, String service, Origin origin, String target)
      implements Proof {}

  /// An access token, which is exchanged for the service account at `tokens`.
  record Token(ServiceAccount account, BaseUrl tokens) implements Proof {}

  /// Whether the request's body is part of it.
  default boolean coversBody() {
    return switch (this) {
      case Signature _ -> true;
      case None _, Token _ -> false;
    };
  }

  /// What this way of authentication needs for a request that arrives at this target.
  static Proof of(Auth auth, Origin origin, String target) {
    return switch (auth) {
      case Auth.Signed(var keys, var region, var service) ->
          new Signature(keys, region, service, origin, target);
      case Auth.Exchanged(var account, var tokens) -> new Token(account, tokens);
      case Auth.Bearer _, Auth.Prefix _, Auth.InHeader _, Auth.InQuery _ -> None.NOTHING;
    };
  }
}
