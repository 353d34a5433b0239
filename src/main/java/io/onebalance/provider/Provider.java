package io.onebalance.provider;

import io.onebalance.http.Fields;
import io.onebalance.http.SafePath;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Dialect;
import io.onebalance.provider.answer.Mistake;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.errors.ErrorFamily;
import io.onebalance.provider.errors.Judge;
import io.onebalance.provider.errors.opening.OpeningJudge;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Limits;
import io.onebalance.provider.limit.Windows;
import io.onebalance.provider.site.Fal;
import io.onebalance.provider.site.Site;
import io.onebalance.provider.site.Vertex;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One provider of the catalogue: where its requests go, how a key is attached, what its answers
/// mean.
public record Provider(String slug, Dialect dialect, Address address, Words words, About about) {
  /// How a provider words its errors, in which fields it tells what is left of its limits, and when
  /// these start anew.
  public record Words(ErrorFamily errors, Limits limits, Windows windows) {}

  /// What is said of a provider beside its address. `models` are names, or beginnings with a `*` at
  /// the end; `docs` and `keyPattern` are for people and may be empty.
  public record About(
      List<String> aliases,
      List<String> models,
      Optional<Probe> probe,
      String docs,
      String keyPattern) {
    public About {
      aliases = List.copyOf(aliases);
      models = List.copyOf(models);
    }
  }

  /// Makes a provider from the fields of a catalogue entry; fails with the field, what is wrong and
  /// what is allowed.
  public static Provider of(String slug, Map<String, Object> fields) {
    return Entry.read(slug, fields);
  }

  /// Where an attempt with this key goes. `there` is what follows `/api/{provider}`, without the
  /// client's credentials; it goes on byte for byte.
  ///
  /// Fails with [IllegalPath] for what [#objection] objects to and for a path that leads nowhere
  /// with this key; with [Unfit] for a key that can be none of this provider.
  public Destination destination(Way way, SafePath there, Secret key) {
    objection(there)
        .ifPresent(why -> {
          throw new IllegalPath(why);
        });
    return address.to(way, there.path(), there.query(), key);
  }

  /// The same for a path and a query that were not checked yet.
  public Destination destination(Way way, String rawPath, String rawQuery, Secret key) {
    return destination(way, IllegalPath.checked(rawPath, rawQuery), key);
  }

  /// Why a path leads nowhere whichever key is asked.
  public Optional<String> objection(SafePath there) {
    if (there.path().isEmpty()) {
      return Optional.of("the path does not begin with a slash");
    }
    return address.site() instanceof Site.Several several
        ? objection(several, there.path())
        : Optional.empty();
  }

  /// What is left of a path whose first segments are names must not begin with `//`.
  private static Optional<String> objection(Site.Several several, String rawPath) {
    return rawPath.contains("//")
        ? Optional.of("the path has an empty segment")
        : several.objection(rawPath);
  }

  /// Why this provider cannot be asked at all when this is the configured way.
  public Optional<String> unreachable(Way configured) {
    return address.via() == Via.GATEWAY && configured instanceof Way.Direct
        ? Optional.of(
            slug
                + " is only known to a gateway, and none is configured; set one"
                + " (AI_GATEWAY, AI_GATEWAY_URL) or providers."
                + slug
                + ".base-url")
        : Optional.empty();
  }

  /// Path and query that the client's fields name in place of its own, as fal's clients do; empty
  /// for none. Fails with [IllegalPath] where they lead elsewhere than to this provider.
  public Optional<String> named(Fields fields) {
    if (!(address.site() instanceof Fal)) {
      return Optional.empty();
    }
    return Optional.ofNullable(fields.first(Fal.TARGET))
        .map(target ->
            Fal.pathOf(target)
                .orElseThrow(() -> new IllegalPath(Fal.TARGET + " names no host of " + slug)));
  }

  /// The client's path in the provider's own form: what the model is looked for in.
  public String ownPath(String rawPath) {
    return address.site() instanceof Site.Several several ? several.ownPath(rawPath) : rawPath;
  }

  /// Whether keys may have hosts of their own for this path: where one's fails, another's may
  /// serve.
  public boolean hostHangsOnKey(String rawPath) {
    return address.site() instanceof Site.Several several && several.hangsOnKey(rawPath);
  }

  /// The resource whose keys alone may be asked for this path, empty for any.
  public String scope(String rawPath) {
    return address.site() instanceof Site.Several several ? several.scope(rawPath) : "";
  }

  /// Whether keys that belong elsewhere may be asked for a resource that no key belongs to.
  public boolean lendsKeys() {
    return address.site() instanceof Vertex;
  }

  /// What is wrong with a text that somebody wants to use as a key here, and what is allowed.
  public Optional<String> unfit(Secret key) {
    try {
      address.site().check(key);
      return Optional.empty();
    } catch (Unfit unfit) {
      return Optional.ofNullable(unfit.getMessage());
    }
  }

  /// All that must be taken out of what an upstream says to this key: the key and its parts.
  public Secret[] secrets(Secret key) {
    try {
      var parts = address.site().parts(key);
      return parts.isEmpty()
          ? new Secret[] {key}
          : Stream.concat(Stream.of(key), parts.stream()).toArray(Secret[]::new);
    } catch (Unfit _) {
      return new Secret[] {key};
    }
  }

  /// Whether requests take the gateway when this is the configured way.
  public boolean viaGateway(Way configured) {
    return address.road(configured) instanceof Way.Gateway;
  }

  /// The target of a WebSocket for which [#destination] gave `usual`; origin and fields are the
  /// same. Through a gateway it may stand elsewhere than requests do.
  public String realtimeTarget(Way configured, Destination usual, Secret key) {
    return address.road(configured) instanceof Way.Gateway(var url, _)
        ? url.path() + Realtime.target(usual.target().substring(url.path().length()), key)
        : usual.target();
  }

  /// The URLs below which this provider is reached: its own, and the gateway's where it has one
  /// there. A URL of an answer that lies below one of them leads back to it.
  public List<String> bases(Way configured) {
    return address.bases(configured);
  }

  /// The URLs at which answers say that this provider's queue is; empty where it has none.
  public List<String> queues() {
    return address.site() instanceof Fal fal ? fal.queues() : List.of();
  }

  /// This provider behind Cloudflare's translating endpoint: the same keys, at other paths. Empty
  /// where that endpoint does not know it.
  public Optional<AtCompat> atCompat() {
    return address
        .gateway()
        .flatMap(Address.AtGateway::compat)
        .map(prefix ->
            new AtCompat(new Provider(slug, dialect, address.ofCompat(), words, about), prefix));
  }

  /// A provider behind Cloudflare's `/compat`, and what is written before its models' names there,
  /// with a slash between.
  public record AtCompat(Provider provider, String prefix) {}

  /// The path of a call (`chat/completions`, `embeddings`) on the provider's OpenAI-like surface,
  /// or empty where it has none.
  public Optional<String> compatPath(String call) {
    return address.openai().map(surface -> surface.path() + "/" + call);
  }

  /// Whether this model takes `responses` there.
  public boolean servesResponses(String model) {
    return address
        .openai()
        .filter(surface -> surface.responses().fit(model) || surface.responsesOnly().fit(model))
        .isPresent();
  }

  /// Whether this model takes no chat completions there, but `responses`.
  public boolean servesOnlyResponses(String model) {
    return address.openai().filter(surface -> surface.responsesOnly().fit(model)).isPresent();
  }

  /// What this answer means. A 2xx is [Verdict.Served].
  public Verdict judge(Answer answer, Instant now) {
    return Judge.judge(words.errors(), words.limits(), answer, now);
  }

  /// Whether answers tell what is left of a key's limits.
  public boolean tellsAllowances() {
    return words.limits().areTold();
  }

  /// Whether tokens that were read from a cache count against limits of tokens.
  public boolean countsCached() {
    return words.limits().countsCached();
  }

  /// What the fields of an answer say of the key's limits.
  public List<Allowance> allowances(Fields headers, Instant now) {
    return words.limits().read(headers, now);
  }

  /// What is wrong with an answer that began with a 2xx, or empty when nothing is.
  public Optional<Verdict> judgeOpening(Opening opening, Instant now) {
    return new OpeningJudge(dialect, words.errors(), words.limits()).judge(opening, now);
  }

  /// The mistake that such an answer tells, where it was judged to be one.
  public Mistake mistake(Opening opening) {
    return new OpeningJudge(dialect, words.errors(), words.limits()).mistake(opening);
  }

  /// Whether the catalogue lists this model here, by name or by its beginning.
  boolean lists(String model) {
    return about.models().stream()
        .anyMatch(m -> m.endsWith("*") && model.startsWith(m.substring(0, m.length() - 1)));
  }
}
