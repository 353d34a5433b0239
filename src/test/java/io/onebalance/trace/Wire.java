package io.onebalance.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A message of Protocol Buffers, read by the numbers of its fields.
final class Wire {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int TEXT = 2;
  private static final int FOUR_BYTES = 5;

  private final Map<Integer, List<byte[]>> texts = new TreeMap<>();
  private final Map<Integer, List<Long>> numbers = new TreeMap<>();

  private Wire() {}

  static Wire of(byte[] bytes) {
    var wire = new Wire();
    var from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (from.hasRemaining()) {
      var tag = (int) varint(from);
      wire.take(tag >>> 3, tag & 7, from);
    }
    return wire;
  }

  private void take(int field, int type, ByteBuffer from) {
    switch (type) {
      case VARINT -> add(field, varint(from));
      case EIGHT_BYTES -> add(field, from.getLong());
      case FOUR_BYTES -> add(field, from.getInt());
      case TEXT -> {
        var text = new byte[(int) varint(from)];
        from.get(text);
        texts.computeIfAbsent(field, _ -> new ArrayList<>()).add(text);
      }
      default -> throw new IllegalArgumentException("wire type " + type);
    }
  }

  private void add(int field, long number) {
    numbers.computeIfAbsent(field, _ -> new ArrayList<>()).add(number);
  }

  private static long varint(ByteBuffer from) {
    var value = 0L;
    for (var shift = 0; ; shift += 7) {
      var octet = from.get();
      value |= (octet & 0x7FL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }

  List<Wire> messages(int field) {
    return texts.getOrDefault(field, List.of()).stream().map(Wire::of).toList();
  }

  Wire message(int field) {
    return messages(field).getFirst();
  }

  boolean has(int field) {
    return texts.containsKey(field) || numbers.containsKey(field);
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  String hex(int field) {
    return HexFormat.of().formatHex(bytes(field));
  }

  private byte[] bytes(int field) {
    return texts.getOrDefault(field, List.of(new byte[0])).getFirst();
  }

  long number(int field) {
    return numbers.getOrDefault(field, List.of(0L)).getFirst();
  }
}
