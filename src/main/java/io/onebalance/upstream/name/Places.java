package io.onebalance.upstream.name;

import java.net.InetAddress;

/// Tells public addresses from those that only mean something nearby: a public name that stands for
/// one of these would lead a key into the operator's own network (F29).
final class Places {
  private Places() {}

  /// Whether the internet at large routes this address, by IANA's registries of special-purpose
  /// addresses.
  static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    return !isSpecial(address) && (bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes));
  }

  /// Whether an address is the machine's neighbour on the link: clouds tell their secrets there
  /// (169.254.169.254), and no provider does.
  static boolean isLinkLocal(InetAddress address) {
    return address.isLinkLocalAddress();
  }

  private static boolean isSpecial(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }

  private static boolean isPublic4(byte[] bytes) {
    var first = bytes[0] & 0xff;
    var second = bytes[1] & 0xff;
    var isShared = first == 100 && second >= 64 && second < 128;
    var isOfProtocols = first == 192 && second == 0 && (bytes[2] == 0 || bytes[2] == 2);
    var isOfBenchmarks = first == 198 && (second == 18 || second == 19);
    var isOfExamples =
        (first == 198 && second == 51 && bytes[2] == 100)
            || (first == 203 && second == 0 && bytes[2] == 113);
    return first != 0
        && first < 224
        && !isShared
        && !isOfProtocols
        && !isOfBenchmarks
        && !isOfExamples;
  }

  /// Global unicast is 2000::/3; an IPv4 address wrapped in one of those is as public as it is.
  /// NAT64 (64:ff9b::/96) wraps as well.
  private static boolean isPublic6(byte[] bytes) {
    var group = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    var next = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    if (group == 0x2002) {
      return isPublicWithin(bytes, 2);
    }
    if (group == 0x64 && next == 0xff9b) {
      return isPublicWithin(bytes, 12);
    }
    var isOfProtocols = group == 0x2001 && (next < 0x200 || next == 0xdb8);
    return (group & 0xe000) == 0x2000 && !isOfProtocols;
  }

  private static boolean isPublicWithin(byte[] bytes, int at) {
    var inner = new byte[4];
    System.arraycopy(bytes, at, inner, 0, 4);
    try {
      return isPublic(InetAddress.getByAddress(inner));
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
