import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// How calm the machine is: the ns that a step takes from place to place all over 4 MiB, which no
/// core's own cache holds. On a virtual machine the cache that would hold them is shared with
/// neighbours. Where these use it up, whatever touches much memory takes longer: the same server
/// needs a quarter more CPU for a request, and the proxy beside it a fifth.
///
/// Prints the median of five looks.
final class Calm {
  private static final int PLACES = 1 << 20;
  private static final int STEPS = 1 << 20;
  private static final int WARM_UP = 3;
  private static final int LOOKS = 5;

  private final int[] next = new int[PLACES];
  private int place;

  private Calm() {
    var order = IntStream.range(0, PLACES).toArray();
    var random = new Random(1);
    for (var i = PLACES - 1; i > 0; i--) {
      var other = random.nextInt(i + 1);
      var moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    for (var i = 0; i < PLACES; i++) {
      next[order[i]] = order[(i + 1) % PLACES];
    }
  }

  static void main() {
    var calm = new Calm();
    var looks = new double[LOOKS];
    for (var look = -WARM_UP; look < LOOKS; look++) {
      looks[Math.max(look, 0)] = calm.look();
    }
    Arrays.sort(looks);
    System.out.printf("%.1f%n", looks[LOOKS / 2]);
  }

  /// Each step waits for the one before, and none is left out: the last place decides where the
  /// next look begins.
  private double look() {
    var began = System.nanoTime();
    var at = place;
    for (var step = 0; step < STEPS; step++) {
      at = next[at];
    }
    place = at;
    return (System.nanoTime() - began) / (double) STEPS;
  }
}
