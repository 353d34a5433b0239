package io.onebalance.settings;

import java.net.InetAddress;

/// A range of addresses: `10.0.0.0/8`, `fd00::/8`, or a single address. Names are never looked up.
public record Cidr(InetAddress network, int bits) {
  public Cidr {
    var most = network.getAddress().length * Byte.SIZE;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("the prefix is " + bits + "; allowed: 0 to " + most);
    }
  }

  /// Reads a range, or fails with [IllegalArgumentException].
  public static Cidr of(String text) {
    var slash = text.indexOf('/');
    var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    var most = network.getAddress().length * Byte.SIZE;
    return new Cidr(network, slash < 0 ? most : Integer.parseInt(text.substring(slash + 1)));
  }

  /// Whether this literal address lies in the range. What is no address lies in none.
  public boolean contains(String address) {
    try {
      return contains(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private boolean contains(InetAddress address) {
    var mine = network.getAddress();
    var theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit += Byte.SIZE) {
      var mask = bits - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (bits - bit));
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }
}
