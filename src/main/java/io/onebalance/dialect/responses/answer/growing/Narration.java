package io.onebalance.dialect.responses.answer.growing;

import io.onebalance.dialect.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// The events of an answer in bytes, numbered from 0. Confined to one thread.
public final class Narration {
  private final boolean heard;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int number;

  private Narration(boolean heard) {
    this.heard = heard;
  }

  /// One whose events a client hears.
  public static Narration aloud() {
    return new Narration(true);
  }

  /// One for an answer that is told as a whole, so nobody hears of its growing.
  public static Narration silent() {
    return new Narration(false);
  }

  /// Tells of an event, whose members are at least one. JSON is written in one line, so it fits
  /// into one field; type and number go in front of the members that are there.
  public void tell(String type, ObjectNode members) {
    if (heard) {
      ascii(
          "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number++);
      bytes.write(',');
      var json = Json.bytes(members);
      bytes.write(json, 1, json.length - 1);
      ascii("\n\n");
    }
  }

  private void ascii(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// What was told since the last time.
  public byte[] taken() {
    var taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
