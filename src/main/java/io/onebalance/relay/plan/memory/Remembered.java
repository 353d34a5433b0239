package io.onebalance.relay.plan.memory;

import io.onebalance.relay.translate.SignatureMemory;

/// What requests leave behind for those that come after them, whichever event loop they run on.
public record Remembered(Belongings belongings, SignatureMemory signatures, LiveModels models) {
  /// Nothing yet, but for what `belongings` knows.
  public static Remembered with(Belongings belongings) {
    return new Remembered(belongings, new SignatureMemory(), new LiveModels());
  }
}
