package io.onebalance.route.body;

/// A model's name as clients write it, and what it means.
///
/// `provider` is empty for a bare name, which the caller looks up; `model` is without `models/`.
public record ModelName(String provider, String model) {
  private static final String PREFIX = "models/";

  /// One name for the forms that mean the same: `models/x` is `x`. Everything else is kept, also
  /// several slashes (`meta-llama/llama-3`) and `tunedModels/x`.
  public static String normal(String written) {
    return written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
  }

  /// Splits `provider/model` at the first slash, as the calls to any provider write it.
  public static ModelName split(String written) {
    var name = normal(written);
    var slash = name.indexOf('/');
    return slash <= 0
        ? new ModelName("", name)
        : new ModelName(name.substring(0, slash), normal(name.substring(slash + 1)));
  }

  /// A name that was found in a body or a query, unless it can't be one.
  static Found found(String name, Span at, Notation notation, boolean stream) {
    if (at.length() == 0) {
      return new Found.Nameless(stream);
    }
    if (at.length() > Found.LONGEST_NAME) {
      return new Found.Refused("the model's name is longer than " + Found.LONGEST_NAME + " bytes");
    }
    if (name.isEmpty() || hasControl(name)) {
      return new Found.Refused("the model's name can't be read");
    }
    return new Found.Named(name, at, notation, stream);
  }

  private static boolean hasControl(String name) {
    for (var i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) == 0x7f) {
        return true;
      }
    }
    return false;
  }
}
