package io.onebalance.relay.matrix;

/// What may befall an attempt with a key that works, by the numbers of the matrix.
enum Fault {
  /// F1.
  REFUSED,
  /// F2.
  BLACK_HOLE,
  /// F3.
  RESET_IN_HEAD,
  /// F4.
  CUT,
  /// F5.
  SILENT,
  /// F6.
  STALLED,
  /// F7.
  DRIP,
  /// F8.
  GARBAGE,
  /// F9.
  ERROR_IN_200,
  /// F10.
  EMPTY,
  /// F11.
  ERROR_FIRST,
  /// F17.
  REDIRECT,
  /// F19, in the provider's own words.
  LIMITED,
  /// The key may not use the model, in the provider's own words.
  NO_ACCESS,
  /// A region that is not served (F22), in the provider's own words.
  ASTRAY,
  /// F23, in the provider's own words.
  MISTAKEN,
  /// F24, in the provider's own words.
  BROKEN,
  /// F25.
  ODD_RETRY_AFTER,
  /// F28.
  NO_NAME,
  /// F31, F34.
  UNPROCESSED,
  /// F32.
  CROWDED
}
