package io.onebalance.provider.site;

import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;

/// Where a provider stands, and how it reads paths and keys.
public sealed interface Site permits OneBase, Site.Several {
  /// Fails with [Unfit] for a text that can be no key here.
  default void check(Secret key) {
    // a key of one text may be any
  }

  /// The parts of a key that must never be seen, as it must not itself. Fails with [Unfit].
  default List<Secret> parts(Secret key) {
    return List.of();
  }

  /// A provider whose address hangs on the path or on the key.
  sealed interface Several extends Site
      permits AtGatewayOnly, Azure, Baseten, Bedrock, Fal, HuggingFace, Vertex, WorkersAi {
    /// The client's path in the provider's own form, which models are looked for in.
    default String ownPath(String rawPath) {
      return rawPath;
    }

    /// The resource that the client's path names, empty for none: only keys of it may be asked.
    default String scope(String rawPath) {
      return "";
    }

    /// Whether keys may have hosts of their own, for this path: one's may fail while another's does
    /// not.
    default boolean hangsOnKey(String rawPath) {
      return false;
    }

    /// Why nobody can be asked for this path.
    default Optional<String> objection(String rawPath) {
      return Optional.empty();
    }

    /// Of a path that [#objection] has nothing against. Fails with [Unfit] for a key that is none
    /// here, and with [IllegalPath] for a path that leads nowhere with this key.
    Spot spot(String rawPath, Secret key);
  }
}
