package io.onebalance.provider.site;

import io.onebalance.provider.Auth;
import io.onebalance.provider.BaseUrl;

/// A provider with one base URL and keys of one text, as most are.
public record OneBase(BaseUrl base, Joining joining, Auth auth) implements Site {}
