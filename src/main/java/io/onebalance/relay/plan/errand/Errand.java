package io.onebalance.relay.plan.errand;

import io.onebalance.provider.Provider;
import io.onebalance.relay.translate.Concession;
import io.onebalance.relay.translate.Translation;
import java.util.Optional;
import java.util.function.Function;

/// One provider to ask, and what. `model` is the name that cooldowns go by, empty where the request
/// has none. `only` is the one key that may be asked, where the request names a resource of that
/// key.
///
/// @param translation the way back of a request that was translated
/// @param modestly the same without something that its provider refuses; empty where nothing can be
///   left out
public record Errand(
    Provider provider,
    String model,
    Message message,
    Traits traits,
    Optional<String> only,
    Optional<Translation> translation,
    Function<Concession, Optional<Errand>> modestly) {
  /// An errand whose answer goes back as it comes.
  public static Errand plain(
      Provider provider, String model, Message message, Traits traits, Optional<String> only) {
    return new Errand(
        provider, model, message, traits, only, Optional.empty(), _ -> Optional.empty());
  }

  /// An errand that asks a provider which models it has; its answer is read whole.
  public static Errand listing(Provider provider, Message message) {
    return plain(provider, "", message, new Traits(false, true, Shown.FILTERED), Optional.empty());
  }

  /// The resource that the path names and only keys of which may be asked, empty for any.
  public String scope() {
    return provider.scope(message.path());
  }

  /// The same without what its provider refuses; empty where that would be the same once more.
  public Optional<Errand> without(Concession concession) {
    return modestly
        .apply(concession)
        .filter(modest -> !modest.message().body().equals(message.body()));
  }

  /// `stream`: the answer is wanted piece by piece. `repeatable`: asking twice does no more than
  /// asking once, so a question without an answer may be repeated.
  public record Traits(boolean stream, boolean repeatable, Shown shown) {}

  /// What the client sees of an answer.
  public enum Shown {
    /// The bytes that came.
    AS_IT_CAME,
    /// A list of models, without those that the caller may not use.
    FILTERED,
    /// The same with URLs that lead back to us.
    LED_BACK
  }
}
