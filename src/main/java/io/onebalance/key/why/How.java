package io.onebalance.key.why;

/// How a key came to be the one that is asked.
public enum How {
  TURN("was ready and had its turn"),
  CONVERSATION("is where this conversation belongs, whose beginning it may have in its cache"),
  FIT("has the least room that is enough"),
  PROVEN("served lately, while others may share its limits"),
  BEYOND("is asked to see whether its limit still holds"),
  TRIAL("is tried after a rest"),
  ONLY("is the only one that will do, or is asked again");

  private final String words;

  How(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
