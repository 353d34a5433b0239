package io.onebalance.console.offer;

import io.onebalance.provider.Provider;
import io.onebalance.secret.Secret;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Added;
import io.onebalance.store.keyring.Keyring.Invalid;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Keys that somebody offers to add: those the store is asked to take, and those it need not look
/// at. Each has the line (in text) or the position (in a list) it stood at, from 1.
public record Offer(List<Candidate> keys, List<Invalid> invalid) {
  /// A key and where it stood.
  record Candidate(int line, NewKey key) {}

  /// What became of an offer.
  public record Result(int added, int duplicates, List<Invalid> invalid) {
    public Result {
      invalid = List.copyOf(invalid);
    }
  }

  public Offer {
    keys = List.copyOf(keys);
    invalid = List.copyOf(invalid);
  }

  /// Reads a text of keys: a bare list, JSON as it is exported, or `keys=` before it, as the seeds'
  /// own documents wrote it.
  public static Offer ofText(String text, String remark, String account) {
    var builder = new OfferBuilder(remark, account);
    builder.text(text.startsWith("keys=") ? text.substring("keys=".length()) : text);
    return builder.done();
  }

  /// Adds what can be added, and tells of all that cannot where it stood.
  public Result addTo(Keyring keyring, Provider provider, String actor) {
    return offered(provider, fit -> keyring.add(provider.slug(), fit, actor));
  }

  /// What would become of them; nothing changes.
  public Result preview(Keyring keyring, Provider provider) {
    return offered(provider, fit -> keyring.preview(provider.slug(), fit));
  }

  private Result offered(Provider provider, Function<List<NewKey>, Added> taker) {
    var refused = new ArrayList<>(invalid);
    var fit = new ArrayList<Candidate>();
    for (var one : keys) {
      provider
          .unfit(new Secret(one.key().key().strip()))
          .ifPresentOrElse(why -> refused.add(new Invalid(one.line(), why)), () -> fit.add(one));
    }
    var added = taker.apply(fit.stream().map(Candidate::key).toList());
    for (var one : added.invalid()) {
      refused.add(new Invalid(fit.get(one.line() - 1).line(), one.why()));
    }
    refused.sort(Comparator.comparingInt(Invalid::line));
    return new Result(added.added(), added.duplicates(), refused);
  }
}
