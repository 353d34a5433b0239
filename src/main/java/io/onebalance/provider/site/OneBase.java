package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;

/// A provider with one base URL and keys of one text, as most are.
public record OneBase(BaseUrl base, Joining joining, Auth auth) implements Site {
  @Override
  public void check(Secret key) {
    if (key.reveal().startsWith("{")) {
      throw new Unfit("it is JSON, but a key of this provider is one text; allowed: that text");
    }
  }
}
