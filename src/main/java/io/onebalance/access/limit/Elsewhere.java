package io.onebalance.access.limit;

import java.time.Instant;

/// What other instances that serve the same gateway keys spent, as far as they told. It is asked
/// for each request, so it answers from memory; whoever exchanges the sums does so apart.
///
/// The bound that this keeps: a budget is overrun at most by what the requests cost that all
/// instances together let in since the last exchange. Limits a minute are told apart ([MinuteUse]);
/// limits at once hold for each instance by itself.
@FunctionalInterface
public interface Elsewhere {
  /// There is no other instance.
  Elsewhere NOWHERE = (_, _) -> Spent.NOTHING;

  /// What a gateway key spent elsewhere since the beginning of a day or a month.
  Spent since(String key, Instant from);
}
