package io.onebalance.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What `simulate` asks to be done.
public interface Simulating {
  Told simulate(Wish wish) throws Unfit;

  /// The texts of the scenario and of a request log to replay, and what is wanted: which policies,
  /// which seed instead of the file's, how many keys serve this part of all requests, a picture,
  /// and what a choice takes.
  record Wish(
      String scenario,
      Optional<String> replay,
      List<String> policies,
      OptionalLong seed,
      Optional<Double> need,
      Picture picture,
      boolean timed) {
    public Wish {
      policies = List.copyOf(policies);
    }
  }

  /// How a picture is wanted.
  enum Picture {
    NONE,
    SVG,
    HTML
  }

  /// A table whose first row and column are words, sentences that follow it, and the picture, empty
  /// where none was wanted.
  record Told(List<List<String>> table, List<String> remarks, String picture) {
    public Told {
      table = List.copyOf(table);
      remarks = List.copyOf(remarks);
    }
  }

  /// The scenario or the request log cannot be used; the message names what is wrong and what is
  /// allowed.
  final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    public Unfit(String why) {
      super(why);
    }
  }
}
