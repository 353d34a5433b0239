package io.onebalance.key.turn;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The ready numbers, in a ring for each weight that occurs. A ring is drawn in proportion to the
/// weights in it and then walked in turn: equals are used exactly alike, and the weights of the
/// others come out on average.
public final class WeightedRings {
  private int[] weights = {};
  private Ring[] rings = {};

  public void add(int number, int weight) {
    ring(weight).add(number);
  }

  public void drop(int number, int weight) {
    ring(weight).drop(number);
  }

  public boolean has(int number, int weight) {
    for (var place = 0; place < weights.length; place++) {
      if (weights[place] == weight) {
        return rings[place].has(number);
      }
    }
    return false;
  }

  public int size() {
    var size = 0;
    for (var ring : rings) {
      size += ring.size();
    }
    return size;
  }

  public int rings() {
    return rings.length;
  }

  /// The ring so many places after this one, round and round.
  public Ring ring(int place, int after) {
    return rings[(place + after) % rings.length];
  }

  /// The weight of each number in that ring.
  public int weight(int place, int after) {
    return weights[(place + after) % rings.length];
  }

  /// The place of a ring, by chance and weight.
  public int draw(RandomGenerator chance) {
    if (rings.length < 2) {
      return 0;
    }
    var left = chance.nextLong(Math.max(1, total()));
    for (var place = 0; place < rings.length; place++) {
      left -= heft(place);
      if (left < 0) {
        return place;
      }
    }
    return 0;
  }

  public WeightedRings copy() {
    var copy = new WeightedRings();
    copy.weights = weights.clone();
    copy.rings = Arrays.stream(rings).map(Ring::copy).toArray(Ring[]::new);
    return copy;
  }

  /// The sum of the weights of all ready numbers.
  public long total() {
    var total = 0L;
    for (var place = 0; place < rings.length; place++) {
      total += heft(place);
    }
    return total;
  }

  private long heft(int place) {
    return (long) weights[place] * rings[place].size();
  }

  private Ring ring(int weight) {
    for (var place = 0; place < weights.length; place++) {
      if (weights[place] == weight) {
        return rings[place];
      }
    }
    weights = Arrays.copyOf(weights, weights.length + 1);
    rings = Arrays.copyOf(rings, weights.length);
    weights[weights.length - 1] = weight;
    rings[weights.length - 1] = new Ring();
    return rings[weights.length - 1];
  }
}
