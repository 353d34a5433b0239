package io.onebalance.provider.credential;

import java.util.regex.Pattern;

/// The names of Google Cloud's locations, which become part of a host: `us-central1`, `global`,
/// `eu`.
public final class GoogleLocation {
  public static final String GLOBAL = "global";

  private static final Pattern LOCATION = Pattern.compile("[a-z]{2,16}(?:-[a-z]{2,16}[0-9]{1,2})?");

  private GoogleLocation() {}

  public static boolean isOne(String text) {
    return LOCATION.matcher(text).matches();
  }
}
