package io.onebalance.cli.connect;

import io.onebalance.secret.Secret;
import java.util.Optional;

/// What a client is led to. `url` is our address without a path; without a model the client keeps
/// its own.
public record Target(String url, Secret key, Optional<String> model) {}
