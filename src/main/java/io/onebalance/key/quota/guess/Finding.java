package io.onebalance.key.quota.guess;

/// What a refusal for a limit means, given what was counted.
public enum Finding {
  /// As much was used as the limit allows.
  EXPLAINED,
  /// A limit is known now that was not before.
  LEARNT,
  /// More ran at once than may: there is room as soon as one ends.
  CROWDED,
  /// Perhaps of no limit at all: the key is asked again in a moment, and then it is known.
  DOUBTED,
  /// It is about something that is not counted, or was asked before counting began.
  UNCOUNTED,
  /// Less was used than any limit that we know of: somebody else uses it too, or it is another
  /// limit.
  UNEXPLAINED
}
