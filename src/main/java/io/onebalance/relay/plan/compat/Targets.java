package io.onebalance.relay.plan.compat;

import io.onebalance.provider.Provider;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.plan.memory.LiveModels;
import io.onebalance.route.Leg;
import io.onebalance.route.body.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Whom a model's name means.
sealed interface Targets {
  /// One after another until one answers.
  record Known(List<Target> targets) implements Targets {}

  /// The name means nobody, or several.
  record Unclear(String why) implements Targets {}

  /// A provider and the name it knows the model by.
  record Target(Provider provider, String model) {}

  /// A virtual model means its legs; `provider/model` is split at the first slash; a bare name is
  /// looked up in the catalogue's lists, and where they know it not, in those that providers told.
  static Targets of(String written, Snapshot snapshot, LiveModels live, RandomGenerator chance) {
    var virtual = snapshot.virtualModels().plan(written, chance);
    return virtual.isPresent()
        ? ofLegs(written, virtual.get().legs(), snapshot)
        : ofName(written, snapshot, live);
  }

  private static Targets ofLegs(String written, List<Leg> legs, Snapshot snapshot) {
    var targets = new ArrayList<Target>();
    for (var leg : legs) {
      var provider = snapshot.catalogue().find(leg.provider());
      if (provider.isEmpty()) {
        return new Unclear(
            written + " leads to " + leg.provider() + ", which is no provider here.");
      }
      targets.add(new Target(provider.get(), leg.model()));
    }
    return new Known(targets);
  }

  private static Targets ofName(String written, Snapshot snapshot, LiveModels live) {
    var name = ModelName.split(written);
    var provider = snapshot.catalogue().find(name.provider());
    if (provider.isPresent()) {
      return new Known(List.of(new Target(provider.get(), name.model())));
    }
    var bare = ModelName.normal(written);
    var offering = offering(bare, snapshot, live);
    return switch (offering.size()) {
      case 1 -> new Known(List.of(new Target(offering.getFirst(), bare)));
      case 0 ->
          new Unclear("No provider here is known to offer '" + bare + "'; write provider/model.");
      default ->
          new Unclear(bare + " is offered by several; write one of " + choices(offering, bare));
    };
  }

  private static List<Provider> offering(String bare, Snapshot snapshot, LiveModels live) {
    var known = snapshot.catalogue().offering(bare);
    return known.isEmpty()
        ? snapshot.catalogue().all().stream().filter(p -> live.has(p.slug(), bare)).toList()
        : known;
  }

  private static String choices(List<Provider> offering, String model) {
    return offering.stream()
        .map(provider -> provider.slug() + "/" + model)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
