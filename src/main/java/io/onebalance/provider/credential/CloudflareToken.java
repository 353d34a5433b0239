package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.util.Optional;

/// An API token of Cloudflare and the account it is used in, empty where the settings say which.
public record CloudflareToken(Secret token, Optional<String> account) {
  private static final String ALLOWED =
      "{\"account_id\": …, \"api_token\": …}, or the token alone where the settings give the"
          + " account (gateway.account, CLOUDFLARE_ACCOUNT_ID)";

  /// Fails with [Unfit].
  public static CloudflareToken read(Secret key) {
    var text = key.reveal();
    if (!Parts.isObject(text)) {
      return new CloudflareToken(key, Optional.empty());
    }
    var parts = Parts.read(text, ALLOWED);
    var token = parts.secret("api_token", "apiToken", "token", "api_key", "CLOUDFLARE_API_TOKEN");
    var account = parts.text("account_id", "accountId", "account", "CLOUDFLARE_ACCOUNT_ID");
    account
        .filter(id -> !Parts.isLabel(id))
        .ifPresent(_ -> {
          throw parts.problem("its account_id is no id of small letters and digits");
        });
    return new CloudflareToken(token, account);
  }

  /// The token in its own account or else in this one. Fails with [Unfit] where there is neither.
  public CloudflareToken in(Optional<String> configured) {
    var where = account.or(() -> configured);
    if (where.isEmpty()) {
      throw new Unfit("it does not say in which account it is used; allowed: " + ALLOWED);
    }
    return new CloudflareToken(token, where);
  }
}
