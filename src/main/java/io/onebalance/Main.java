package io.onebalance;

/// Starts One Balance.
final class Main {
  private Main() {}

  static void main(String[] arguments) {
    System.out.println("One Balance");
  }
}
